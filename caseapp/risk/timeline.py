"""What risk adds to the timeline of a case."""

from collections.abc import Iterator

from flask import url_for

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.reference import label_of
from caseapp.risk.queries import Opened, opened_course
from caseapp.risk.rules import DASH, YOUTH


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    return (_entry(case, opened) for opened in opened_course(case))


def _entry(case: Case, opened: Opened) -> TimelineEntry:
    judged = opened.judged
    return TimelineEntry(
        title=f"{how_in_words(judged.how, judged.score)}: {label_of('risk_level', judged.level)}",
        at=judged.on,
        author_id=judged.author_id,
        body=opened.body.reasons,
        url=url_for("risk.show_course", case_id=case.id, _anchor=f"judgement-{judged.id}"),
    )


def how_in_words(how: str, score: int | None = None) -> str:
    if how == DASH:
        return f"DASH, {score} of 24"
    return "Youth judgement" if how == YOUTH else "Risk judged"
