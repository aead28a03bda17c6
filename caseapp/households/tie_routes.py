"""Who is related to whom, and which cases belong together: said by reference, ended with a date."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.households import actions
from caseapp.households.actions import CannotTie
from caseapp.households.blueprint import bp
from caseapp.households.forms import CaseLinkForm, EndForm, RelationshipForm
from caseapp.households.queries import Tie, household_of, link_with, relationship_with
from caseapp.households.routes import to_household
from caseapp.households.seen import find_other_case
from caseapp.web.gate import current_actor

NOT_FOUND = (
    "There is no case with this reference that you can open. Check it, or speak to your manager"
)


@bp.route("/cases/<uuid:case_id>/relationships/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def add_relationship(case: Case) -> ResponseReturnValue:
    form = RelationshipForm()
    if form.was_sent and relationship_with(case, form.record_id.data):
        return to_household(case)
    if _is_tied(case, form, actions.relate_people):
        flash("The relationship is saved", "success")
        return to_household(case)
    return render_form("households/add_relationship.html", case, form)


@bp.route("/cases/<uuid:case_id>/links/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def link_cases(case: Case) -> ResponseReturnValue:
    form = CaseLinkForm()
    if form.was_sent and link_with(case, form.record_id.data):
        return to_household(case)
    if _is_tied(case, form, actions.link_cases):
        flash("The cases are linked", "success")
        return to_household(case)
    return render_form("households/link_cases.html", case, form)


@bp.route("/cases/<uuid:case_id>/relationships/<uuid:relationship_id>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def end_relationship(case: Case, relationship_id: UUID) -> ResponseReturnValue:
    row = relationship_with(case, relationship_id) or abort(404)
    tie = _tie_of(household_of(case, current_actor()).relatives, row.id)
    form = EndForm(data={"ended_on": today()}, record_id=row.id, revision=row.revision)
    if form.validate_on_submit() and _is_ended(case, row, form, actions.end_relationship):
        flash("The relationship has ended", "success")
        return to_household(case)
    return render_form("households/end_relationship.html", case, form, tie=tie)


@bp.route("/cases/<uuid:case_id>/links/<uuid:link_id>", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def end_link(case: Case, link_id: UUID) -> ResponseReturnValue:
    row = link_with(case, link_id) or abort(404)
    tie = _tie_of(household_of(case, current_actor()).links, row.id)
    form = EndForm(data={"ended_on": today()}, record_id=row.id, revision=row.revision)
    if form.validate_on_submit() and _is_ended(case, row, form, actions.end_link):
        flash("The cases are no longer linked", "success")
        return to_household(case)
    return render_form("households/end_link.html", case, form, tie=tie)


def _is_tied(case: Case, form: Any, tie: Callable[..., object]) -> bool:
    if not form.validate_on_submit():
        return False
    other = find_other_case(form.reference.data, current_actor())
    try:
        if other:
            tie(form.record_id.data, case, other, form.code.data, current_actor())
            return True
        form.refuse("reference", NOT_FOUND)
    except CannotTie as problem:
        form.refuse("reference", str(problem))
    except CaseIsClosed:
        form.refuse(None, CLOSED)
    return False


def _is_ended(case: Case, row: Any, form: EndForm, end: Callable[..., None]) -> bool:
    """Ended twice, it ended on the day that was given first."""
    try:
        if row.head.ended_on is None:
            end(case, row, form.ended_on.data, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return False
    return True


def _tie_of(ties: Any, row_id: UUID) -> Tie:
    """404 for one that leads to a case which the actor may not open."""
    found: Tie = next((tie for tie in ties if tie.id == row_id), None) or abort(404)
    return found
