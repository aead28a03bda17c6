"""Reading the plans of a case that was opened."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.database import db
from caseapp.plans.models import Plan, PlanVersion, ReviewCall
from caseapp.plans.reviews import Review, review_of


def plans_of(case: Case) -> Sequence[Plan]:
    """The one that was written last comes first."""
    found = rows_in(case, Plan)
    return sorted(found, key=lambda plan: plan.head.written_at, reverse=True)


def plan_of_kind(case: Case, kind: str) -> Plan | None:
    return next((plan for plan in plans_of(case) if plan.head.kind == kind), None)


def plan_in(case: Case, plan_id: UUID) -> Plan | None:
    """None for a plan of another case too."""
    plan = db.session.get(Plan, plan_id)
    return plan if plan and plan.case_id == case.id else None


def versions_of(plan: Plan) -> Sequence[PlanVersion]:
    """The newest first."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id)
    return db.session.scalars(query.order_by(PlanVersion.number.desc())).all()


def version_of(plan: Plan, number: int) -> PlanVersion | None:
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id)
    return db.session.scalar(query.where(PlanVersion.number == number))


def newest_version(plan: Plan) -> PlanVersion:
    """Every plan has one: they are written together."""
    found = version_of(plan, plan.head.versions)
    if found is None:
        raise LookupError("a plan without its newest version")
    return found


def version_in(case: Case, version_id: UUID) -> PlanVersion | None:
    """None for a version of another case too."""
    version = db.session.get(PlanVersion, version_id)
    return version if version and version.case_id == case.id else None


def calls_in(case: Case) -> Sequence[ReviewCall]:
    """All calls for a review of the case's plans, answered or not, the oldest first."""
    return sorted(rows_in(case, ReviewCall), key=lambda call: call.head.called_at)


def review_in(case: Case, plan: Plan) -> Review:
    """When this plan is reviewed, and why."""
    return review_of(plan.head, (call.head for call in calls_in(case)))


def first_call_after(case: Case, seen: int) -> datetime | None:
    """The moment of the first call that came after a page which knew of so many."""
    later = calls_in(case)[seen:]
    return later[0].head.called_at if later else None


def versions_in(case: Case) -> Sequence[PlanVersion]:
    """All versions of all plans of the case."""
    return rows_in(case, PlanVersion)
