"""What every act on a case has in common, in this room and the rooms above: it is done to an open
case, and noted with the case, the actor and the reason that let them."""

from collections.abc import Mapping
from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case

CLOSED = "This case is closed. Open it again before you add to it."


class CaseIsClosed(Exception):
    """Nothing but reading and opening again is done to a closed case."""


def insist_on_open(case: Case) -> None:
    """Raises CaseIsClosed."""
    if not case.is_open:
        raise CaseIsClosed


def note_act(
    kind: Kind,
    case: Case,
    by: Actor | None,
    permission: Permission,
    *,
    subject_id: UUID | None = None,
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Append to the audit chain of the case's team, with the rows written since the last entry.

    `by` is None for a command, which whoever holds the home's key runs.
    """
    record(
        kind,
        actor=by,
        team_id=case.team_id,
        case_id=case.id,
        subject_id=subject_id,
        reason=decide(by, permission, case.facts) if by else None,
        detail=detail,
    )
