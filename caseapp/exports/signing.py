"""What a second person says of an edition: that it may leave, or why it must not.

They sign the head of its ledger entry, which stands for every byte of it. A signature is final; a
refusal is kept, and may be followed by a signature.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.database import db
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.models import DecisionBody, DecisionHead, Release, ReleaseDecision
from caseapp.exports.queries import decisions_on, ledger

OWN = "You made this release, so a second person has to sign it"
SIGNED_ALREADY = "This release is signed already"
ANOTHER = "This is not the edition that you read. Read it again, then decide"


class NotDecided(Exception):
    """This decision cannot be taken; one plain line for whoever tried."""


@dataclass(frozen=True)
class Standing:
    """Whether an edition may leave: signed, or refused the last time, or neither."""

    signature: ReleaseDecision | None = None
    refusal: ReleaseDecision | None = None

    @property
    def words(self) -> str:
        if self.signature:
            return "Signed"
        return "Refused" if self.refusal else "Waits for a signature"


def standing_of(release: Release, decisions: Sequence[ReleaseDecision]) -> Standing:
    """What counts was said of these very bytes, and by somebody else than the maker."""
    head = entry_of(release).head
    heard = [each for each in decisions if each.ledger_head == head]
    heard = [each for each in heard if each.decided_by != release.made_by]
    signature = next((each for each in heard if each.agreed), None)
    if signature or not heard:
        return Standing(signature)
    return Standing(refusal=heard[-1])


def standing(session: Session, release: Release) -> Standing:
    return standing_of(release, decisions_on(session, [release])[release.id])


def why_not_decide(release: Release, found: Standing, actor: Actor) -> str:
    """Why this person cannot decide on it, "" where they can."""
    if found.signature:
        return SIGNED_ALREADY
    return OWN if release.made_by == actor.user_id else ""


def take_decision(
    decision_id: UUID, release: Release, seen_head: str, refusal: str, by: Actor
) -> ReleaseDecision:
    """Sign, or refuse for the reason given; the caller commits. Raises NotDecided.

    `seen_head`: the head on the page that they read.
    """
    problem = why_not_decide(release, standing(db.session(), release), by)
    if problem or seen_head != entry_of(release).head:
        raise NotDecided(problem or ANOTHER)
    decision = ReleaseDecision(
        id=decision_id,
        release_id=release.id,
        decided_by=by.user_id,
        agreed=not refusal,
        ledger_head=seen_head,
        head=DecisionHead(at=now()),
        body=DecisionBody(reason=refusal),
    )
    db.session.add(decision)
    record(
        Kind.RELEASE_REFUSED if refusal else Kind.RELEASE_SIGNED,
        actor=by,
        reason=decide(by, Permission.SIGN_RELEASE),
        detail={"month": release.period, "head": seen_head},
    )
    return decision


def published(session: Session) -> list[Release]:
    """The editions that the partnership has, in the order of the ledger: signed ones, and those
    that whoever runs the machine wrote out, unless somebody refused them."""
    releases = ledger(session)
    decisions = decisions_on(session, releases)
    found = [(each, standing_of(each, decisions[each.id])) for each in releases]
    return [
        release
        for release, stands in found
        if stands.signature or (release.made_by is None and not stands.refusal)
    ]
