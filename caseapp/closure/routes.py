"""Closing a case and opening it again."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.blueprint import render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.closure import actions
from caseapp.closure.forms import ClosureForm
from caseapp.web.gate import current_actor

ALREADY = "This case is closed already."

bp = Blueprint("closure", __name__)


@bp.route("/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@opens_case(Permission.CLOSE_CASE)
def close_case(case: Case) -> ResponseReturnValue:
    form = ClosureForm(data={"on": today()}, record_id=case.id, revision=case.revision)
    if not form.validate_on_submit():
        return render_form("closure/close_case.html", case, form)
    if form.on.data < case.head.opened_on:
        form.refuse("on", "The case cannot close before it opened")
        return render_form("closure/close_case.html", case, form)
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
        form.refuse(None, ALREADY)
        return render_form("closure/close_case.html", case, form)
    flash("The case is closed", "success")
    return to_case(case)


@bp.post("/cases/<uuid:case_id>/reopen")
@opens_case(Permission.CLOSE_CASE)
def reopen_case(case: Case) -> ResponseReturnValue:
    if not case.is_open:
        actions.reopen_case(case, today(), current_actor())
        flash("The case is open again", "success")
    return to_case(case)
