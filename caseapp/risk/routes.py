"""Judging the risk of a case."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.risk import actions
from caseapp.risk.forms import RiskForm
from caseapp.risk.models import RiskHead, RiskJudgement
from caseapp.web.gate import current_actor

bp = Blueprint("risk", __name__)


@bp.route("/cases/<uuid:case_id>/risk", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def judge_risk(case: Case) -> ResponseReturnValue:
    form = RiskForm(data={"judged_on": today()})
    if form.was_sent and find_in_case(case, RiskJudgement, form.record_id.data):
        return to_case(case)
    if not form.validate_on_submit():
        return render_form("risk/judge_risk.html", case, form)
    risk = RiskHead(judged_on=form.judged_on.data, level=form.level.data)
    try:
        actions.judge_risk(form.record_id.data, case, risk, form.reasons.data, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("risk/judge_risk.html", case, form)
    flash("The level of risk is saved, and the next review is set", "success")
    return to_case(case)
