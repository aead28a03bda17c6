"""The door of a case: the only way to hold one. Loading is authorising, and is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn
from uuid import UUID

from flask import abort, request

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import Reason, decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.emergency import EmergencyAccess, newest_access
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.web.gate import Mark, current_actor, mark

CaseView = Callable[..., Any]


class AccessEnded(Exception):
    """Somebody was let in for an emergency, and their hour is over. They know of the case."""

    def __init__(self, access: EmergencyAccess) -> None:
        super().__init__("the emergency access has ended")
        self.access = access


def opens_case(
    permission: Permission, kind: Kind = Kind.CASE_OPENED
) -> Callable[[CaseView], CaseView]:
    """Hand the view its `case` in place of the `case_id` of the URL, or answer as if there were
    none. The act is audited as `kind` in the same transaction as the read."""

    def guard(view: CaseView) -> CaseView:
        @wraps(view)
        def guarded(case_id: UUID, **rest: Any) -> Any:
            changing = request.method == "POST"
            case = open_case(case_id, permission, current_actor(), kind, changing=changing)
            return view(case=case, **rest)

        return mark(guarded, Mark(permission, opens_case=True))

    return guard


def open_case(
    case_id: UUID,
    permission: Permission,
    actor: Actor,
    kind: Kind = Kind.CASE_OPENED,
    *,
    changing: bool = False,
) -> Case:
    """The case, if the actor may; otherwise 404, the same for a foreign case and a missing one.

    `changing` holds it until the commit, so that two notes saved at once wait for each other; a
    stranger never waits, or the wait would tell that there is a case. Raises AccessEnded for who
    was let into it in an emergency until a while ago.
    """
    case = db.session.get(Case, case_id)
    if case is None or decide(actor, permission, case.facts) is None:
        _look_for_emergency(case, case_id, actor)
    if case and changing and decide(actor, permission, case.facts):
        db.session.refresh(case, with_for_update=True)
    reason = decide(actor, permission, case.facts) if case else None
    if case is None or reason is None:
        _refuse(case_id, actor)
    record(kind, actor=actor, team_id=case.team_id, case_id=case.id, reason=reason)
    return case


def _look_for_emergency(case: Case | None, case_id: UUID, actor: Actor) -> None:
    """Let in who has broken the glass. The work is the same whether or not there is a case."""
    access = newest_access(case_id, actor.user_id)
    if case is None or access is None:
        return
    case.let_in_for_emergency = frozenset({actor.user_id} if access.is_running else ())
    if access.ended_lately:
        record(Kind.CASE_REFUSED, actor=actor, case_id=case_id)
        db.session.commit()
        raise AccessEnded(access)


def may(actor: Actor, permission: Permission, case: Case) -> Reason | None:
    """For showing only what can be done; the door of each act decides again."""
    return decide(actor, permission, case.facts)


def _refuse(case_id: UUID, actor: Actor) -> NoReturn:
    """A foreign case and a missing one leave the same trace and take the same work."""
    record(Kind.CASE_REFUSED, actor=actor, case_id=case_id)
    db.session.commit()
    abort(404)
