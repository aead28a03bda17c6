"""Closing and opening again: each change and its audit entry in one transaction."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.contributions import Due
from caseapp.cases.models import Case, PastClosure
from caseapp.cases.queries import rows_in
from caseapp.cases.rules import review_due
from caseapp.closure.models import (
    APPROVED,
    RETURNED,
    WAITING,
    WITHDRAWN,
    ClosureBody,
    ClosureHead,
    ClosureRequest,
    MeasureBody,
    MeasureHead,
    OutcomeMeasure,
)
from caseapp.closure.queries import dues_in
from caseapp.database import db


class AlreadyDecided(Exception):
    """Somebody decided on the request in between, or it was withdrawn."""


class UndoneBeforeClosing(Exception):
    """A closed case is out of sight, and these have to be seen until they are done."""

    def __init__(self, dues: Sequence[Due]) -> None:
        super().__init__("something has to be done before the case closes")
        self.dues = dues


def measure_outcomes(
    measure_id: UUID, case: Case, head: MeasureHead, body: MeasureBody, by: Actor
) -> OutcomeMeasure:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    measure = OutcomeMeasure(
        id=measure_id, case_id=case.id, author_id=by.user_id, head=head, body=body
    )
    db.session.add(measure)
    note_act(Kind.OUTCOMES_MEASURED, case, by, Permission.EDIT_CASE, subject_id=measure.id)
    return measure


def ask_to_close(
    request_id: UUID, case: Case, head: ClosureHead, body: ClosureBody, by: Actor
) -> ClosureRequest:
    """The case stays open until a manager agrees. Raises CaseIsClosed."""
    insist_on_open(case)
    _set_aside_returned(case)
    request = ClosureRequest(
        id=request_id, case_id=case.id, author_id=by.user_id, head=head, body=body
    )
    db.session.add(request)
    note_act(Kind.CLOSURE_ASKED, case, by, Permission.CLOSE_CASE, subject_id=request.id)
    return request


def withdraw_request(case: Case, request: ClosureRequest, by: Actor) -> None:
    """The case goes on, whether the manager was still to decide or sent it back.

    Raises AlreadyDecided.
    """
    if request.status not in {WAITING, RETURNED}:
        raise AlreadyDecided
    request.status = WITHDRAWN
    note_act(Kind.CLOSURE_WITHDRAWN, case, by, Permission.CLOSE_CASE, subject_id=request.id)


def approve_closure(case: Case, request: ClosureRequest, answer: str, by: Actor) -> None:
    """The case closes as it was asked. Raises AlreadyDecided, CaseIsClosed, UndoneBeforeClosing."""
    _insist_on_waiting(request)
    _insist_on_ready(case)
    request.status, request.body = APPROVED, replace(request.body, answer=answer)
    _close(case, request.head, request.body, by)


def return_closure(case: Case, request: ClosureRequest, answer: str, by: Actor) -> None:
    """The case goes on, and the advocate is told why. Raises AlreadyDecided."""
    _insist_on_waiting(request)
    request.status, request.body = RETURNED, replace(request.body, answer=answer)
    note_act(Kind.CLOSURE_RETURNED, case, by, Permission.APPROVE_CLOSURE, subject_id=request.id)


def close_case(case: Case, head: ClosureHead, body: ClosureBody, by: Actor) -> None:
    """From this day the record's time of keeping runs. Raises CaseIsClosed, UndoneBeforeClosing."""
    _insist_on_ready(case)
    _close(case, head, body, by)


def reopen_case(case: Case, why: str, on: date, by: Actor) -> None:
    """A closed case goes on where it was, with a review due; how it had closed stays on record."""
    case.body = replace(
        case.body,
        earlier_closures=(*case.body.earlier_closures, _past(case, why, on)),
        closure_note="",
        risk_at_closure="",
        harm_reduced=None,
    )
    case.status = "open"
    case.head = replace(
        case.head, closed_on=None, closure_reason="", next_review_on=review_due(case.risk_level, on)
    )
    note_act(Kind.CASE_REOPENED, case, by, Permission.CLOSE_CASE)


def hold_record(case: Case, why: str, by: Actor) -> None:
    """Keep the record beyond its time, or no longer where `why` is empty."""
    case.body = replace(case.body, legal_hold=why)
    note_act(
        Kind.RECORD_HELD, case, by, Permission.APPROVE_CLOSURE, detail={"held": int(bool(why))}
    )


def _close(case: Case, head: ClosureHead, body: ClosureBody, by: Actor) -> None:
    _set_aside_returned(case)
    case.status = "closed"
    case.head = replace(
        case.head, closed_on=head.on, closure_reason=head.reason, next_review_on=None
    )
    case.body = replace(
        case.body,
        closure_note=body.note,
        risk_at_closure=head.risk_level,
        harm_reduced=head.harm_reduced,
    )
    note_act(Kind.CASE_CLOSED, case, by, Permission.CLOSE_CASE)


def _set_aside_returned(case: Case) -> None:
    for earlier in rows_in(case, ClosureRequest):
        if earlier.status == RETURNED:
            earlier.status = WITHDRAWN


def _past(case: Case, why: str, on: date) -> PastClosure:
    return PastClosure(
        closed_on=case.head.closed_on or on,
        reason=case.head.closure_reason,
        risk_level=case.body.risk_at_closure,
        note=case.body.closure_note,
        harm_reduced=case.body.harm_reduced,
        reopened_on=on,
        why_reopened=why,
    )


def _insist_on_waiting(request: ClosureRequest) -> None:
    if request.status != WAITING:
        raise AlreadyDecided


def _insist_on_ready(case: Case) -> None:
    insist_on_open(case)
    if undone := [due for due in dues_in(case) if due.before_closing]:
        raise UndoneBeforeClosing(undone)
