"""Who was referred to the team: the list, one of them, a new one, and what we said to it."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.queries import names_of
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import today
from caseapp.people.rules import safe_contact_warning
from caseapp.referrals import incoming_actions as actions
from caseapp.referrals.incoming_forms import UNASKED, IncomingDecisionForm, IncomingForm
from caseapp.referrals.incoming_models import DECLINED, WAITING, IncomingHead, IncomingReferral
from caseapp.referrals.incoming_queries import find_incoming, list_incoming
from caseapp.referrals.routes import bp
from caseapp.referrals.rules import days_since_received
from caseapp.web.gate import current_actor, needs
from caseapp.web.leafing import page_number

DECIDED = "Somebody has decided on this referral already. What you typed is kept below"
CHANGED = (
    "Somebody wrote about this referral while you were reading. What you typed is kept: read it"
    " again, then save"
)


@bp.get("/referrals-in")
@needs(Permission.OPEN_NEW_CASE)
def list_referrals_in() -> ResponseReturnValue:
    actor = current_actor()
    status = DECLINED if request.args.get("status") == DECLINED else WAITING
    found = list_incoming(actor, status, page_number())
    record(
        Kind.REFERRALS_IN_LISTED,
        actor=actor,
        team_id=actor.team_id,
        reason=decide(actor, Permission.OPEN_NEW_CASE),
        detail={"referrals": len(found.rows)},
    )
    return render_template(
        "referrals/list_referrals_in.html", found=found, status=status, waited=_waited
    )


@bp.route("/referrals-in/new", methods=["GET", "POST"])
@needs(Permission.OPEN_NEW_CASE)
def record_referral_in() -> ResponseReturnValue:
    form = IncomingForm(data={"received_on": today(), **UNASKED})
    actor = current_actor()
    if form.was_sent and find_incoming(actor, form.record_id.data):
        return _to_list()
    if not form.validate_on_submit():
        page = render_template("referrals/record_referral_in.html", form=form)
        return page, (422 if form.was_sent else 200)
    actions.record_incoming(form.record_id.data, form.incoming_head(), form.incoming_body(), actor)
    flash("The referral to us is saved", "success")
    return _to_list()


@bp.route("/referrals-in/<uuid:incoming_id>", methods=["GET", "POST"])
@needs(Permission.OPEN_NEW_CASE)
def answer_referral_in(incoming_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    changing = request.method == "POST"
    incoming = find_incoming(actor, incoming_id, changing=changing) or abort(404)
    form = IncomingDecisionForm(record_id=incoming.id, revision=incoming.revision)
    if not form.all_hold():
        return _show(form, incoming)
    if incoming.status == WAITING and form.revision.data != incoming.revision:
        form.refuse(None, CHANGED)
        form.revision.data = incoming.revision
        return _show(form, incoming, status=409)
    try:
        _decide(form, incoming)
    except actions.DecidedAlready:
        form.refuse(None, DECIDED)
        return _show(form, incoming, status=409)
    flash("The decision is saved", "success")
    return _to_list()


def _decide(form: IncomingDecisionForm, incoming: IncomingReferral) -> None:
    actor, words = current_actor(), form.words.data
    if form.decision.data == DECLINED:
        reason, other = form.declined_reason.data, form.signposted_to.data
        actions.decline_incoming(incoming, reason, other, words, actor)
    else:
        actions.keep_waiting(incoming, words, actor)


def _show(
    form: IncomingDecisionForm, incoming: IncomingReferral, *, status: int | None = None
) -> ResponseReturnValue:
    actions.note_incoming(Kind.REFERRAL_IN_OPENED, incoming, current_actor())
    names = names_of([incoming.author_id, *(step.by for step in incoming.body.steps)])
    page = render_template(
        "referrals/answer_referral_in.html",
        form=form,
        incoming=incoming,
        names=names,
        waited=_waited(incoming.head),
        safe_contact=safe_contact_warning(incoming.body.details),
    )
    return page, status or (422 if form.was_sent else 200)


def _waited(head: IncomingHead) -> str:
    """'12 days', '1 day', 'today'."""
    days = days_since_received(head, today())
    return "today" if days == 0 else f"{days:,} day" if days == 1 else f"{days:,} days"


def _to_list() -> ResponseReturnValue:
    return redirect(url_for("referrals.list_referrals_in"))
