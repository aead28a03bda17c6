"""The sharing log of a case: all of it, a new entry, a correction, a decision, a withdrawal."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_case, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.sharing import actions
from caseapp.sharing.forms import DecisionForm, SharingForm, WithdrawalForm
from caseapp.sharing.queries import SharingRecord, sharing_in, sharing_of
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

bp = Blueprint("sharing", __name__)

CORRECTED = (
    "Somebody corrected this entry while you were reading. What you typed is kept: read the"
    " entry again below, then save"
)
DECIDED = "Another manager has decided on this already. What you typed is kept below"
OWN = "You shared or corrected this yourself, so another manager of the team has to decide"
NOT_GIVEN = "There is no agreement to withdraw: it was not given, or it was withdrawn before"
NOTHING = "Nobody has to decide on this: the person agreed"
TOO_EARLY = "They cannot withdraw it before the day of the sharing"


@bp.get("/cases/<uuid:case_id>/sharing")
@opens_case(Permission.OPEN_CASE)
def list_sharing(case: Case) -> ResponseReturnValue:
    records = sharing_of(case)
    return render_case("sharing/list_sharing.html", case, records=records, names=_names(records))


@bp.route("/cases/<uuid:case_id>/sharing/new", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def record_sharing(case: Case) -> ResponseReturnValue:
    form = SharingForm(data={"shared_on": today()})
    if form.was_sent and sharing_in(case, form.record_id.data):
        return _to_log(case)
    if not form.all_hold():
        return render_form("sharing/record_sharing.html", case, form)
    try:
        actions.record_sharing(form.record_id.data, case, form.head(), form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("sharing/record_sharing.html", case, form)
    flash("The sharing is written into the log", "success")
    return _to_log(case)


@bp.route("/cases/<uuid:case_id>/sharing/<uuid:sharing_id>/correct", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def correct_sharing(case: Case, sharing_id: UUID) -> ResponseReturnValue:
    record = _find(case, sharing_id)
    stored = SharingForm.stored(record.head, record.body)
    form = SharingForm(data=stored, revision=len(record.versions))
    if form.was_sent and form.record_id.data in {version.id for version in record.versions}:
        return _to_log(case)
    if not form.all_hold():
        return _page("sharing/correct_sharing.html", case, form, record)
    if form.revision.data != len(record.versions):
        form.meet_conflict(SharingForm(formdata=None, data=stored), len(record.versions))
        return _page("sharing/correct_sharing.html", case, form, record, status=409)
    try:
        head, body = form.head(), form.body()
        actions.correct_sharing(form.record_id.data, case, record, head, body, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _page("sharing/correct_sharing.html", case, form, record)
    flash("The correction follows the entry", "success")
    return _to_log(case)


@bp.route("/cases/<uuid:case_id>/sharing/<uuid:sharing_id>/decision", methods=["GET", "POST"])
@opens_case(Permission.DECIDE_SHARING)
def decide_sharing(case: Case, sharing_id: UUID) -> ResponseReturnValue:
    record = _find(case, sharing_id)
    form = DecisionForm(revision=len(record.versions))
    if form.was_sent and _is_saved(form, record):
        return _to_log(case)
    if not form.validate_on_submit():
        return _page("sharing/decide_sharing.html", case, form, record)
    if form.revision.data != len(record.versions):
        form.refuse(None, CORRECTED)
        form.revision.data = len(record.versions)
        return _page("sharing/decide_sharing.html", case, form, record, status=409)
    agrees = form.agrees.data == "yes"
    try:
        actions.decide_sharing(
            form.record_id.data, case, record, agrees, form.words.data, current_actor()
        )
    except actions.DecidedAlready:
        form.refuse(None, DECIDED)
        return _page("sharing/decide_sharing.html", case, form, record, status=409)
    except (actions.OwnSharing, actions.NothingToDecide) as problem:
        form.refuse(None, OWN if isinstance(problem, actions.OwnSharing) else NOTHING)
        return _page("sharing/decide_sharing.html", case, form, record)
    flash("Your decision is written into the log", "success")
    return _to_log(case)


@bp.route("/cases/<uuid:case_id>/sharing/<uuid:sharing_id>/withdrawal", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def withdraw_consent(case: Case, sharing_id: UUID) -> ResponseReturnValue:
    record = _find(case, sharing_id)
    form = WithdrawalForm(data={"on": today()})
    if form.was_sent and _is_saved(form, record):
        return _to_log(case)
    holds = form.validate_on_submit()
    if holds and form.on.data < record.head.shared_on:
        form.refuse("on", TOO_EARLY)
        holds = False
    if not holds:
        return _page("sharing/withdraw_consent.html", case, form, record)
    try:
        actions.withdraw_consent(
            form.record_id.data, case, record, form.on.data, form.words.data, current_actor()
        )
    except actions.NoConsentToWithdraw:
        form.refuse(None, NOT_GIVEN)
        return _page("sharing/withdraw_consent.html", case, form, record, status=409)
    flash("The withdrawal is written into the log", "success")
    return _to_log(case)


def _find(case: Case, sharing_id: UUID) -> SharingRecord:
    return sharing_in(case, sharing_id) or abort(404)


def _is_saved(form: Form, record: SharingRecord) -> bool:
    """Whether this very form was saved before: sent twice, it makes one step."""
    return form.record_id.data in {step.id for step in record.steps}


def _page(
    template: str,
    case: Case,
    form: Form,
    record: SharingRecord,
    *,
    status: int | None = None,
    **values: Any,
) -> ResponseReturnValue:
    is_own = current_actor().user_id in record.authors
    return render_form(
        template,
        case,
        form,
        status=status,
        record=record,
        names=_names([record]),
        is_own=is_own,
        **values,
    )


def _names(records: Any) -> dict[UUID, str]:
    return names_of(row.author_id for r in records for row in (*r.versions, *r.steps))


def _to_log(case: Case) -> ResponseReturnValue:
    return redirect(url_for("sharing.list_sharing", case_id=case.id))
