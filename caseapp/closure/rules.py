"""Pure decisions about closing: what is asked before, and how long the record is kept after."""

from collections.abc import Iterable
from datetime import date

from caseapp.closure.models import MeasureHead
from caseapp.people.rules import age_on
from caseapp.reference import code_list, entry

GROWN_UP = 18


def why_cannot_close(opened_on: date, on: date) -> str | None:
    return "The case cannot close before it opened" if on < opened_on else None


def kept_until(born: date | None, closed_on: date) -> date:
    """The last day on which the record of a closed case is kept, unless a hold is on it.

    A child's record is kept to the birthday that the list `retention` names, everybody else's for
    its years after closure; without a date of birth, whichever of the two could be later.
    """
    after_closure = _in_years(closed_on, _years_after())
    if born is None:
        return max(after_closure, _in_years(closed_on, _until_age()))
    if age_on(born, closed_on) >= GROWN_UP:
        return after_closure
    return _in_years(born, _until_age())


def newest_month_over(day: date) -> str:
    """YYYY-MM: the record of a case that opened later is kept still, whoever it is about."""
    return f"{_in_years(day, -min(_years_after(), _until_age() - GROWN_UP)):%Y-%m}"


def course_of_points(
    measures: Iterable[MeasureHead], codes: Iterable[str]
) -> list[tuple[str, list[str]]]:
    """(measure, its point at each measuring, in their order); "" where it was not asked."""
    answers = [dict(head.points) for head in measures]
    return [(code, [_point(points.get(code, "")) for points in answers]) for code in codes]


def place_of_stage(stage: str) -> int:
    """Where the list `outcome_stage` of this home has it; a code that no edition knows is last."""
    codes = list(code_list("outcome_stage").by_code)
    return codes.index(stage) if stage in codes else len(codes)


def _point(code: str) -> str:
    return code if code.isdecimal() else ""


def _years_after() -> int:
    return int(entry("retention", "adult").attributes["years"])


def _until_age() -> int:
    return int(entry("retention", "child").attributes["until_age"])


def _in_years(day: date, years: int) -> date:
    """29 February falls on 1 March where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
