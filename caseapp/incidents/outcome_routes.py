"""What the law did about an incident, and where the rights under the Victims' Code stand."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.incidents import actions
from caseapp.incidents.forms import OutcomeForm, RightsForm
from caseapp.incidents.models import Incident
from caseapp.incidents.queries import rights_of
from caseapp.incidents.routes import RIGHTS, bp, to_incident
from caseapp.incidents.rules import newest_standings, rights_missing
from caseapp.incidents.timeline import told_in_words
from caseapp.reference import code_list
from caseapp.web.gate import current_actor

NEWER_ENTRY = "Somebody added an entry since you opened this page. Is that the mistake?"


@bp.route("/cases/<uuid:case_id>/incidents/<uuid:incident_id>/outcome", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_outcome(case: Case, incident_id: UUID) -> ResponseReturnValue:
    incident = find_in_case(case, Incident, incident_id) or abort(404)
    form = OutcomeForm(revision=incident.revision)
    if form.was_sent and any(step.id == form.record_id.data for step in incident.body.steps):
        return to_incident(case, incident)
    if not _answers_hold(form, incident):
        return _outcome_page(case, form, incident)
    by = current_actor()
    try:
        step = form.step(by.user_id)
        actions.record_outcome(case, incident, step, form.ask_again_on.data, by)
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _outcome_page(case, form, incident)
    flash("The outcome is saved", "success")
    return to_incident(case, incident)


@bp.route("/cases/<uuid:case_id>/incidents/<uuid:incident_id>/rights", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_rights(case: Case, incident_id: UUID) -> ResponseReturnValue:
    return _record_rights(case, find_in_case(case, Incident, incident_id) or abort(404))


@bp.route("/cases/<uuid:case_id>/rights", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_case_rights(case: Case) -> ResponseReturnValue:
    """Rights that no single incident is about."""
    return _record_rights(case, None)


def _record_rights(case: Case, incident: Incident | None) -> ResponseReturnValue:
    steps = rights_of(case).get(incident.id if incident else None, ())
    form = RightsForm(data={"on": today()})
    if form.was_sent and any(step.sent_with == form.record_id.data for step in steps):
        return _after_rights(case, incident)
    if form.validate_on_submit():
        if incident and form.on.data < incident.head.happened_on:
            form.refuse("on", "The date cannot be before the incident")
        else:
            return _save_rights(case, incident, form)
    return _rights_page(case, form, incident)


def _save_rights(case: Case, incident: Incident | None, form: RightsForm) -> ResponseReturnValue:
    by = current_actor()
    try:
        actions.record_rights(case, incident, form.steps(by.user_id), by)
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _rights_page(case, form, incident)
    flash("The rights are saved", "success")
    return _after_rights(case, incident)


def _after_rights(case: Case, incident: Incident | None) -> ResponseReturnValue:
    if incident:
        return to_incident(case, incident)
    return redirect(url_for("incidents.list_incidents", case_id=case.id))


def _rights_page(case: Case, form: RightsForm, incident: Incident | None) -> ResponseReturnValue:
    rights = rights_of(case)
    steps, of_case = rights.get(incident.id if incident else None, ()), rights.get(None, ())
    template = "incidents/record_rights.html" if incident else "incidents/record_case_rights.html"
    return render_form(
        template,
        case,
        form,
        incident=incident,
        standings=newest_standings(steps),
        steps=steps[::-1],
        missing=rights_missing(incident.head if incident else None, (*of_case, *steps)),
        names=names_of({step.by for step in steps}),
        rights=code_list(RIGHTS).active,
        source=code_list(RIGHTS).source,
    )


def _answers_hold(form: OutcomeForm, incident: Incident) -> bool:
    """Two who record an outcome at once both add a step; but neither calls a step that they have
    not seen a mistake."""
    if not form.validate_on_submit():
        return False
    step = actions.next_step(incident, form.step(current_actor().user_id))
    problem = form.problems_together(incident.head, step)
    if form.corrects_last.data and form.revision.data != incident.revision:
        form.revision.data = incident.revision
        problem = "corrects_last", NEWER_ENTRY
    if problem:
        form.refuse(*problem)
    return problem is None


def _outcome_page(case: Case, form: OutcomeForm, incident: Incident) -> ResponseReturnValue:
    newest = incident.body.steps[-1] if incident.body.steps else None
    return render_form(
        "incidents/record_outcome.html",
        case,
        form,
        incident=incident,
        newest=newest,
        told_in_words=told_in_words,
    )
