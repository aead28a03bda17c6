"""Closing and opening again: each change and its audit entry in one transaction."""

from datetime import date

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.cases.rules import review_due


def close_case(
    case: Case, reason: str, note: str, harm_reduced: bool | None, on: date, by: Actor
) -> None:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    case.status = "closed"
    case.head = replace(case.head, closed_on=on, closure_reason=reason, next_review_on=None)
    case.body = replace(
        case.body, closure_note=note, risk_at_closure=case.risk_level, harm_reduced=harm_reduced
    )
    note_act(Kind.CASE_CLOSED, case, by, Permission.CLOSE_CASE)


def reopen_case(case: Case, on: date, by: Actor) -> None:
    """A closed case goes on where it was, with a review due."""
    case.status = "open"
    case.head = replace(
        case.head, closed_on=None, closure_reason="", next_review_on=review_due(case.risk_level, on)
    )
    note_act(Kind.CASE_REOPENED, case, by, Permission.CLOSE_CASE)
