"""Who works a case."""

from flask import flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import advocates_of_team, find_advocate
from caseapp.cases import actions
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.blueprint import bp, render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.forms import AllocationForm
from caseapp.cases.models import Case
from caseapp.web.gate import current_actor


@bp.route("/cases/<uuid:case_id>/allocate", methods=["GET", "POST"])
@opens_case(Permission.ALLOCATE_CASE)
def allocate_case(case: Case) -> ResponseReturnValue:
    stored = {"advocate": str(case.advocate_id or "")}
    form = AllocationForm(data=stored, record_id=case.id, revision=case.revision)
    form.offer(advocates_of_team(case.team_id))
    if not form.validate_on_submit():
        return render_form("cases/allocate_case.html", case, form)
    if form.revision.data != case.revision:
        form.meet_conflict(form.like(stored), case.revision)
        return render_form("cases/allocate_case.html", case, form, status=409)
    try:
        actions.allocate_case(case, find_advocate(form.advocate.data), current_actor())
    except CaseIsClosed:
        form.refuse(None, "This case is closed. Open it again before you allocate it.")
        return render_form("cases/allocate_case.html", case, form)
    flash("The case is allocated", "success")
    return to_case(case)
