"""The alleged perpetrators of a case: all of them, one more, a change, and the facts about each."""

from uuid import UUID

from flask import abort, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import worker_name
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.perpetrators import actions
from caseapp.perpetrators.blueprint import bp, endangers_somebody, form_page, page, to_perpetrator
from caseapp.perpetrators.forms import FactForm, PerpetratorForm
from caseapp.perpetrators.models import AllegedPerpetrator
from caseapp.perpetrators.queries import (
    find_perpetrator,
    perpetrators_of,
    programmes_of,
    was_settled,
)
from caseapp.web.gate import current_actor

SAVED = "The alleged perpetrator is saved"


@bp.get("/cases/<uuid:case_id>/perpetrators")
@opens_case(Permission.SEE_PERPETRATORS)
def list_perpetrators(case: Case) -> ResponseReturnValue:
    return page(
        "perpetrators/list_perpetrators.html",
        case,
        perpetrators=perpetrators_of(case),
        was_settled=was_settled(case),
    )


@bp.route("/cases/<uuid:case_id>/perpetrators/new", methods=["GET", "POST"])
@opens_case(Permission.SEE_PERPETRATORS)
def add_perpetrator(case: Case) -> ResponseReturnValue:
    form = PerpetratorForm()
    saved = find_perpetrator(case, form.record_id.data) if form.was_sent else None
    if saved:
        return to_perpetrator(saved)
    if not form.validate_on_submit() or endangers_somebody(case, form):
        return form_page("perpetrators/add_perpetrator.html", case, form)
    try:
        perpetrator = actions.add_perpetrator(
            form.record_id.data,
            case,
            form.head(),
            source=form.source.data,
            confidence=form.confidence.data,
            by=current_actor(),
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return form_page("perpetrators/add_perpetrator.html", case, form)
    flash(SAVED, "success")
    return to_perpetrator(perpetrator)


@bp.route("/cases/<uuid:case_id>/perpetrators/<uuid:perpetrator_id>/edit", methods=["GET", "POST"])
@opens_case(Permission.SEE_PERPETRATORS)
def edit_perpetrator(case: Case, perpetrator_id: UUID) -> ResponseReturnValue:
    perpetrator = find_perpetrator(case, perpetrator_id) or abort(404)
    stored = PerpetratorForm.stored(perpetrator.head)
    form = PerpetratorForm(data=stored, record_id=perpetrator.id, revision=perpetrator.revision)
    template = "perpetrators/edit_perpetrator.html"
    if not form.validate_on_submit() or endangers_somebody(case, form, perpetrator):
        return form_page(template, case, form)
    if form.revision.data != perpetrator.revision:
        form.meet_conflict(PerpetratorForm(formdata=None, data=stored), perpetrator.revision)
        return form_page(template, case, form, status=409)
    try:
        actions.change_perpetrator(
            case,
            perpetrator,
            form.head(perpetrator.head),
            source=form.source.data,
            confidence=form.confidence.data,
            by=current_actor(),
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return form_page(template, case, form)
    flash(SAVED, "success")
    return to_perpetrator(perpetrator)


@bp.route("/cases/<uuid:case_id>/perpetrators/<uuid:perpetrator_id>", methods=["GET", "POST"])
@opens_case(Permission.SEE_PERPETRATORS)
def show_perpetrator(case: Case, perpetrator_id: UUID) -> ResponseReturnValue:
    """What is known, and the row for one more fact."""
    perpetrator = find_perpetrator(case, perpetrator_id) or abort(404)
    form = FactForm()
    if not form.validate_on_submit():
        return _facts_page(case, perpetrator, form)
    try:
        actions.add_fact(case, perpetrator, form.fact(current_actor().user_id), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _facts_page(case, perpetrator, form)
    flash("The fact is saved", "success")
    return to_perpetrator(perpetrator)


@bp.post("/cases/<uuid:case_id>/perpetrators/<uuid:perpetrator_id>/facts/<uuid:fact_id>/end")
@opens_case(Permission.SEE_PERPETRATORS)
def end_fact(case: Case, perpetrator_id: UUID, fact_id: UUID) -> ResponseReturnValue:
    perpetrator = find_perpetrator(case, perpetrator_id) or abort(404)
    if fact_id not in {fact.id for fact in perpetrator.body.facts}:
        abort(404)
    try:
        actions.end_fact(case, perpetrator, fact_id, today(), current_actor())
    except CaseIsClosed:
        flash(CLOSED, "important")
    else:
        flash("The fact is kept as no longer so", "success")
    return to_perpetrator(perpetrator)


def _facts_page(case: Case, perpetrator: AllegedPerpetrator, form: FactForm) -> ResponseReturnValue:
    return form_page(
        "perpetrators/show_perpetrator.html",
        case,
        form,
        perpetrator=perpetrator,
        programmes=programmes_of(perpetrator),
        recorded_by=worker_name(perpetrator.author_id),
    )
