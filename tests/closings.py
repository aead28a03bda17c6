"""Closing a case in one line, for tests of what a closed case allows."""

from datetime import date

from caseapp.access.actors import Actor
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.closure.actions import close_case
from caseapp.closure.models import ClosureBody, ClosureHead


def close(
    case: Case,
    by: Actor,
    reason: str = "needs_met",
    on: date | None = None,
    note: str = "",
    harm_reduced: bool | None = None,
) -> None:
    """As a manager agreed to it; the caller commits."""
    head = ClosureHead(
        asked_on=on or today(),
        reason=reason,
        on=on or today(),
        risk_level=case.risk_level,
        harm_reduced=harm_reduced,
    )
    close_case(case, head, ClosureBody(note=note), by)
