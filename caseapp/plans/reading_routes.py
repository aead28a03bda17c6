"""Reading the plans of a case: all of them, one as it stands, and as it stood in any version."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.cases.blueprint import render_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.plans.blueprint import bp
from caseapp.plans.facts import facts_of, review_words, who_agreed, written
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import (
    newest_version,
    plan_in,
    plans_of,
    review_in,
    version_of,
    versions_of,
)
from caseapp.plans.rules import kinds_for
from caseapp.plans.shown import child_parts_of, parts_of


@bp.get("/cases/<uuid:case_id>/plans")
@opens_case(Permission.OPEN_CASE)
def list_plans(case: Case) -> ResponseReturnValue:
    plans = plans_of(case)
    kinds = {plan.head.kind for plan in plans}
    return render_case(
        "plans/list_plans.html",
        case,
        plans=[(plan, newest_version(plan), review_in(case, plan)) for plan in plans],
        review_words=review_words,
        who_agreed=who_agreed,
        unwritten=[kind for kind in kinds_for(case.head.themes) if kind not in kinds],
    )


@bp.get("/cases/<uuid:case_id>/plans/<uuid:plan_id>")
@opens_case(Permission.OPEN_CASE, Kind.PLAN_READ)
def show_plan(case: Case, plan_id: UUID) -> ResponseReturnValue:
    plan = plan_in(case, plan_id) or abort(404)
    return _show("show_plan", case, plan, newest_version(plan))


@bp.get("/cases/<uuid:case_id>/plans/<uuid:plan_id>/versions/<int:number>")
@opens_case(Permission.OPEN_CASE, Kind.PLAN_READ)
def show_version(case: Case, plan_id: UUID, number: int) -> ResponseReturnValue:
    plan = plan_in(case, plan_id) or abort(404)
    version = version_of(plan, number) if number < 2**31 else None
    return _show("show_version", case, plan, version or abort(404))


def _show(name: str, case: Case, plan: Plan, version: PlanVersion) -> ResponseReturnValue:
    """The newest version says too when it is reviewed, which may be before its day."""
    versions, review = versions_of(plan), review_in(case, plan)
    names = names_of({each.author_id for each in versions})
    now = {"Next review": review_words(case, review)} if name == "show_plan" else {}
    return render_case(
        f"plans/{name}.html",
        case,
        plan=plan,
        version=version,
        versions=versions,
        is_newest=version.number == plan.head.versions,
        review=review,
        facts=list({"Written": written(version, names), **facts_of(version), **now}.items()),
        parts=parts_of(plan.head.kind, version.body),
        child_parts=child_parts_of(version.body),
        names=names,
        who_agreed=who_agreed,
    )
