"""What closing adds to the timeline of a case."""

from collections.abc import Iterator

from flask import url_for

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case, PastClosure
from caseapp.cases.queries import rows_in
from caseapp.closure.models import RETURNED, ClosureRequest, OutcomeMeasure
from caseapp.reference import label_of


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    for measure in rows_in(case, OutcomeMeasure):
        yield _measured(measure)
    for past in case.body.earlier_closures:
        yield from _earlier(past)
    for request in rows_in(case, ClosureRequest):
        yield _asked(request)


def _measured(measure: OutcomeMeasure) -> TimelineEntry:
    return TimelineEntry(
        title=f"Outcomes measured: {label_of('outcome_stage', measure.head.stage).lower()}",
        at=measure.head.measured_on,
        author_id=measure.author_id,
        body=measure.body.own_words,
        url=url_for("closure.list_outcomes", case_id=measure.case_id),
    )


def _earlier(past: PastClosure) -> Iterator[TimelineEntry]:
    reason = label_of("closure_reason", past.reason)
    yield TimelineEntry(title=f"Case closed: {reason}", at=past.closed_on, body=past.note)
    yield TimelineEntry(title="Case opened again", at=past.reopened_on, body=past.why_reopened)


def _asked(request: ClosureRequest) -> TimelineEntry:
    answer = request.body.answer
    return TimelineEntry(
        title=f"Asked to close: {label_of('closure_reason', request.head.reason)}",
        at=request.head.asked_on,
        author_id=request.author_id,
        body=f"The manager's answer: {answer}" if answer else "",
        tag=label_of("closure_status", request.status),
        warning="The case goes on" if request.status == RETURNED else "",
    )
