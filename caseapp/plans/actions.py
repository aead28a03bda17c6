"""Writing a version of a plan, with its audit entry."""

from datetime import datetime
from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.plans.models import Plan, PlanHead, PlanVersion, VersionBody, VersionHead


def write_first_version(
    version_id: UUID, case: Case, kind: str, head: VersionHead, body: VersionBody, by: Actor
) -> PlanVersion:
    """Begin the plan of a kind. Raises CaseIsClosed."""
    insist_on_open(case)
    first = PlanHead(kind=kind, versions=0, written_at=head.written_at, review_on=head.review_on)
    plan = Plan(id=uuid4(), case_id=case.id, head=first)
    db.session.add(plan)
    return write_version(version_id, case, plan, head, body, by)


def write_version(
    version_id: UUID,
    case: Case,
    plan: Plan,
    head: VersionHead,
    body: VersionBody,
    by: Actor,
    knew_until: datetime | None = None,
) -> PlanVersion:
    """Add the next version; the ones before it stay as they are. It answers what called for a
    review before it was written, or before `knew_until`.

    Raises CaseIsClosed, and StaleDataError where somebody saved the plan in between.
    """
    insist_on_open(case)
    number = plan.head.versions + 1
    plan.head = replace(
        plan.head,
        versions=number,
        written_at=head.written_at,
        review_on=head.review_on,
        knew_until=knew_until,
    )
    db.session.flush()
    version = PlanVersion(
        id=version_id,
        case_id=case.id,
        plan_id=plan.id,
        author_id=by.user_id,
        number=number,
        head=head,
        body=body,
    )
    db.session.add(version)
    detail = {"version": number, **_confirmed(body)}
    note_act(Kind.PLAN_WRITTEN, case, by, Permission.WRITE_PLAN, subject_id=plan.id, detail=detail)
    return version


def _confirmed(body: VersionBody) -> dict[str, int]:
    """How many texts the worker said to name somebody else than who did harm."""
    return {"somebody_else": len(body.somebody_else)} if body.somebody_else else {}
