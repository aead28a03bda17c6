"""One row of an indicator worked out, by the rules for small counts, from what is given alone."""

from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import Any

from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.treatment import (
    UNRELIABLE,
    Ratio,
    percentage,
    rate_per_1000,
    ratio_of_rates,
)
from caseapp.indicators.definitions import (
    Actions,
    Count,
    Disproportion,
    Entered,
    EnteredShare,
    Fixed,
    Rate,
    Row,
    Share,
)
from caseapp.indicators.given import Given, NotCollected

NOT_COLLECTED = Ratio(None, None, None, "x")
SUPPRESSED = Ratio(None, None, None, "c")


def work_out(row: Row, given: Given) -> Ratio:
    """The value and the range that rounding leaves; `x` where something of it is not collected."""
    worked = WAYS.get(type(row))
    try:
        return worked(row, given) if worked else NOT_COLLECTED
    except NotCollected:
        return NOT_COLLECTED


def exactly(value: float) -> Ratio:
    """What nobody rounded."""
    return Ratio(value, value, value)


def difference(now: Ratio, then: Ratio) -> Ratio:
    """By how much one is above the other, with the widest range that both ranges allow."""
    ends = now.value, now.low, now.high, then.value, then.low, then.high
    if any(end is None for end in ends):
        return NOT_COLLECTED
    value, low, high, before, lowest, highest = (float(end or 0) for end in ends)
    return Ratio(_tidy(value - before), _tidy(low - highest), _tidy(high - lowest))


def _count(row: Count, given: Given) -> Ratio:
    figure = given.total(row.of, row.part, row.twelve_months)
    if figure.value is None:
        return SUPPRESSED
    return Ratio(figure.value, figure.lower, figure.upper, figure.marker)


def _share(row: Share, given: Given) -> Ratio:
    part = given.total(row.of, row.part, row.twelve_months)
    whole = given.total(row.of, row.whole, row.twelve_months)
    if _is_suppressed(part) or _is_suppressed(whole):
        return SUPPRESSED
    return percentage(part, whole)


def _rate(row: Rate, given: Given) -> Ratio:
    figure, people = _group(row.part, row.group, given)
    return SUPPRESSED if _is_suppressed(figure) else rate_per_1000(figure, people)


def _disproportion(row: Disproportion, given: Given) -> Ratio:
    figure, people = _group(row.part, row.group, given)
    other, others = _group(row.part, row.other, given)
    if _is_suppressed(figure) or _is_suppressed(other):
        return SUPPRESSED
    return ratio_of_rates(figure, people, other, others)


def _group(part: Fixed, group: str, given: Given) -> tuple[Figure, int]:
    """The released cases of an ethnic group, and its residents. Raises NotCollected."""
    people = given.population.groups.get(group, 0) if given.population else 0
    if people < 1:
        raise NotCollected(group)
    return given.cells.total("cases", [{**part, "ethnicity": group}]), people


def _is_suppressed(figure: Figure) -> bool:
    return figure.value is None and figure.marker == "c"


def _entered(row: Entered, given: Given) -> Ratio:
    return exactly(_tidy(given.entry(row.code).value))


def _of_entered(row: EnteredShare, given: Given) -> Ratio:
    part, whole = given.entry(row.part).value, given.entry(row.whole).value
    return exactly(round(100 * part / whole, 1)) if whole else UNRELIABLE


def _actions(row: Actions, given: Given) -> Ratio:
    if given.progress is None:
        raise NotCollected(row.standing)
    return exactly(getattr(given.progress, row.standing))


def _tidy(number: float) -> float:
    """Without the dust of a computer's fractions; a whole number without a point."""
    rounded = round(number, 4)
    return int(rounded) if rounded == floor(rounded) == ceil(rounded) else rounded


WAYS: Mapping[type, Callable[[Any, Given], Ratio]] = {
    Count: _count,
    Share: _share,
    Rate: _rate,
    Disproportion: _disproportion,
    Entered: _entered,
    EnteredShare: _of_entered,
    Actions: _actions,
}
