"""The plans of a case: all of them, one as it stands or stood, and writing the next version."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.rules import review_due
from caseapp.clock import today
from caseapp.people.queries import flags_of
from caseapp.people.rules import reading_format
from caseapp.plans import actions
from caseapp.plans.blueprint import bp
from caseapp.plans.forms import PlanForm, answers_of, first_answers, plan_form, words_of
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import (
    newest_version,
    plan_in,
    plan_of_kind,
    plans_of,
    version_in,
    version_of,
    versions_of,
)
from caseapp.plans.rules import KINDS, is_overdue, kinds_for, sections_of
from caseapp.web.gate import current_actor


@bp.get("/cases/<uuid:case_id>/plans")
@opens_case(Permission.OPEN_CASE)
def list_plans(case: Case) -> ResponseReturnValue:
    plans = plans_of(case)
    written = {plan.head.kind for plan in plans}
    return render_case(
        "plans/list_plans.html",
        case,
        plans=plans,
        unwritten=[kind for kind in kinds_for(case.head.themes) if kind not in written],
        is_overdue=_is_overdue,
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


@bp.route("/cases/<uuid:case_id>/plans/new/<kind>", methods=["GET", "POST"])
@opens_case(Permission.WRITE_PLAN)
def write_first_plan(case: Case, kind: str) -> ResponseReturnValue:
    if kind not in KINDS:
        abort(404)
    plan = plan_of_kind(case, kind)
    if plan:  # somebody else was quicker, or this very form was sent twice
        return _write_next(case, plan)
    form = plan_form(sections_of(kind))(data=_proposed(case, ""))
    if not form.validate_on_submit():
        return _form_page(case, kind, form)
    try:
        version = actions.write_first_version(
            form.record_id.data, case, kind, form.head(), form.body(), current_actor()
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _form_page(case, kind, form)
    return _saved(version)


@bp.route("/cases/<uuid:case_id>/plans/<uuid:plan_id>/edit", methods=["GET", "POST"])
@opens_case(Permission.WRITE_PLAN)
def write_plan(case: Case, plan_id: UUID) -> ResponseReturnValue:
    return _write_next(case, plan_in(case, plan_id) or abort(404))


def _write_next(case: Case, plan: Plan) -> ResponseReturnValue:
    newest = newest_version(plan)
    asked = plan_form(sections_of(plan.head.kind, newest.body.sections))
    proposed = _proposed(case, newest.head.reading_format)
    form = asked(data=words_of(newest.body) | proposed, revision=plan.revision)
    if form.was_sent and version_in(case, form.record_id.data):
        return _to_plan(plan)
    if not form.validate_on_submit():
        return _form_page(case, plan.head.kind, form, plan)
    if form.revision.data != plan.revision:
        stored = asked(formdata=None, data=answers_of(newest.head, newest.body))
        form.meet_conflict(stored, plan.revision)
        return _form_page(case, plan.head.kind, form, plan, status=409)
    try:
        version = actions.write_version(
            form.record_id.data, case, plan, form.head(), form.body(), current_actor()
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _form_page(case, plan.head.kind, form, plan)
    return _saved(version)


def _proposed(case: Case, chosen_format: str) -> dict[str, object]:
    """What the form proposes: the review by the risk, and the format that was chosen last time,
    or else the one that the person's needs suggest."""
    needed = reading_format(flag.head for flag in flags_of(case.person_id))
    return first_answers(review_due(case.risk_level, today()), chosen_format or needed)


def _show(name: str, case: Case, plan: Plan, version: PlanVersion) -> ResponseReturnValue:
    versions = versions_of(plan)
    return render_case(
        f"plans/{name}.html",
        case,
        plan=plan,
        version=version,
        versions=versions,
        is_newest=version.number == plan.head.versions,
        is_overdue=_is_overdue,
        sections=_sections(plan, version),
        names=names_of({each.author_id for each in versions}),
    )


def _sections(plan: Plan, version: PlanVersion) -> list[tuple[Any, Any]]:
    """(section, its words or None), in order."""
    written: Mapping[str, Any] = {words.code: words for words in version.body.sections}
    sections = sections_of(plan.head.kind, version.body.sections)
    return [(section, written.get(section.code)) for section in sections]


def _is_overdue(case: Case, plan: Plan) -> bool:
    return case.is_open and is_overdue(plan.head.review_on, today())


def _form_page(
    case: Case, kind: str, form: PlanForm, plan: Plan | None = None, status: int | None = None
) -> ResponseReturnValue:
    name = "write_plan" if plan else "write_first_plan"
    status = status or (422 if form.was_sent else 200)
    return render_case(f"plans/{name}.html", case, status=status, form=form, kind=kind)


def _saved(version: PlanVersion) -> ResponseReturnValue:
    flash(f"Version {version.number} of the plan is saved", "success")
    return redirect(url_for("plans.show_plan", case_id=version.case_id, plan_id=version.plan_id))


def _to_plan(plan: Plan) -> ResponseReturnValue:
    return redirect(url_for("plans.show_plan", case_id=plan.case_id, plan_id=plan.id))
