"""Releases under other rules than ours, so that an attacker that has gone blind is seen."""

from collections.abc import Callable, Sequence

from caseapp.disclosure.edition import Document, document
from caseapp.disclosure.long_form import Figure, ReleasedTable, table_file
from caseapp.disclosure.tables import Table

Rule = Callable[[int], Figure]


def suppress_under_5(count: int) -> Figure:
    return Figure(None, "c", 1, 4) if 1 <= count <= 4 else Figure(count, "", count, count)


def suppress_to_7_round_to_5(count: int) -> Figure:
    """As health statistics often are: 1 to 7 hidden, zeros shown, the rest to the nearest 5."""
    if count == 0:
        return Figure(0, "", 0, 0)
    if count <= 7:
        return Figure(None, "c", 1, 7)
    rounded = nearest_5(count)
    return Figure(rounded.value, "", max(8, rounded.lower), rounded.upper)


def nearest_5(count: int) -> Figure:
    value = 5 * ((count + 2) // 5)
    return Figure(value, "", max(0, value - 2), value + 2)


OTHERS: dict[str, Rule] = {
    "suppress under 5": suppress_under_5,
    "suppress 1-7, round to 5": suppress_to_7_round_to_5,
    "nearest 5": nearest_5,
}


def published(period: str, since: str, tables: Sequence[Table], rule: Rule) -> Document:
    """The tables as that rule would release them, in the form that the attacker reads."""
    files = []
    for table in tables:
        figures = tuple(rule(count) for count in table.with_margins().values())
        files.append(table_file(ReleasedTable(table, figures)))
    return document(period, since, files)
