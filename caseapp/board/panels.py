"""What the board sees: each outcome with its indicators over the months, and rates by group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from caseapp.board.outcomes import Outcome
from caseapp.board.released_rows import ReleasedRow
from caseapp.indicators.dimensions import dimension, label
from caseapp.indicators.direction import DIRECTIONS
from caseapp.release_files.words import month_words

RATES = {13: "Violence affecting under-25s", 22: "Domestic abuse"}
Months = Mapping[str, Sequence[ReleasedRow]]  # the rows of each edition, oldest first


@dataclass(frozen=True)
class Line:
    """One row of the newest edition, and the same row in each edition of its year."""

    row: ReleasedRow
    months: tuple[tuple[str, ReleasedRow], ...]

    @property
    def bars(self) -> list[tuple[str, float | None, str]]:
        """A bar a month: month, value, the value with its range in words."""
        return [(month_words(month), row.value, with_range(row)) for month, row in self.months]


@dataclass(frozen=True)
class Panel:
    """One outcome. `first`: words and line of each indicator on the one screen; `directions`: how
    many of its indicators went each way."""

    outcome: Outcome
    first: tuple[tuple[str, Line], ...]
    every: tuple[Line, ...]
    directions: Mapping[str, int]


@dataclass(frozen=True)
class GroupRate:
    """An ethnic group: for each of RATES its rate, and how many times the White one that is."""

    group: str
    rates: tuple[tuple[str, str], ...]


def panel(outcome: Outcome, months: Months) -> Panel:
    newest = list(months.values())[-1]
    heads = {number: _head(number, newest) for number in outcome.numbers}
    counted = Counter(row.direction for row in heads.values() if row)
    shown = ((each.short, heads[each.number]) for each in outcome.first)
    return Panel(
        outcome,
        tuple((short, _line(row, months)) for short, row in shown if row),
        tuple(_line(row, months) for row in newest if row.number in heads),
        {way: counted[way] for way in DIRECTIONS},
    )


def group_rates(rows: Sequence[ReleasedRow]) -> list[GroupRate]:
    """Rates and ratios by ethnic group; who is not known stands last, as a number of cases."""
    by_name = {(row.number, row.part): row for row in rows}
    groups = dimension("ethnicity").categories
    found = (GroupRate(label("ethnicity", code), _rates(code, by_name)) for code in groups)
    return [each for each in found if any(rate for rate, _ in each.rates)]


def with_range(row: ReleasedRow) -> str:
    return f"{row.shown} ({row.range})" if row.range else row.shown


def _head(number: int, rows: Sequence[ReleasedRow]) -> ReleasedRow | None:
    """The first row of an indicator; where it has no value, the next one that is a percentage too.
    Nothing else may stand under its name: a count is no rate, and one group is not another."""
    own = [row for row in rows if row.number == number]
    alike = (row for row in own if row.unit == own[0].unit == "%" and row.value is not None)
    return next(alike, own[0] if own else None)


def _line(row: ReleasedRow, months: Months) -> Line:
    name = row.number, row.part
    found = (
        (month, each) for month, rows in months.items() for each in rows
        if (each.number, each.part) == name
    )  # fmt: skip
    return Line(row, tuple(found))


def _rates(code: str, rows: Mapping[tuple[int, str], ReleasedRow]) -> tuple[tuple[str, str], ...]:
    """For each of RATES the rate and the ratio; "" where there is none."""
    found = []
    for number in RATES:
        rate, ratio = rows.get((number, f"rate_{code}")), rows.get((number, f"ratio_{code}"))
        shown = _without_unit(rate)
        is_number = rate and rate.unit == "count" and rate.value is not None
        cases = " cases, no rate" if is_number else ""
        found.append((f"{shown}{cases}", _without_unit(ratio)))
    return tuple(found)


def _without_unit(row: ReleasedRow | None) -> str:
    """The head of the column says it."""
    return with_range(replace(row, unit="")) if row else ""
