"""Writing down a contact, from the case or from anywhere."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads.case_rows import CaseRow
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import LOCAL, now, today
from caseapp.contacts import actions
from caseapp.contacts.blueprint import bp
from caseapp.contacts.forms import FindCaseForm, NoteForm
from caseapp.contacts.models import Note
from caseapp.contacts.queries import cases_to_note_on
from caseapp.contacts.rules import why_cannot_have_been, why_note_needs_reason
from caseapp.people.rules import age_on
from caseapp.reference import label_of
from caseapp.web.gate import current_actor, needs


@bp.route("/notes/new", methods=["GET", "POST"])
@needs(Permission.SEE_CASES)
def find_case() -> ResponseReturnValue:
    """A quick note begins here: the case is found by a few letters."""
    form = FindCaseForm()
    found: tuple[CaseRow, ...] | None = None
    if form.validate_on_submit():
        actor = current_actor()
        found = cases_to_note_on(actor, form.text.data)
        detail = {"cases": len(found)}
        record(Kind.CASES_SEARCHED, actor=actor, team_id=actor.team_id, detail=detail)
    status = 422 if form.errors else 200
    if request.accept_mimetypes.best == "application/json":
        return {"cases": [_suggestion(row) for row in found or ()]}, status
    return render_template("contacts/find_case.html", form=form, found=found), status


@bp.route("/cases/<uuid:case_id>/notes/new", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def add_note(case: Case) -> ResponseReturnValue:
    form = NoteForm(data=_first_answers())
    if form.was_sent and find_in_case(case, Note, form.record_id.data):
        return to_case(case)
    against: tuple[str, ...] = ()
    if form.validate_on_submit():
        against = _check_together(case, form)
    if not form.was_sent or form.errors:
        return render_form("contacts/add_note.html", case, form, against=against)
    body = form.body(is_against_safe_contact=bool(against))
    try:
        actions.add_note(form.record_id.data, case, form.head(), body, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("contacts/add_note.html", case, form, against=against)
    flash("The note is saved", "success")
    return to_case(case)


def _first_answers() -> dict[str, object]:
    local = now().astimezone(LOCAL)
    return {"on": local.date(), "at": local.time().replace(second=0, microsecond=0)}


def _check_together(case: Case, form: NoteForm) -> tuple[str, ...]:
    """Refuse what cannot have been. Returns what the person had said against contact like this:
    then a reason is asked for."""
    person, at = person_of(case), form.moment()
    first_day = min(case.head.opened_on, case.body.referred_on or case.head.opened_on)
    problem = why_cannot_have_been(at, now(), first_day, person.head.date_of_birth)
    if problem:
        form.refuse(*problem)
    against = why_note_needs_reason(person.body.safe_contact, *form.kind(), at)
    if against and not form.why_not_safe.data:
        form.refuse("why_not_safe", f"{' '.join(against)} Say why contact was made all the same")
    return against


def _suggestion(row: CaseRow) -> dict[str, str]:
    """A case as the box suggests it: enough to tell two people of one name apart."""
    born = row.date_of_birth
    age = f"age {age_on(born, today())}" if born else "age not known"
    risk = f"{label_of('risk_level', row.risk_level).lower()} risk"
    return {
        "url": url_for("contacts.add_note", case_id=row.id),
        "name": row.name,
        "about": f"{age}, {risk}, {row.reference}",
    }
