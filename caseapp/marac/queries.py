"""Reading the referrals of a case to the MARAC, and what is due of them in many cases."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.database import db
from caseapp.marac.models import OPEN, MaracAction, MaracReferral
from caseapp.marac.rules import feedback_due
from caseapp.risk.queries import Referral
from caseapp.vault.owner_keys import warm


def referrals_of(case: Case) -> Sequence[MaracReferral]:
    """The newest first."""
    found = rows_in(case, MaracReferral)
    return sorted(found, key=lambda each: each.head.referred_on, reverse=True)


def actions_of(referral: MaracReferral) -> Sequence[MaracAction]:
    """What is still to do first, by the day it is due."""
    found = db.session.scalars(select(MaracAction).where(MaracAction.referral_id == referral.id))
    return sorted(found, key=lambda each: (each.status != OPEN, each.head.due_on))


def known_referrals(case: Case) -> Iterator[Referral]:
    """For the rules of risk: when the case was referred, and because of whom."""
    for referral in rows_in(case, MaracReferral):
        yield Referral(referral.head.referred_on, referral.head.perpetrator_id)


def dues_of(session: Session, cases: Collection[UUID]) -> Iterator[Due]:
    """Open actions of ours, a meeting to come, and feedback that the person waits for."""
    warm(session.connection(), session.info["vault"], list(cases))
    open_ones = MaracAction.case_id.in_(cases), MaracAction.status == OPEN
    for action in session.scalars(select(MaracAction).where(*open_ones)):
        yield _action_due(action)
    for referral in session.scalars(select(MaracReferral).where(MaracReferral.case_id.in_(cases))):
        yield from _referral_dues(referral)


def _action_due(action: MaracAction) -> Due:
    agency = f"{action.head.agency}: " if action.head.agency else ""
    return Due(
        case_id=action.case_id,
        kind="marac_action",
        on=action.head.due_on,
        what=f"{agency}{action.head.what}",
        owner_id=action.owner_id,
        endpoint="marac.show_referral",
        values=(("referral_id", str(action.referral_id)),),
    )


def _referral_dues(referral: MaracReferral) -> Iterator[Due]:
    head = referral.head
    place = (("referral_id", str(referral.id)),)
    if head.meeting_on and not head.heard_on:
        yield Due(
            case_id=referral.case_id,
            kind="marac_meeting",
            on=head.meeting_on,
            endpoint="marac.show_referral",
            values=place,
        )
    if head.heard_on and not head.fed_back_on:
        yield Due(
            case_id=referral.case_id,
            kind="marac_feedback",
            on=feedback_due(head.heard_on),
            endpoint="marac.give_feedback",
            values=place,
        )
