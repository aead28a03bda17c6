"""Writing down an incident, and correcting one."""

from uuid import UUID

from flask import Blueprint, abort, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.incidents import actions
from caseapp.incidents.forms import IncidentForm
from caseapp.incidents.models import Incident
from caseapp.web.gate import current_actor

bp = Blueprint("incidents", __name__)


@bp.route("/cases/<uuid:case_id>/incidents/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def add_incident(case: Case) -> ResponseReturnValue:
    form = IncidentForm()
    if form.was_sent and find_in_case(case, Incident, form.record_id.data):
        return to_case(case)
    if not _answers_hold(case, form):
        return render_form("incidents/add_incident.html", case, form)
    try:
        actions.add_incident(form.record_id.data, case, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("incidents/add_incident.html", case, form)
    flash("The incident is saved", "success")
    return to_case(case)


@bp.route("/cases/<uuid:case_id>/incidents/<uuid:incident_id>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_incident(case: Case, incident_id: UUID) -> ResponseReturnValue:
    incident = find_in_case(case, Incident, incident_id) or abort(404)
    stored = IncidentForm.stored(incident.head, incident.body)
    form = IncidentForm(data=stored, record_id=incident.id, revision=incident.revision)
    if not _answers_hold(case, form):
        return render_form("incidents/edit_incident.html", case, form)
    if form.revision.data != incident.revision:
        form.meet_conflict(IncidentForm(formdata=None, data=stored), incident.revision)
        return render_form("incidents/edit_incident.html", case, form, status=409)
    try:
        actions.change_incident(case, incident, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("incidents/edit_incident.html", case, form)
    flash("The incident is saved", "success")
    return to_case(case)


def _answers_hold(case: Case, form: IncidentForm) -> bool:
    if not form.validate_on_submit():
        return False
    problem = form.problems_together(person_of(case).head.date_of_birth)
    if problem:
        form.refuse(*problem)
    return problem is None
