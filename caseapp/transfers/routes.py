"""Transfers between our own teams: asked and withdrawn on the case, answered by the other team."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.models import Team
from caseapp.accounts.queries import advocates_of_team, list_teams, names_of
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import today
from caseapp.database import db
from caseapp.people.rules import why_wrong_age
from caseapp.transfers import actions
from caseapp.transfers.blueprint import bp
from caseapp.transfers.forms import AnswerForm, TransferForm
from caseapp.transfers.models import ACCEPTED, ASKED, WITHDRAWN, Transfer
from caseapp.transfers.queries import (
    IncomingTransfer,
    find_incoming,
    incoming_transfers,
    transfers_of,
)
from caseapp.web.gate import current_actor, needs

ASKED_ALREADY = "A team is asked already. Withdraw that first, or wait for its answer"
OWN_TEAM = "The case is in this team already. Allocate it to somebody instead"
MOVED = "The case was closed or has moved meanwhile, so there is nothing to take over"
WAS_WITHDRAWN = "The team that asked has withdrawn it, so there is nothing to take over"
ANSWERED = "This was answered already. What you typed is kept below"


@bp.route("/cases/<uuid:case_id>/transfer", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def ask_for_transfer(case: Case) -> ResponseReturnValue:
    form = TransferForm()
    form.offer((team.id, team.name) for team in list_teams() if team.service)
    if form.was_sent and find_in_case(case, Transfer, form.record_id.data):
        return to_case(case)
    if not _is_asked_rightly(form, case):
        return _show_asking(case, form)
    to_team = UUID(form.to_team.data)
    try:
        actions.ask_for_transfer(form.record_id.data, case, to_team, form.body(), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
    except actions.AskedAlready:
        form.refuse(None, ASKED_ALREADY)
    if form.form_errors:
        return _show_asking(case, form)
    flash("The other team is asked. Until it accepts, the case stays with you", "success")
    return to_case(case)


@bp.post("/cases/<uuid:case_id>/transfer/<uuid:transfer_id>/withdraw")
@opens_case(Permission.EDIT_CASE)
def withdraw_transfer(case: Case, transfer_id: UUID) -> ResponseReturnValue:
    transfer = find_in_case(case, Transfer, transfer_id) or abort(404)
    try:
        actions.withdraw_transfer(case, transfer, current_actor())
    except actions.AnsweredAlready:
        flash("The other team has answered already, or it was withdrawn before")
    else:
        flash("The transfer is withdrawn", "success")
    return redirect(url_for("transfers.ask_for_transfer", case_id=case.id))


@bp.post("/cases/<uuid:case_id>/transfer/<uuid:transfer_id>/read")
@opens_case(Permission.EDIT_CASE)
def read_answer(case: Case, transfer_id: UUID) -> ResponseReturnValue:
    transfer = find_in_case(case, Transfer, transfer_id) or abort(404)
    try:
        actions.read_answer(case, transfer, current_actor())
    except CaseIsClosed:
        flash(CLOSED, "important")
    else:
        flash("The answer no longer waits on your day", "success")
    return to_case(case)


@bp.get("/transfers")
@needs(Permission.LEAD_TEAM)
def list_transfers() -> ResponseReturnValue:
    actor = current_actor()
    found = incoming_transfers(actor)
    record(
        Kind.TRANSFERS_LISTED,
        actor=actor,
        team_id=actor.team_id,
        reason=decide(actor, Permission.LEAD_TEAM),
        detail={"transfers": len(found)},
    )
    names = names_of(incoming.transfer.author_id for incoming in found)
    return render_template("transfers/list_transfers.html", found=found, names=names)


@bp.route("/transfers/<uuid:transfer_id>", methods=["GET", "POST"])
@needs(Permission.LEAD_TEAM)
def answer_transfer(transfer_id: UUID) -> ResponseReturnValue:
    incoming = find_incoming(current_actor(), transfer_id) or abort(404)
    form = AnswerForm(record_id=incoming.transfer.id, revision=incoming.transfer.revision)
    form.offer(advocates_of_team(incoming.transfer.to_team_id))
    if not form.all_hold():
        return _show_answer(form, incoming)
    problem = _answer(form, incoming.transfer)
    if problem:
        form.refuse(None, problem)
        return _show_answer(form, incoming, status=409)
    if form.answer.data == ACCEPTED:
        flash("The case is your team's now", "success")
        return redirect(url_for("cases.show_case", case_id=incoming.transfer.case_id))
    flash("The other team is told that you do not take it over", "success")
    return redirect(url_for("transfers.list_transfers"))


def _answer(form: AnswerForm, transfer: Transfer) -> str | None:
    """What stands in the way; first the case is held, then the transfer is read again, so that of
    two answers at once the second sees the first."""
    case = db.session.get_one(Case, transfer.case_id, with_for_update=True)
    db.session.refresh(transfer)
    actor, words = current_actor(), form.words.data
    try:
        with db.session.begin_nested():
            if form.answer.data == ACCEPTED:
                advocate = UUID(form.advocate.data) if form.advocate.data else None
                actions.accept_transfer(case, transfer, advocate, words, actor)
            else:
                actions.decline_transfer(transfer, words, actor)
    except actions.AnsweredAlready:
        return WAS_WITHDRAWN if transfer.status == WITHDRAWN else ANSWERED
    except actions.CaseHasMoved:
        return MOVED
    return None


def _is_asked_rightly(form: TransferForm, case: Case) -> bool:
    if not form.validate_on_submit():
        return False
    team = db.session.get_one(Team, UUID(form.to_team.data))
    born = person_of(case).head.date_of_birth
    problem = OWN_TEAM if team.id == case.team_id else why_wrong_age(team.service, born, today())
    if problem:
        form.refuse("to_team", problem)
    return problem is None


def _show_asking(case: Case, form: TransferForm) -> ResponseReturnValue:
    found = transfers_of(case)
    teams = {team.id: team.name for team in list_teams()}
    names = names_of(
        user_id for t in found for user_id in (t.author_id, t.head.decided_by) if user_id
    )
    waits = any(transfer.status == ASKED for transfer in found)
    return render_form(
        "transfers/ask_for_transfer.html",
        case,
        form,
        transfers=found,
        teams=teams,
        names=names,
        waits=waits,
    )


def _show_answer(
    form: AnswerForm, incoming: IncomingTransfer, *, status: int | None = None
) -> ResponseReturnValue:
    """What is shown of the case is written down in the chain of the team that reads it."""
    actor, transfer = current_actor(), incoming.transfer
    record(
        Kind.TRANSFER_READ,
        actor=actor,
        team_id=actor.team_id,
        case_id=transfer.case_id,
        subject_id=transfer.id,
        reason=decide(actor, Permission.LEAD_TEAM),
    )
    ids = [user_id for user_id in (transfer.author_id, transfer.head.decided_by) if user_id]
    values: dict[str, Any] = {"incoming": incoming, "names": names_of(ids)}
    page = render_template("transfers/answer_transfer.html", form=form, **values)
    return page, status or (422 if form.was_sent else 200)
