"""What changed from one version of a plan to another."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.cases.blueprint import render_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.plans.blueprint import bp
from caseapp.plans.compared import compare_facts, compare_parts
from caseapp.plans.facts import written
from caseapp.plans.models import PlanVersion
from caseapp.plans.queries import plan_in, versions_of


@bp.get("/cases/<uuid:case_id>/plans/<uuid:plan_id>/compare")
@opens_case(Permission.OPEN_CASE, Kind.PLAN_READ)
def compare_versions(case: Case, plan_id: UUID) -> ResponseReturnValue:
    """`from` and `to` are numbers of versions, in either order; without them the last two."""
    plan = plan_in(case, plan_id) or abort(404)
    versions = versions_of(plan)
    by_number = {version.number: version for version in versions}
    newest = plan.head.versions
    chosen = (_chosen("from", max(1, newest - 1), by_number), _chosen("to", newest, by_number))
    old, new = sorted(chosen, key=lambda version: version.number)
    parts, names = compare_parts(plan, old, new), names_of({old.author_id, new.author_id})
    return render_case(
        "plans/compare_versions.html",
        case,
        plan=plan,
        versions=versions,
        old=old,
        new=new,
        written=[written(version, names) for version in (old, new)],
        facts=compare_facts(old, new),
        changed=[part for part in parts if part.is_changed],
        same=[part for part in parts if part.texts and not part.is_changed],
        empty=[part.heading for part in parts if not part.texts],
    )


def _chosen(name: str, otherwise: int, versions: dict[int, PlanVersion]) -> PlanVersion:
    """404 for what is no number of a version."""
    asked = request.args.get(name, str(otherwise))
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    return versions.get(number) or abort(404)
