"""Calling for a review of the plans of a case, in the transaction of what happened.

A call is a row of its own: no plan is touched by it, so a form that is open on one stays good.
"""

from uuid import uuid4

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db
from caseapp.plans.models import CallHead, ReviewCall
from caseapp.plans.queries import calls_in, plans_of
from caseapp.plans.reviews import known_until, unanswered


def call_for_review(case: Case, reason: str, by: Actor) -> None:
    """Once for each reason, until every plan of the case has a version written since."""
    plans = plans_of(case)
    if not plans:
        return
    newest = max(known_until(plan.head) for plan in plans)
    waiting = unanswered((call.head for call in calls_in(case)), newest)
    if reason in {call.reason for call in waiting}:
        return
    call = ReviewCall(id=uuid4(), case_id=case.id, head=CallHead(reason=reason, called_at=now()))
    db.session.add(call)
    note_act(
        Kind.PLAN_REVIEW_CALLED,
        case,
        by,
        Permission.EDIT_CASE,
        subject_id=call.id,
        detail={"reason": reason},
    )
