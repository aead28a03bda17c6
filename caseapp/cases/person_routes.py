"""Writing about the person of a case: who they are and what they need."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases import actions
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import bp, person_of, render_form
from caseapp.cases.contributions import person_refusals
from caseapp.cases.door import may, opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.people.actions import FlagHasEnded, StepOutOfOrder
from caseapp.people.forms import FLAG_FORMS, FlagForm, FlagReviewForm, PersonForm
from caseapp.people.models import FlagStep, NeedsFlag, Person
from caseapp.web.gate import current_actor


@bp.route("/cases/<uuid:case_id>/person/edit", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_person(case: Case) -> ResponseReturnValue:
    person = person_of(case)
    stored = PersonForm.stored(person.head, person.body)
    form = PersonForm(data=stored, record_id=person.id, revision=person.revision)
    if not form.validate_on_submit():
        return render_form("cases/edit_person.html", case, form)
    if form.revision.data != person.revision:
        form.meet_conflict(PersonForm(formdata=None, data=stored), person.revision)
        return render_form("cases/edit_person.html", case, form, status=409)
    problem = _why_refused(person, form)
    if problem:
        form.refuse(*problem)
        return render_form("cases/edit_person.html", case, form)
    try:
        actions.change_person(case, person, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("cases/edit_person.html", case, form)
    flash("The person's details are saved", "success")
    return redirect(url_for("cases.show_person", case_id=case.id))


@bp.route("/cases/<uuid:case_id>/flags/new/<list_name>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def raise_flag(case: Case, list_name: str) -> ResponseReturnValue:
    if list_name not in FLAG_FORMS:
        abort(404)
    form: FlagForm = FLAG_FORMS[list_name](data={"raised_on": today()})
    if form.was_sent and _flag_of(case, form.record_id.data):
        return redirect(url_for("cases.show_person", case_id=case.id))
    if not form.validate_on_submit():
        return render_form("cases/raise_flag.html", case, form)
    actor = current_actor()
    try:
        actions.raise_flag(form.record_id.data, case, form.head(), form.body(actor.user_id), actor)
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("cases/raise_flag.html", case, form)
    flash("The need is recorded", "success")
    return redirect(url_for("cases.show_person", case_id=case.id))


@bp.route("/cases/<uuid:case_id>/flags/<uuid:flag_id>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def review_flag(case: Case, flag_id: UUID) -> ResponseReturnValue:
    flag = _flag_of(case, flag_id) or abort(404)
    stored = FlagReviewForm.stored(flag, today())
    form = FlagReviewForm(data=stored, record_id=flag.id, revision=flag.revision)
    if not form.validate_on_submit():
        return render_form("cases/review_flag.html", case, form, flag=flag)
    if form.revision.data != flag.revision:
        form.meet_conflict(FlagReviewForm(formdata=None, data=stored), flag.revision)
        return render_form("cases/review_flag.html", case, form, status=409, flag=flag)
    if not _take_flag_step(case, flag, form):
        return render_form("cases/review_flag.html", case, form, flag=flag)
    flash("The need is reviewed", "success")
    return redirect(url_for("cases.show_person", case_id=case.id))


def _why_refused(person: Person, form: PersonForm) -> tuple[str, str] | None:
    """Asked of each case of the person that the actor works. Of the others they may learn nothing:
    only whoever works those is warned there."""
    actor, head, body = current_actor(), form.head(), form.body()
    mine = [each for each in actions.cases_of(person) if may(actor, Permission.EDIT_CASE, each)]
    refusals = (refusal(each, head, body) for each in mine for refusal in person_refusals)
    return next(filter(None, refusals), None)


def _take_flag_step(case: Case, flag: NeedsFlag, form: FlagReviewForm) -> bool:
    actor, helps = current_actor(), form.what_helps.data
    try:
        if form.has_ended.data:
            actions.end_flag(case, flag, form.on.data, actor, what_helps=helps)
        else:
            status = form.status.data or flag.head.status
            step = FlagStep(on=form.on.data, what="reviewed", status=status, by=actor.user_id)
            actions.review_flag(case, flag, step, actor, what_helps=helps)
    except CaseIsClosed:
        form.refuse(None, CLOSED)
    except FlagHasEnded:
        form.refuse(None, "This need has ended. Record a new one instead.")
    except StepOutOfOrder:
        form.refuse("on", "The review cannot be before the last one")
    return not form.errors and not form.form_errors


def _flag_of(case: Case, flag_id: UUID) -> NeedsFlag | None:
    flag = db.session.get(NeedsFlag, flag_id)
    return flag if flag and flag.person_id == case.person_id else None
