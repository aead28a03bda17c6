"""The indicators of a month, worked out from released figures and entered ones alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.treatment import Ratio
from caseapp.indicators.definitions import (
    Count,
    Directions,
    Disproportion,
    Entered,
    EnteredShare,
    Gap,
    Indicator,
    Rate,
    Row,
    Share,
    Wanted,
    definitions,
)
from caseapp.indicators.direction import NO_TRAVEL, Travel, against_baseline, since
from caseapp.indicators.given import Cells, EnteredValue, Given, PlanProgress, Population
from caseapp.indicators.periods import months_beside
from caseapp.indicators.workings import NOT_COLLECTED, difference, exactly, work_out

TRAVELLING = range(4, 34)  # the indicators whose direction the 35th counts
Name = tuple[int, str]  # the number of the indicator, and the name of the row in it


@dataclass(frozen=True)
class IndicatorRow:
    """One line of indicators.csv, and what a page may show beside it.

    `kind`: own, entered, own + entered or derived. `part` names the row within its indicator, the
    same in every edition. `unit`: "%", "per 1,000", "ratio", "points", "rank" or "count".
    `against`: the baseline in numbers. `travel` is against the strategy's baseline, or, where that
    is no number, against the same month of the year before; `direction` is its word. `source`: of
    what was entered, in the words of whoever entered it.
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
    cells = {each.period: Cells(each) for each in earlier}
    given = Given(Cells(edition), cells, entered or {}, population, plan_progress)
    shown = _Shown(given)
    rows = [row for each in definitions().indicators for row in shown.rows(each)]
    return _with_directions(rows)


class _Shown:
    """The rows of one edition, beside the same rows of the editions before it."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.values = _values(given)
        before, same = _beside(given.month)
        self.before = _then(given, before)
        self.same = _then(given, same)

    def rows(self, indicator: Indicator) -> Iterator[IndicatorRow]:
        for row in indicator.spread():
            yield self._row(indicator, row)

    def _row(self, indicator: Indicator, row: Row) -> IndicatorRow:
        name, wanted = (indicator.number, row.name), row.wanted or indicator.wanted
        ratio, growing = self.values[name], _is_growing(row, self.given)
        unfinished = growing and not self.given.is_whole_year
        last_year = _since(row, ratio, self.same, name, wanted)
        travel = against_baseline(row, ratio, wanted, unfinished)
        travel = travel if travel.compared_with else last_year
        return IndicatorRow(
            number=indicator.number,
            indicator=row.title + _span(row, self.given),
            period=_period(row, self.given),
            ratio=ratio,
            baseline=indicator.baseline,
            direction=travel.direction,
            kind=row.kind,
            part=row.name,
            unit=row.unit,
            against=row.against,
            travel=travel,
            since_earlier=_since(row, ratio, self.before, name, "neither" if growing else wanted),
            since_last_year=last_year,
            source=_source(row, self.given),
        )


def _values(given: Given) -> Mapping[Name, Ratio]:
    """The value of each row, by indicator and name."""
    found: dict[Name, Ratio] = {}
    for indicator in definitions().indicators:
        gaps: list[Gap] = []
        for row in indicator.spread():
            found[indicator.number, row.name] = work_out(row, given)
            gaps += [row] if isinstance(row, Gap) else []
        for gap in gaps:
            more, less = (found[indicator.number, name] for name in (gap.of_row, gap.less_row))
            found[indicator.number, gap.name] = difference(more, less)
    return found


def _beside(month: str) -> tuple[str, str]:
    """The month before, if it is of the same year, and the same month of the year before."""
    months = months_beside(month)
    return (months[0] if month[5:] != "04" else ""), months[-1]


def _then(given: Given, month: str) -> tuple[Given, Mapping[Name, Ratio]] | None:
    """An earlier edition and the values of its rows. What was entered then is not known any more,
    but for the population, which has to be the same in both for a rate to be compared."""
    cells = given.earlier.get(month)
    if cells is None:
        return None
    earlier = {each: cell for each, cell in given.earlier.items() if each < month}
    then = Given(cells, earlier, {}, given.population, None)
    return then, _values(then)


def _since(
    row: Row,
    ratio: Ratio,
    then: tuple[Given, Mapping[Name, Ratio]] | None,
    name: Name,
    wanted: Wanted,
) -> Travel:
    if then is None or (_counts_a_year(row) and not then[0].spans_a_year):
        return NO_TRAVEL
    given, values = then
    return since(row, ratio, values.get(name, NOT_COLLECTED), wanted, given.month)


def _is_growing(row: Row, given: Given) -> bool:
    return row.growing or (_counts_a_year(row) and not given.spans_a_year)


def _counts_a_year(row: Row) -> bool:
    return isinstance(row, Count | Share) and row.twelve_months


def _span(row: Row, given: Given) -> str:
    """What the title has to say about twelve months."""
    if not _counts_a_year(row):
        return ""
    return ", last 12 months" if given.spans_a_year else ", since April"


def _period(row: Row, given: Given) -> str:
    if isinstance(row, Entered | EnteredShare):
        code = row.code if isinstance(row, Entered) else row.whole
        return str(given.entered[code].dated_on) if code in given.entered else given.month
    since_month = given.cells.edition.since
    if _counts_a_year(row) and given.last_year and not given.is_whole_year:
        since_month = _after(months_beside(given.month)[-1])
    return f"{since_month} to {given.month}"


def _after(month: str) -> str:
    """The first of the twelve months after one."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year}-{number + 1:02}" if number < 12 else f"{year + 1}-01"


def _source(row: Row, given: Given) -> str:
    if isinstance(row, Rate | Disproportion):
        return given.population.source if given.population else ""
    if isinstance(row, Entered | EnteredShare):
        code = row.code if isinstance(row, Entered) else row.part
        return given.entered[code].source if code in given.entered else ""
    return ""


def _with_directions(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows, those of the 35th indicator with how many of the others went which way."""
    ways = Counter(headline(rows, number).direction for number in TRAVELLING)
    names = {
        (indicator.number, row.name): row.direction
        for indicator in definitions().indicators
        for row in indicator.rows
        if isinstance(row, Directions)
    }
    return [
        replace(row, ratio=exactly(ways[names[row.number, row.part]]))
        if (row.number, row.part) in names
        else row
        for row in rows
    ]


def headline(rows: Iterable[IndicatorRow], number: int) -> IndicatorRow:
    """The row that stands for an indicator: the first that has a value, else the first."""
    own = [row for row in rows if row.number == number]
    return next((row for row in own if row.ratio.value is not None), own[0])
