"""The page of words and pictures: a plan as easy read prints it, and the pictures to choose."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.documents.pictures import PICTURES
from caseapp.plans import actions
from caseapp.plans.blueprint import bp
from caseapp.plans.ideas import PlanIdea, count_too_long, ideas_in
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.picture_form import PictureForm, chosen_for, picture_form
from caseapp.plans.queries import newest_version, plan_in, version_in
from caseapp.plans.reviews import known_until
from caseapp.web.gate import current_actor

A_PAGE = 40  # ideas: each brings a list of all pictures with it

bp.add_app_template_global(count_too_long, "count_too_long")


@bp.route("/cases/<uuid:case_id>/plans/<uuid:plan_id>/words", methods=["GET", "POST"])
@opens_case(Permission.WRITE_PLAN, Kind.PLAN_READ)
def choose_pictures(case: Case, plan_id: UUID) -> ResponseReturnValue:
    plan = plan_in(case, plan_id) or abort(404)
    newest = newest_version(plan)
    ideas = _asked_about(ideas_in(plan.head.kind, newest.body))
    asked, stored = picture_form(ideas), chosen_for(ideas, newest.body.pictures)
    form = asked(data=stored, revision=plan.revision)
    if form.was_sent and version_in(case, form.record_id.data):
        return _to_plan(plan)
    if not form.validate_on_submit():
        return _form_page(case, plan, form)
    if form.revision.data != plan.revision:
        form.meet_conflict(asked(formdata=None, data=stored), plan.revision)
        return _form_page(case, plan, form, status=409)
    return _save(case, plan, newest, form)


def _save(case: Case, plan: Plan, newest: PlanVersion, form: PictureForm) -> ResponseReturnValue:
    """The words are the same, so whoever agreed to them has agreed still; and nobody has reviewed
    them, so what called for a review still does."""
    pictures = form.pictures(newest.body.pictures)
    if pictures == newest.body.pictures:
        flash("No other picture was chosen, so the plan stays as it is", "success")
        return _to_plan(plan)
    head, body = replace(newest.head, written_at=now()), replace(newest.body, pictures=pictures)
    unreviewed = known_until(plan.head)
    try:
        version = actions.write_version(
            form.record_id.data, case, plan, head, body, current_actor(), unreviewed
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _form_page(case, plan, form)
    flash(f"Version {version.number} of the plan is saved, with its pictures", "success")
    return _to_plan(plan)


def _page_number(pages: int) -> int:
    """The page that was asked for, or the nearest one there is."""
    asked = request.args.get("page", "")
    return min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 5 else 1


def _pages(ideas: Sequence[PlanIdea]) -> int:
    return max(1, -(-len(ideas) // A_PAGE))


def _asked_about(ideas: Sequence[PlanIdea]) -> Sequence[PlanIdea]:
    """Those of the page, and those that were sent, though somebody else's save moved them on to
    another page in between."""
    shown = _page_of(ideas)
    return [idea for idea in ideas if idea in shown or idea.name in request.form]


def _page_of(ideas: Sequence[PlanIdea]) -> Sequence[PlanIdea]:
    last = _page_number(_pages(ideas)) * A_PAGE
    return ideas[last - A_PAGE : last]


def _form_page(
    case: Case, plan: Plan, form: PictureForm, status: int | None = None
) -> ResponseReturnValue:
    ideas = ideas_in(plan.head.kind, newest_version(plan).body)
    return render_case(
        "plans/choose_pictures.html",
        case,
        status=status or (422 if form.was_sent else 200),
        form=form,
        plan=plan,
        library=list(PICTURES.values()),
        long=sum(idea.is_too_long for idea in ideas),
        page=_page_number(_pages(ideas)),
        pages=_pages(ideas),
    )


def _to_plan(plan: Plan) -> ResponseReturnValue:
    return redirect(url_for("plans.show_plan", case_id=plan.case_id, plan_id=plan.id))
