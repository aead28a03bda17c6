"""Writing down a contact."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import LOCAL, now
from caseapp.contacts import actions
from caseapp.contacts.forms import NoteForm
from caseapp.contacts.models import Note
from caseapp.web.gate import current_actor

bp = Blueprint("contacts", __name__)


@bp.route("/cases/<uuid:case_id>/notes/new", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def add_note(case: Case) -> ResponseReturnValue:
    local = now().astimezone(LOCAL)
    form = NoteForm(data={"on": local.date(), "at": local.time().replace(second=0, microsecond=0)})
    if form.was_sent and find_in_case(case, Note, form.record_id.data):
        return to_case(case)
    if not form.validate_on_submit():
        return render_form("contacts/add_note.html", case, form)
    try:
        actions.add_note(form.record_id.data, case, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("contacts/add_note.html", case, form)
    flash("The note is saved", "success")
    return to_case(case)
