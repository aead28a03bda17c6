"""Releases under other rules than ours, so that an attacker that has gone blind is seen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from caseapp.disclosure.attacker.reading import read_edition
from caseapp.disclosure.attacker.report import attack
from caseapp.disclosure.edition import document
from caseapp.disclosure.judging import Judgement, judge
from caseapp.disclosure.lattice import link
from caseapp.disclosure.long_form import Figure, ReleasedTable, table_file
from caseapp.disclosure.rounding import round_tables
from caseapp.disclosure.tables import Cell, Table

KEY = b"one key of the disclosure tests."
Rule = Callable[[Cell, int], Figure]
Document = Mapping[str, Any]


def suppress_under_5(_: Cell, count: int) -> Figure:
    return Figure(None, "c", 1, 4) if 1 <= count <= 4 else Figure(count, "", count, count)


def nearest_5(_: Cell, count: int) -> Figure:
    value = 5 * round(count / 5)
    return Figure(value, "", max(0, value - 2), value + 2)


def as_they_are(_: Cell, count: int) -> Figure:
    return Figure(count, "", count, count)


def certified_rounding(tables: Sequence[Table]) -> Rule:
    values = round_tables(link(tables), KEY, "2025-04").values

    def rule(cell: Cell, _: int) -> Figure:
        value = values[cell]
        return Figure(value, "" if value else "low", max(0, value - 4), value + 4)

    return rule


def publish(tables: Sequence[Table], rule: Rule, period: str = "2025-04") -> Document:
    files = []
    for table in tables:
        counts = table.with_margins().items()
        figures = tuple(rule(table.cell(key), count) for key, count in counts)
        files.append(table_file(ReleasedTable(table, figures)))
    return document(period, "2025-04", files)


def attacked(documents: Sequence[Document], tables: Mapping[str, Sequence[Table]]) -> Judgement:
    """The attack in this process (tests need no second solver), judged by the truth."""
    report = attack([read_edition(each) for each in documents])
    return judge(report, {period: link(each).truth for period, each in tables.items()})
