"""How long a record is kept: which have been kept for their time, and a hold on one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.blueprint import render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.closure import actions
from caseapp.closure.blueprint import bp
from caseapp.closure.forms import HoldForm
from caseapp.closure.keeping import old_records_of
from caseapp.web.gate import current_actor, needs
from caseapp.web.leafing import page_number

PAGE_SIZE = 50


@bp.get("/cases/old-records")
@needs(Permission.LEAD_TEAM)
def list_old_records() -> ResponseReturnValue:
    actor = current_actor()
    lines = old_records_of(actor.team_id, today()) if actor.team_id else []
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    page = min(page_number(), pages)
    shown = lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    detail = {"cases": len(shown)}
    record(Kind.CASES_LISTED, actor=actor, team_id=actor.team_id, detail=detail)
    values = {"lines": shown, "total": len(lines), "page": page, "pages": pages}
    return render_template("closure/list_old_records.html", **values)


@bp.route("/cases/<uuid:case_id>/hold", methods=["GET", "POST"])
@opens_case(Permission.APPROVE_CLOSURE)
def hold_record(case: Case) -> ResponseReturnValue:
    stored = {"hold": bool(case.body.legal_hold), "why": case.body.legal_hold}
    form = HoldForm(data=stored, record_id=case.id, revision=case.revision)
    if form.validate_on_submit() and form.hold.data and not form.why.data:
        form.refuse("why", "Say why the record must be kept")
    if not form.was_sent or form.problems():
        return render_form("closure/hold_record.html", case, form)
    if form.revision.data != case.revision:
        form.meet_conflict(HoldForm(formdata=None, data=stored), case.revision)
        return render_form("closure/hold_record.html", case, form, status=409)
    actions.hold_record(case, form.why.data if form.hold.data else "", current_actor())
    flash("The record is held" if form.hold.data else "There is no hold on the record", "success")
    return redirect(url_for("closure.list_outcomes", case_id=case.id))
