"""The household of a case: its page, and the children in it."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_case, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.households import actions
from caseapp.households.blueprint import bp
from caseapp.households.forms import ChildForm
from caseapp.households.queries import child_in, household_of
from caseapp.households.rules import what_to_look_at
from caseapp.web.gate import current_actor


@bp.get("/cases/<uuid:case_id>/household")
@opens_case(Permission.OPEN_CASE)
def show_household(case: Case) -> ResponseReturnValue:
    return render_case(
        "households/show_household.html",
        case,
        household=household_of(case, current_actor()),
        to_look_at=lambda head: what_to_look_at(head.date_of_birth, head.expected_on, today()),
    )


@bp.route("/cases/<uuid:case_id>/children/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def add_child(case: Case) -> ResponseReturnValue:
    form = ChildForm()
    if form.was_sent and child_in(case, form.record_id.data):
        return to_household(case)
    if not form.validate_on_submit():
        return render_form("households/add_child.html", case, form)
    try:
        actions.add_child(form.record_id.data, case, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("households/add_child.html", case, form)
    flash("The child is saved", "success")
    return to_household(case)


@bp.route("/cases/<uuid:case_id>/children/<uuid:child_id>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def edit_child(case: Case, child_id: UUID) -> ResponseReturnValue:
    child = child_in(case, child_id) or abort(404)
    stored = ChildForm.stored(child.head, child.body)
    form = ChildForm(data=stored, record_id=child.id, revision=child.revision)
    if not form.validate_on_submit():
        return render_form("households/edit_child.html", case, form)
    if form.revision.data != child.revision:
        form.meet_conflict(ChildForm(formdata=None, data=stored), child.revision)
        return render_form("households/edit_child.html", case, form, status=409)
    try:
        actions.change_child(case, child, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("households/edit_child.html", case, form)
    flash("The child is saved", "success")
    return to_household(case)


def to_household(case: Case) -> ResponseReturnValue:
    return redirect(url_for("households.show_household", case_id=case.id))
