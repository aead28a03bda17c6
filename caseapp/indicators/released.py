"""The indicators of a month, worked out from released figures alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.tables import ALL, Cell
from caseapp.disclosure.treatment import Ratio, percentage, rate_per_1000
from caseapp.indicators.definitions import Definitions, Fixed, Indicator, Measure, definitions
from caseapp.reference import code_list

NOT_COLLECTED = Ratio(None, None, None, "x")
NOT_YET_KNOWN = "not yet known"
Figures = Mapping[Cell, Figure]


@dataclass(frozen=True)
class IndicatorRow:
    """One line of indicators.csv."""

    number: int
    indicator: str
    period: str
    ratio: Ratio
    baseline: str
    direction: str
    kind: str


def indicator_rows(edition: Edition) -> list[IndicatorRow]:
    """Every indicator in order; what cannot be worked out yet is marked as not collected."""
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
