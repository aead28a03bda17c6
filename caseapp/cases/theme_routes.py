"""What a case is about. It may come to light after the case was taken in."""

from flask import flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases import actions
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import bp, render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.forms import ThemesForm
from caseapp.cases.models import Case
from caseapp.web.gate import current_actor


@bp.route("/cases/<uuid:case_id>/themes", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def change_themes(case: Case) -> ResponseReturnValue:
    stored = {"themes": case.head.themes}
    form = ThemesForm(data=stored, record_id=case.id, revision=case.revision)
    if not form.validate_on_submit():
        return render_form("cases/change_themes.html", case, form)
    if form.revision.data != case.revision:
        form.meet_conflict(ThemesForm(formdata=None, data=stored), case.revision)
        return render_form("cases/change_themes.html", case, form, status=409)
    try:
        actions.change_themes(case, tuple(form.themes.data), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("cases/change_themes.html", case, form)
    flash("The themes are saved", "success")
    return to_case(case)
