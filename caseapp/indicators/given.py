"""What the indicators of a month are worked out from: released cells, and what was entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.tables import ALL, Cell
from caseapp.indicators.definitions import Fixed
from caseapp.indicators.periods import APRIL, months_beside

MARCH = f"-{APRIL - 1:02}"


class EnteredValue(Protocol):
    """A figure that others counted."""

    @property
    def value(self) -> float: ...
    @property
    def source(self) -> str: ...
    @property
    def dated_on(self) -> date: ...


class Population(Protocol):
    """Residents by ethnic group, and where the numbers come from."""

    @property
    def groups(self) -> Mapping[str, int]: ...
    @property
    def source(self) -> str: ...


class PlanProgress(Protocol):
    """How many actions of the action plan stand where."""

    @property
    def on_track(self) -> int: ...
    @property
    def complete(self) -> int: ...
    @property
    def overdue(self) -> int: ...
    @property
    def delayed(self) -> int: ...
    @property
    def not_started(self) -> int: ...


class NotCollected(LookupError):
    """A cell or a figure is not there."""


@dataclass(frozen=True)
class Cells:
    """Everything that an edition publishes, by cell."""

    edition: Edition

    @cached_property
    def figures(self) -> Mapping[Cell, Figure]:
        return {
            table.cell(key): self.edition.figure(table, key)
            for table in self.edition.tables
            for key in table.published()
        }

    def total(self, population: str, parts: Iterable[Fixed]) -> Figure:
        """Released figures added up, and their bounds with them. Raises NotCollected."""
        try:
            return _sum([self.figures[cell_of(population, fixed)] for fixed in parts])
        except KeyError:
            raise NotCollected from None


@dataclass(frozen=True)
class Given:
    """An edition, those before it by month, and what was entered. No true count is among them."""

    cells: Cells
    earlier: Mapping[str, Cells]
    entered: Mapping[str, EnteredValue]
    population: Population | None
    progress: PlanProgress | None

    @property
    def month(self) -> str:
        return self.cells.edition.period

    @property
    def is_whole_year(self) -> bool:
        return self.month.endswith(MARCH)

    @cached_property
    def last_year(self) -> tuple[Cells, Cells] | None:
        """The editions of last March and of the same month of the year before, if both exist."""
        found = [self.earlier.get(month) for month in months_beside(self.month)[-2:]]
        march, same = found if len(found) > 1 else (None, None)
        return (march, same) if march and same else None

    @property
    def spans_a_year(self) -> bool:
        """Whether twelve months can be told."""
        return self.is_whole_year or self.last_year is not None

    def total(self, population: str, parts: Iterable[Fixed], twelve_months: bool) -> Figure:
        """Since April; or of twelve months, where that can be told. Raises NotCollected."""
        wanted = tuple(parts)
        now = self.cells.total(population, wanted)
        if not twelve_months or self.is_whole_year or self.last_year is None:
            return now
        march, same = (each.total(population, wanted) for each in self.last_year)
        return _less(_sum([now, march]), same)

    def entry(self, code: str) -> EnteredValue:
        """Raises NotCollected."""
        if code not in self.entered:
            raise NotCollected(code)
        return self.entered[code]


def cell_of(population: str, fixed: Fixed) -> Cell:
    return Cell(population, tuple(sorted(pair for pair in fixed.items() if pair[1] != ALL)))


def _sum(figures: list[Figure]) -> Figure:
    lower, upper = sum(f.lower for f in figures), sum(f.upper for f in figures)
    unknown = [f for f in figures if f.value is None and f.marker != "z"]
    if unknown:
        return Figure(None, unknown[0].marker, lower, upper)
    value = sum(f.value or 0 for f in figures)
    return Figure(value, "" if value else "low", lower, upper)


def _less(figure: Figure, other: Figure) -> Figure:
    lower, upper = max(0, figure.lower - other.upper), max(0, figure.upper - other.lower)
    if figure.value is None or other.value is None:
        return Figure(None, "c", lower, upper)
    value = max(0, figure.value - other.value)
    return Figure(value, "" if value else "low", lower, upper)
