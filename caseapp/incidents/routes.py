"""The incidents of a case: all of them, one with its history, writing one down, correcting it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case, render_form, to_case
from caseapp.cases.contributions import alleged_sources
from caseapp.cases.door import may, opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.incidents import actions
from caseapp.incidents.forms import (
    CorrectionForm,
    IncidentForm,
    WhatHappenedForm,
    changed_answers,
)
from caseapp.incidents.models import Incident, IncidentBody, IncidentHead
from caseapp.incidents.queries import incidents_of, rights_of
from caseapp.incidents.rules import (
    corrected_steps,
    newest_standings,
    outcome_is_missing,
    outcome_is_untold,
    rights_missing,
)
from caseapp.incidents.timeline import told_in_words
from caseapp.reference import code_list
from caseapp.web.gate import current_actor

bp = Blueprint("incidents", __name__)

RIGHTS = "victims_code_right"


@bp.get("/cases/<uuid:case_id>/incidents")
@opens_case(Permission.OPEN_CASE)
def list_incidents(case: Case) -> ResponseReturnValue:
    rights = rights_of(case)
    return render_case(
        "incidents/list_incidents.html",
        case,
        incidents=incidents_of(case),
        rights={key: newest_standings(steps) for key, steps in rights.items()},
        rights_missing=rights_missing,
        outcome_is_missing=outcome_is_missing,
        outcome_is_untold=outcome_is_untold,
        list_of_rights=code_list(RIGHTS).active,
    )


@bp.get("/cases/<uuid:case_id>/incidents/<uuid:incident_id>")
@opens_case(Permission.OPEN_CASE)
def show_incident(case: Case, incident_id: UUID) -> ResponseReturnValue:
    incident = find_in_case(case, Incident, incident_id) or abort(404)
    rights = rights_of(case)
    steps, of_case = rights.get(incident.id, ()), rights.get(None, ())
    body = incident.body
    who = {incident.author_id, *(step.by for step in body.steps)}
    who |= {correction.by for correction in body.corrections} | {step.by for step in steps}
    return render_case(
        "incidents/show_incident.html",
        case,
        incident=incident,
        names=names_of(who),
        corrected=corrected_steps(body.steps),
        rights=newest_standings(steps),
        missing=rights_missing(incident.head, (*of_case, *steps)),
        alleged=_alleged_in(case, incident),
        told_in_words=told_in_words,
        list_of_rights=code_list(RIGHTS).active,
    )


@bp.route("/cases/<uuid:case_id>/incidents/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def add_incident(case: Case) -> ResponseReturnValue:
    form = IncidentForm()
    form.offer(alleged_of(case))
    if form.was_sent and find_in_case(case, Incident, form.record_id.data):
        return to_case(case)
    if not _answers_hold(form, case):
        return render_form("incidents/add_incident.html", case, form)
    by = current_actor()
    head = IncidentHead(**form.facts_of_head(), ask_again_on=form.ask_again_on.data)
    body = IncidentBody(**form.facts_of_body())
    first = form.step(by.user_id) if form.says_something() else None
    try:
        actions.add_incident(form.record_id.data, case, head, body, by, first)
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("incidents/add_incident.html", case, form)
    flash("The incident is saved", "success")
    return to_case(case)


@bp.route("/cases/<uuid:case_id>/incidents/<uuid:incident_id>/edit", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_incident(case: Case, incident_id: UUID) -> ResponseReturnValue:
    incident = find_in_case(case, Incident, incident_id) or abort(404)
    answers = CorrectionForm.stored(incident.head, incident.body)
    stored = _offered(CorrectionForm(formdata=None, data=answers), case)
    form = _offered(
        CorrectionForm(data=answers, record_id=incident.id, revision=incident.revision), case
    )
    if not _answers_hold(form, case, incident.head):
        return _edit_page(case, form, incident)
    if form.revision.data != incident.revision:
        form.meet_conflict(stored, incident.revision)
        return _edit_page(case, form, incident, status=409)
    head = replace(incident.head, **form.facts_of_head())
    body = replace(incident.body, **form.facts_of_body())
    try:
        before = changed_answers(stored, form)
        actions.change_incident(case, incident, head, body, current_actor(), before)
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _edit_page(case, form, incident)
    flash("The incident is corrected. What it said before is kept below", "success")
    return to_incident(case, incident)


def alleged_of(case: Case) -> list[tuple[str, str]]:
    """(id, name) of whom this actor may choose and see as the alleged perpetrator."""
    if not may(current_actor(), Permission.SEE_PERPETRATORS, case):
        return []
    return [(str(id_), name) for source in alleged_sources for id_, name in source(case)]


def _alleged_in(case: Case, incident: Incident) -> str:
    """The name, where one is recorded: to read it is noted, so it is not read in vain."""
    chosen = incident.head.perpetrator_id
    return dict(alleged_of(case)).get(str(chosen), "") if chosen else ""


def to_incident(case: Case, incident: Incident) -> ResponseReturnValue:
    return redirect(url_for("incidents.show_incident", case_id=case.id, incident_id=incident.id))


def _answers_hold(
    form: IncidentForm | CorrectionForm, case: Case, newest: IncidentHead | None = None
) -> bool:
    if not form.validate_on_submit():
        return False
    born = person_of(case).head.date_of_birth
    if isinstance(form, IncidentForm):
        problem = form.problems_together(born, current_actor().user_id)
    else:
        problem = form.problems_together(born, newest or abort(404))
    if problem:
        form.refuse(*problem)
    return problem is None


def _offered(form: CorrectionForm, case: Case) -> CorrectionForm:
    form.offer(alleged_of(case))
    return form


def _edit_page(
    case: Case, form: WhatHappenedForm, incident: Incident, **values: Any
) -> ResponseReturnValue:
    return render_form("incidents/edit_incident.html", case, form, incident=incident, **values)
