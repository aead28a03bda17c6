"""Decisions about a case: risk, who works it, closing it and opening it again."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import advocates_of_team, find_advocate
from caseapp.cases import actions
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.blueprint import bp, render_case
from caseapp.cases.door import opens_case
from caseapp.cases.forms import AllocationForm, ClosureForm, RiskForm
from caseapp.cases.models import Case, RiskHead, RiskJudgement
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

CLOSED = "This case is closed already."


@bp.route("/cases/<uuid:case_id>/risk", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def judge_risk(case: Case) -> ResponseReturnValue:
    form = RiskForm(data={"judged_on": today()})
    if form.was_sent and find_in_case(case, RiskJudgement, form.record_id.data):
        return _to_case(case)
    if not form.validate_on_submit():
        return _page("cases/judge_risk.html", case, form)
    risk = RiskHead(judged_on=form.judged_on.data, level=form.level.data)
    try:
        actions.judge_risk(form.record_id.data, case, risk, form.reasons.data, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("cases/judge_risk.html", case, form)
    flash("The level of risk is saved, and the next review is set", "success")
    return _to_case(case)


@bp.route("/cases/<uuid:case_id>/allocate", methods=["GET", "POST"])
@opens_case(Permission.ALLOCATE_CASE)
def allocate_case(case: Case) -> ResponseReturnValue:
    stored = {"advocate": str(case.advocate_id or "")}
    form = AllocationForm(data=stored, record_id=case.id, revision=case.revision)
    form.offer(advocates_of_team(case.team_id))
    if not form.validate_on_submit():
        return _page("cases/allocate_case.html", case, form)
    if form.revision.data != case.revision:
        form.meet_conflict(form.like(stored), case.revision)
        return _page("cases/allocate_case.html", case, form, status=409)
    try:
        actions.allocate_case(case, find_advocate(form.advocate.data), current_actor())
    except CaseIsClosed:
        form.refuse(None, "This case is closed. Open it again before you allocate it.")
        return _page("cases/allocate_case.html", case, form)
    flash("The case is allocated", "success")
    return _to_case(case)


@bp.route("/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@opens_case(Permission.CLOSE_CASE)
def close_case(case: Case) -> ResponseReturnValue:
    form = ClosureForm(data={"on": today()}, record_id=case.id, revision=case.revision)
    if not form.validate_on_submit():
        return _page("cases/close_case.html", case, form)
    if form.on.data < case.head.opened_on:
        form.refuse("on", "The case cannot close before it opened")
        return _page("cases/close_case.html", case, form)
    try:
        actions.close_case(
            case,
            form.reason.data,
            form.note.data,
            form.harm_reduced.data,
            form.on.data,
            current_actor(),
        )
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("cases/close_case.html", case, form)
    flash("The case is closed", "success")
    return _to_case(case)


@bp.post("/cases/<uuid:case_id>/reopen")
@opens_case(Permission.CLOSE_CASE)
def reopen_case(case: Case) -> ResponseReturnValue:
    if not case.is_open:
        actions.reopen_case(case, today(), current_actor())
        flash("The case is open again", "success")
    return _to_case(case)


def _page(
    template: str, case: Case, form: Form, *, status: int | None = None
) -> ResponseReturnValue:
    return render_case(template, case, status=status or (422 if form.was_sent else 200), form=form)


def _to_case(case: Case) -> ResponseReturnValue:
    return redirect(url_for("cases.show_case", case_id=case.id))
