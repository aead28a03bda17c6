"""Reading the referrals of a case to the MARAC, and what is due of them in many cases."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.cases.reading import Row, read_heads
from caseapp.database import db
from caseapp.marac.models import OPEN, ActionHead, MaracAction, MaracHead, MaracReferral
from caseapp.marac.rules import feedback_due
from caseapp.risk.rules import Referral


def referrals_of(case: Case) -> Sequence[MaracReferral]:
    """The newest first."""
    found = rows_in(case, MaracReferral)
    return sorted(found, key=lambda each: each.head.referred_on, reverse=True)


def actions_of(referral: MaracReferral) -> Sequence[MaracAction]:
    """What is still to do first, by the day it is due."""
    found = db.session.scalars(select(MaracAction).where(MaracAction.referral_id == referral.id))
    return sorted(found, key=lambda each: (each.status != OPEN, each.head.due_on))


def known_referrals(case: Case, others: Collection[UUID]) -> Iterator[Referral]:
    """For the rules of risk: when the case was referred, and because of whom; and when the other
    cases were."""
    for referral in rows_in(case, MaracReferral):
        yield Referral(referral.head.referred_on, referral.head.perpetrator_id)
    if others:
        for _, head in read_heads(db.session(), MaracReferral, "case_id", others):
            yield Referral(head.referred_on)


def dues_of(session: Session, cases: Collection[UUID]) -> Iterator[Due]:
    """Open actions of ours, a meeting to come, and feedback that the person waits for."""
    for row, head in read_heads(session, MaracAction, "case_id", cases):
        if row["status"] == OPEN:
            yield _action_due(row, head)
    for row, head in read_heads(session, MaracReferral, "case_id", cases):
        yield from _referral_dues(row, head)


def _action_due(row: Row, head: ActionHead) -> Due:
    agency = f"{head.agency}: " if head.agency else ""
    return Due(
        case_id=row["case_id"],
        kind="marac_action",
        on=head.due_on,
        what=f"{agency}{head.what}",
        owner_id=row["owner_id"],
        endpoint="marac.show_referral",
        values=(("referral_id", str(row["referral_id"])),),
    )


def _referral_dues(row: Row, head: MaracHead) -> Iterator[Due]:
    place = (("referral_id", str(row["id"])),)
    if head.meeting_on and not head.heard_on:
        yield Due(
            case_id=row["case_id"],
            kind="marac_meeting",
            on=head.meeting_on,
            endpoint="marac.show_referral",
            values=place,
        )
    if head.heard_on and not head.fed_back_on:
        yield Due(
            case_id=row["case_id"],
            kind="marac_feedback",
            on=feedback_due(head.heard_on),
            endpoint="marac.give_feedback",
            values=place,
        )
