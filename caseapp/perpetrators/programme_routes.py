"""A programme for an alleged perpetrator: a new one, and what came of it."""

from uuid import UUID

from flask import abort, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.perpetrators import actions
from caseapp.perpetrators.blueprint import bp, form_page, to_perpetrator
from caseapp.perpetrators.forms import ProgrammeForm
from caseapp.perpetrators.models import ProgrammeReferral
from caseapp.perpetrators.queries import find_perpetrator
from caseapp.web.gate import current_actor

RECORD, EDIT = "perpetrators/record_programme.html", "perpetrators/edit_programme.html"
SAVED = "The programme is saved"
PLACE = "/cases/<uuid:case_id>/perpetrators/<uuid:perpetrator_id>/programmes"


@bp.route(f"{PLACE}/new", methods=["GET", "POST"])
@opens_case(Permission.SEE_PERPETRATORS)
def record_programme(case: Case, perpetrator_id: UUID) -> ResponseReturnValue:
    perpetrator = find_perpetrator(case, perpetrator_id) or abort(404)
    form = ProgrammeForm(data={"offered_on": today()})
    if form.was_sent and find_in_case(case, ProgrammeReferral, form.record_id.data):
        return to_perpetrator(perpetrator)
    if not form.validate_on_submit():
        return form_page(RECORD, case, form, perpetrator=perpetrator)
    try:
        actions.record_programme(
            form.record_id.data, case, perpetrator, form.head(), form.body(), current_actor()
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return form_page(RECORD, case, form, perpetrator=perpetrator)
    flash(SAVED, "success")
    return to_perpetrator(perpetrator)


@bp.route(f"{PLACE}/<uuid:programme_id>", methods=["GET", "POST"])
@opens_case(Permission.SEE_PERPETRATORS)
def edit_programme(case: Case, perpetrator_id: UUID, programme_id: UUID) -> ResponseReturnValue:
    perpetrator = find_perpetrator(case, perpetrator_id) or abort(404)
    programme = find_in_case(case, ProgrammeReferral, programme_id)
    if programme is None or programme.perpetrator_id != perpetrator.id:
        abort(404)
    stored = ProgrammeForm.stored(programme.head, programme.body)
    form = ProgrammeForm(data=stored, record_id=programme.id, revision=programme.revision)
    if not form.validate_on_submit():
        return form_page(EDIT, case, form, perpetrator=perpetrator)
    if form.revision.data != programme.revision:
        form.meet_conflict(ProgrammeForm(formdata=None, data=stored), programme.revision)
        return form_page(EDIT, case, form, status=409, perpetrator=perpetrator)
    try:
        actions.change_programme(case, programme, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return form_page(EDIT, case, form, perpetrator=perpetrator)
    flash(SAVED, "success")
    return to_perpetrator(perpetrator)
