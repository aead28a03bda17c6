"""What an analyst entered, invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseapp.figures.catalogue import census, figure_specs
from caseapp.figures.queries import EnteredValue, Population
from caseapp.strategy.rules import PlanProgress


def value_of(number: float) -> EnteredValue:
    return EnteredValue(number, "Police, monthly bulletin", date(2026, 5, 31))


def everything_entered() -> dict[str, EnteredValue]:
    """Every figure that there is; a part is a tenth of its whole."""
    return {
        code: value_of(100 if spec.part_of else 10 if spec.most <= 200 else 1000)
        for code, spec in figure_specs().items()
    }


def residents() -> Population:
    known = census()
    return Population({each.code: each.people for each in known.groups}, known.source, known.year)


@dataclass(frozen=True)
class Entered:
    """All that stands beside an edition."""

    figures: Mapping[str, EnteredValue] = field(default_factory=everything_entered)
    population: Population = field(default_factory=residents)
    progress: PlanProgress = field(default_factory=lambda: PlanProgress(3, 4, 1, 2, 5))
