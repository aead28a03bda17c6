"""Writing in a case: the person, their needs, incidents, contact notes."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases import actions
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.blueprint import bp, person_of, render_case
from caseapp.cases.door import opens_case
from caseapp.cases.forms import IncidentForm, NoteForm
from caseapp.cases.models import Case, Incident, Note
from caseapp.cases.queries import find_in_case
from caseapp.clock import LOCAL, now, today
from caseapp.database import db
from caseapp.people import actions as people_actions
from caseapp.people.actions import FlagHasEnded, StepOutOfOrder
from caseapp.people.forms import FLAG_FORMS, FlagForm, FlagReviewForm, PersonForm
from caseapp.people.models import FlagStep, NeedsFlag
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

CLOSED = "This case is closed. Open it again before you add to it."


@bp.route("/cases/<uuid:case_id>/person/edit", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_person(case: Case) -> ResponseReturnValue:
    person = person_of(case)
    stored = PersonForm.stored(person.head, person.body)
    form = PersonForm(data=stored, record_id=person.id, revision=person.revision)
    if not form.validate_on_submit():
        return _page("cases/edit_person.html", case, form)
    if form.revision.data != person.revision:
        form.meet_conflict(PersonForm(formdata=None, data=stored), person.revision)
        return _page("cases/edit_person.html", case, form, status=409)
    actions.change_person(case, person, form.head(), form.body(), current_actor())
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
        return _page("cases/raise_flag.html", case, form)
    actor = current_actor()
    flag = people_actions.raise_flag(
        form.record_id.data, person_of(case), form.head(), form.body(actor.user_id)
    )
    actions.raise_flag(case, flag, actor)
    flash("The need is recorded", "success")
    return redirect(url_for("cases.show_person", case_id=case.id))


@bp.route("/cases/<uuid:case_id>/flags/<uuid:flag_id>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def review_flag(case: Case, flag_id: UUID) -> ResponseReturnValue:
    flag = _flag_of(case, flag_id) or abort(404)
    form = FlagReviewForm(
        data={"on": today(), "status": flag.head.status},
        record_id=flag.id,
        revision=flag.revision,
    )
    if form.validate_on_submit() and _take_flag_step(case, flag, form):
        flash("The need is reviewed", "success")
        return redirect(url_for("cases.show_person", case_id=case.id))
    return _page("cases/review_flag.html", case, form, flag=flag)


@bp.route("/cases/<uuid:case_id>/incidents/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def add_incident(case: Case) -> ResponseReturnValue:
    form = IncidentForm()
    if form.was_sent and find_in_case(case, Incident, form.record_id.data):
        return _to_case(case)
    if not _answers_hold(case, form):
        return _page("cases/add_incident.html", case, form)
    try:
        actions.add_incident(form.record_id.data, case, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("cases/add_incident.html", case, form)
    flash("The incident is saved", "success")
    return _to_case(case)


@bp.route("/cases/<uuid:case_id>/incidents/<uuid:incident_id>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_incident(case: Case, incident_id: UUID) -> ResponseReturnValue:
    incident = find_in_case(case, Incident, incident_id) or abort(404)
    stored = IncidentForm.stored(incident.head, incident.body)
    form = IncidentForm(data=stored, record_id=incident.id, revision=incident.revision)
    if not _answers_hold(case, form):
        return _page("cases/edit_incident.html", case, form)
    if form.revision.data != incident.revision:
        form.meet_conflict(IncidentForm(formdata=None, data=stored), incident.revision)
        return _page("cases/edit_incident.html", case, form, status=409)
    try:
        actions.change_incident(case, incident, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("cases/edit_incident.html", case, form)
    flash("The incident is saved", "success")
    return _to_case(case)


@bp.route("/cases/<uuid:case_id>/notes/new", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def add_note(case: Case) -> ResponseReturnValue:
    local = now().astimezone(LOCAL)
    form = NoteForm(data={"on": local.date(), "at": local.time().replace(second=0, microsecond=0)})
    if form.was_sent and find_in_case(case, Note, form.record_id.data):
        return _to_case(case)
    if not form.validate_on_submit():
        return _page("cases/add_note.html", case, form)
    try:
        actions.add_note(form.record_id.data, case, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("cases/add_note.html", case, form)
    flash("The note is saved", "success")
    return _to_case(case)


def _answers_hold(case: Case, form: IncidentForm) -> bool:
    if not form.validate_on_submit():
        return False
    problem = form.problems_together(person_of(case).head.date_of_birth)
    if problem:
        form.refuse(*problem)
    return problem is None


def _take_flag_step(case: Case, flag: NeedsFlag, form: FlagReviewForm) -> bool:
    actor = current_actor()
    try:
        if form.has_ended.data:
            actions.end_flag(case, flag, form.on.data, actor)
        else:
            status = form.status.data or flag.head.status
            step = FlagStep(on=form.on.data, what="reviewed", status=status, by=actor.user_id)
            actions.review_flag(case, flag, step, actor)
    except FlagHasEnded:
        form.refuse(None, "This need has ended. Record a new one instead.")
    except StepOutOfOrder:
        form.refuse("on", "The review cannot be before the last one")
    return not form.errors and not form.form_errors


def _flag_of(case: Case, flag_id: UUID) -> NeedsFlag | None:
    flag = db.session.get(NeedsFlag, flag_id)
    return flag if flag and flag.person_id == case.person_id else None


def _page(
    template: str, case: Case, form: Form, *, status: int | None = None, **values: object
) -> ResponseReturnValue:
    status = status or (422 if form.was_sent else 200)
    return render_case(template, case, status=status, form=form, **values)


def _to_case(case: Case) -> ResponseReturnValue:
    return redirect(url_for("cases.show_case", case_id=case.id))
