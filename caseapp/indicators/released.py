"""The indicators of a month, worked out from released figures alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.tables import ALL, Cell
from caseapp.disclosure.treatment import Ratio, percentage, rate_per_1000
from caseapp.indicators.definitions import Definitions, Fixed, Indicator, Measure, definitions
from caseapp.indicators.direction import NOT_YET_KNOWN, Travel
from caseapp.reference import code_list

NOT_COLLECTED = Ratio(None, None, None, "x")
NO_TRAVEL = Travel()
Figures = Mapping[Cell, Figure]


class EnteredValue(Protocol):
    """A figure that somebody typed in from the police or others."""

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
    def not_started(self) -> int: ...


@dataclass(frozen=True)
class IndicatorRow:
    """One line of indicators.csv, and what a page may show beside it.

    `kind`: own, entered or derived. `part` names the row within its indicator, the same in every
    edition. `unit`: "%", "per 1,000", "ratio", "points", "rank" or "count". `against`: the
    baseline in numbers. `travel` is against the strategy's baseline, or, where that is no number,
    against the same month of the year before; `direction` is its word. `source`: of what was
    entered, with its date.
    """

    number: int
    indicator: str
    period: str
    ratio: Ratio
    baseline: str
    direction: str
    kind: str
    part: str = ""
    unit: str = ""
    against: float | None = None
    travel: Travel = NO_TRAVEL
    since_earlier: Travel = NO_TRAVEL
    since_last_year: Travel = NO_TRAVEL
    source: str = ""


def indicator_rows(
    edition: Edition,
    entered: Mapping[str, EnteredValue] | None = None,
    population: Population | None = None,
    plan_progress: PlanProgress | None = None,
    earlier: Sequence[Edition] = (),
) -> list[IndicatorRow]:
    """Every indicator in order; what is not collected is marked `x`.

    `entered`: figures by their code, `earlier`: editions of months before (`months_beside` says
    which are looked at). Each is optional, and what it would tell is then not collected.
    """
    figures = {
        table.cell(key): edition.figure(table, key)
        for table in edition.tables
        for key in table.published()
    }
    period = f"{edition.since} to {edition.period}"
    known = definitions()
    return [row for each in known.indicators for row in _rows(each, known, figures, period)]


def _rows(
    indicator: Indicator, known: Definitions, figures: Figures, period: str
) -> Iterator[IndicatorRow]:
    for title, ratio, direction in _worked_out(indicator, known, figures):
        yield IndicatorRow(
            indicator.number, title, period, ratio, indicator.baseline, direction, indicator.kind
        )


def _worked_out(
    indicator: Indicator, known: Definitions, figures: Figures
) -> Iterator[tuple[str, Ratio, str]]:
    for measure in indicator.measures:
        ratio = _percentage(measure, figures)
        yield indicator.title, ratio, direction_of_travel(ratio, measure.against, indicator.wanted)
    for group, people in known.population.items() if indicator.rate else ():
        if isinstance(people, int):
            part = figures.get(_cell("cases", {**(indicator.rate or {}), "ethnicity": group}))
            label = code_list("ethnicity").groups.get(group, group)
            ratio = rate_per_1000(part, people) if part else NOT_COLLECTED
            yield f"{indicator.title}: {label}", ratio, NOT_YET_KNOWN
    if not indicator.measures and not indicator.rate:
        yield indicator.title, NOT_COLLECTED, NOT_YET_KNOWN


def _percentage(measure: Measure, figures: Figures) -> Ratio:
    part = figures.get(_cell(measure.measure, measure.part))
    wholes = [figures.get(_cell(measure.measure, fixed)) for fixed in measure.whole]
    found = [whole for whole in wholes if whole is not None]
    if part is None or len(found) < len(wholes):
        return NOT_COLLECTED  # a code list of this home lacks the category
    return percentage(part, _sum(found))


def _sum(figures: Sequence[Figure]) -> Figure:
    """Released figures added up, and their bounds with them."""
    value = sum(figure.value or 0 for figure in figures)
    lower, upper = sum(f.lower for f in figures), sum(f.upper for f in figures)
    return Figure(value, "", lower, upper)


def _cell(population: str, fixed: Fixed) -> Cell:
    return Cell(population, tuple(sorted(pair for pair in fixed.items() if pair[1] != ALL)))


def direction_of_travel(ratio: Ratio, baseline: float | None, wanted: str) -> str:
    """Better or worse only where the whole range lies on one side of the baseline."""
    if baseline is None or ratio.low is None or ratio.high is None or not wanted:
        return NOT_YET_KNOWN
    if ratio.low <= baseline <= ratio.high:
        return "same"
    return "better" if (ratio.low > baseline) == (wanted == "up") else "worse"
