"""What is done with somebody who was referred to us: each change and its audit entry together."""

from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.referrals.incoming_models import (
    DECLINED,
    WAITING,
    IncomingBody,
    IncomingHead,
    IncomingReferral,
    IncomingStep,
    ReceivedReferral,
)
from caseapp.vault.owner_keys import destroy_key


class DecidedAlready(Exception):
    """Somebody else declined them, or opened a case for them."""


def record_incoming(
    incoming_id: UUID, head: IncomingHead, body: IncomingBody, by: Actor
) -> IncomingReferral:
    """Write down who was referred to the actor's team."""
    incoming = IncomingReferral(
        id=incoming_id,
        team_id=by.team_id,
        author_id=by.user_id,
        status=WAITING,
        decided_month=None,
        head=head,
        body=body,
    )
    db.session.add(incoming)
    note_incoming(Kind.REFERRAL_IN_RECORDED, incoming, by)
    return incoming


def keep_waiting(incoming: IncomingReferral, words: str, by: Actor) -> None:
    """Raises DecidedAlready."""
    _insist_on_waiting(incoming)
    incoming.body = _with_step(incoming.body, words, by)
    note_incoming(Kind.REFERRAL_IN_DECIDED, incoming, by, WAITING)


def decline_incoming(
    incoming: IncomingReferral, reason: str, signposted_to: str, words: str, by: Actor
) -> None:
    """It is kept, under its own key, for as long as such records are. Raises DecidedAlready."""
    _insist_on_waiting(incoming)
    incoming.status, incoming.decided_month = DECLINED, f"{today():%Y-%m}"
    incoming.head = replace(incoming.head, decided_on=today())
    told = replace(incoming.body, declined_reason=reason, signposted_to=signposted_to)
    incoming.body = _with_step(told, words, by)
    note_incoming(Kind.REFERRAL_IN_DECIDED, incoming, by, DECLINED)


def accept_incoming(incoming: IncomingReferral, case: Case, by: Actor) -> ReceivedReferral:
    """They have a case: what was told goes under its key, and the row and its own key go.

    Raises DecidedAlready.
    """
    _insist_on_waiting(incoming)
    received = ReceivedReferral(
        id=uuid4(),
        case_id=case.id,
        author_id=incoming.author_id,
        head=replace(incoming.head, decided_on=today()),
        body=incoming.body,
    )
    db.session.add(received)
    db.session.delete(incoming)
    db.session.flush()
    vault = db.session().info["vault"]
    destroy_key(db.session.connection(), vault, incoming.id)
    record(
        Kind.REFERRAL_IN_DECIDED,
        actor=by,
        team_id=case.team_id,
        case_id=case.id,
        subject_id=incoming.id,
        reason=decide(by, Permission.OPEN_NEW_CASE),
        detail={"decision": "accepted"},
    )
    return received


def note_incoming(
    kind: Kind, incoming: IncomingReferral, by: Actor, decision: str | None = None
) -> None:
    record(
        kind,
        actor=by,
        team_id=incoming.team_id,
        subject_id=incoming.id,
        reason=decide(by, Permission.OPEN_NEW_CASE),
        detail={"decision": decision} if decision else None,
    )


def _insist_on_waiting(incoming: IncomingReferral) -> None:
    if incoming.status != WAITING:
        raise DecidedAlready


def _with_step(body: IncomingBody, words: str, by: Actor) -> IncomingBody:
    step = IncomingStep(on=today(), words=words, by=by.user_id)
    return replace(body, steps=(*body.steps, step))
