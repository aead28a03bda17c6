"""Writing a plan with the person: its first version, and each that follows."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case
from caseapp.cases.contributions import names_of_children, naming_marks
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.rules import review_due
from caseapp.clock import today
from caseapp.languages import language_for
from caseapp.people.queries import flags_of
from caseapp.people.rules import age_on, reading_format
from caseapp.plans import actions
from caseapp.plans.blueprint import bp
from caseapp.plans.forms import PlanForm, first_answers, plan_form, words_of
from caseapp.plans.from_record import proposed_body
from caseapp.plans.models import Plan, PlanVersion, VersionBody, VersionHead
from caseapp.plans.queries import (
    calls_in,
    first_call_after,
    newest_version,
    plan_in,
    plan_of_kind,
    review_in,
    version_in,
)
from caseapp.plans.rules import CHILD, KINDS, has_childs_part, sections_of
from caseapp.web.gate import current_actor


@bp.route("/cases/<uuid:case_id>/plans/new/<kind>", methods=["GET", "POST"])
@opens_case(Permission.WRITE_PLAN)
def write_first_plan(case: Case, kind: str) -> ResponseReturnValue:
    if kind not in KINDS:
        abort(404)
    plan = plan_of_kind(case, kind)
    if plan:  # somebody else was quicker, or this very form was sent twice
        return _write_next(case, plan)
    known = proposed_body(case, kind, current_actor())
    form = _asked(kind, known)(data=words_of(known) | _proposed(case))
    if not _is_ready(case, form):
        form.mark_proposed()
        return _form_page(case, kind, form)
    try:
        version = actions.write_first_version(
            form.record_id.data, case, kind, form.head(), form.body(known.pictures), current_actor()
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
    newest, kind = newest_version(plan), plan.head.kind
    asked = _asked(kind, newest.body)
    begun = words_of(newest.body) | _proposed(case, newest.head)
    form = asked(data=begun, revision=plan.revision)
    if form.was_sent and version_in(case, form.record_id.data):
        return _to_plan(plan)
    if not _is_ready(case, form):
        return _form_page(case, kind, form, plan)
    if form.revision.data != plan.revision:
        # What the other one asked the person to agree to was another text: that is not taken over.
        form.meet_conflict(asked(formdata=None, data=begun), plan.revision)
        return _form_page(case, kind, form, plan, status=409)
    body = form.body(newest.body.pictures)
    knew_until = first_call_after(case, form.calls.data or 0)
    try:
        version = actions.write_version(
            form.record_id.data, case, plan, form.head(), body, current_actor(), knew_until
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _form_page(case, kind, form, plan)
    return _saved(version)


def _asked(kind: str, body: VersionBody) -> type[PlanForm]:
    """The form for what is written, in sections of today and of before."""
    return plan_form(sections_of(kind, body.sections), sections_of(CHILD, body.child))


def _is_ready(case: Case, form: PlanForm) -> bool:
    """Whether the form can be saved: sent for that, right, and naming nobody who did harm."""
    if form.wants_more_rows():
        form.ask_what_was_left_open()
        return False
    is_right = form.validate_on_submit()
    marks = naming_marks(case, [text for _, text in form.texts()]) if form.was_sent else {}
    return not form.refuse_names(marks) and is_right


def _proposed(case: Case, before: VersionHead | None = None) -> dict[str, object]:
    """What the form proposes: the review by the risk, and the format and language that were chosen
    last time, or else those that the person's needs and first language suggest."""
    needed = reading_format(flag.head for flag in flags_of(case.person_id))
    spoken = language_for(person_of(case).body.first_language)
    return first_answers(
        review_due(case.risk_level, today()),
        (before.reading_format if before else "") or needed,
        before.language if before else spoken,
    )


def _form_page(
    case: Case, kind: str, form: PlanForm, plan: Plan | None = None, status: int | None = None
) -> ResponseReturnValue:
    name = "write_plan" if plan else "write_first_plan"
    is_refused = form.was_sent and not form.wanted_more
    form.calls.data = len(calls_in(case))  # the page tells of them
    return render_case(
        f"plans/{name}.html",
        case,
        status=status or (422 if is_refused else 200),
        form=form,
        kind=kind,
        review=review_in(case, plan) if plan else None,
        is_childs_part_open=_is_childs_part_open(case, form),
    )


def _is_childs_part_open(case: Case, form: PlanForm) -> bool:
    born = person_of(case).head.date_of_birth
    age = age_on(born, today()) if born else None
    boxes: list[Any] = [box for part in form.child_parts() for box in (part.own, part.worker)]
    is_used = any(box.data or box.errors for box in boxes)
    return is_used or has_childs_part(age, bool(names_of_children(case)))


def _saved(version: PlanVersion) -> ResponseReturnValue:
    flash(f"Version {version.number} of the plan is saved", "success")
    return redirect(url_for("plans.show_plan", case_id=version.case_id, plan_id=version.plan_id))


def _to_plan(plan: Plan) -> ResponseReturnValue:
    return redirect(url_for("plans.show_plan", case_id=plan.case_id, plan_id=plan.id))
