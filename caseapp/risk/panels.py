"""What risk puts at the top of the case page: its course, and what points to a MARAC."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, url_for

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.reference import label_of
from caseapp.risk.drawing import draw, is_worth_drawing
from caseapp.risk.queries import (
    Opened,
    Past,
    criteria_of,
    opened_course,
    past_of,
)
from caseapp.risk.rules import Judged, is_of_domestic_abuse
from caseapp.risk.timeline import how_in_words
from caseapp.web.gate import current_actor
from caseapp.web.words import long_date

REFER = "marac.refer_case"  # a room above this one
SHOWN = 5  # judgements in the table of the case page; the page of risk has them all


def course_panel(case: Case) -> dict[str, Any] | None:
    """The drawing of risk over time; left out where it would show one judgement alone."""
    course = [opened.judged for opened in opened_course(case)]
    if not is_worth_drawing(course):
        return None
    shown = course[-SHOWN:][::-1]
    return {
        "drawing": draw(course, today()),
        "description": in_words(course),
        "shown": shown,
        "total": len(course),
        "names": names_of({judged.author_id for judged in shown}),
        "how_in_words": how_in_words,
    }


def marac_panel(case: Case) -> dict[str, Any] | None:
    """Only while the case is open, and where the record meets a criterion."""
    if not case.is_open:
        return None
    return marac_of(case, opened_course(case), past_of(case))


def marac_of(case: Case, course: Sequence[Opened], past: Past) -> dict[str, Any] | None:
    """The criteria that are met, and where to refer; None where there is nothing to propose."""
    if not is_of_domestic_abuse(case.service, case.head.themes, past.events):
        return None
    criteria = criteria_of(course, past)
    if not criteria:
        return None
    return {
        "criteria": criteria,
        "last_referral_on": past.last_referral_on,
        "refer_url": _refer_url(case),
    }


def in_words(course: Sequence[Judged]) -> str:
    """The drawing for somebody who does not see it; the table beside it has the rest."""
    newest = course[-1]
    known = "1 judgement" if len(course) == 1 else f"{len(course)} judgements"
    return (
        f"{known} of risk since {long_date(course[0].on)}. The newest, of {long_date(newest.on)},"
        f" is {label_of('risk_level', newest.level).lower()}. The table has each of them."
    )


def _refer_url(case: Case) -> str:
    may_refer = case.is_open and may(current_actor(), Permission.EDIT_CASE, case)
    if not may_refer or REFER not in current_app.view_functions:
        return ""
    return url_for(REFER, case_id=case.id)
