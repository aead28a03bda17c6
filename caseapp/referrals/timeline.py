"""What referrals add to the timeline of a case."""

from collections.abc import Iterator

from flask import url_for

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.reference import label_of
from caseapp.referrals.incoming_models import ReceivedReferral
from caseapp.referrals.incoming_queries import received_with
from caseapp.referrals.models import WAITING, Referral
from caseapp.referrals.queries import referrals_of
from caseapp.referrals.rules import (
    days_since_received,
    days_waited,
    is_shared_without_consent,
)


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    """The referral that brought them here, those that were made, and what was decided on them."""
    for received in received_with(case):
        yield _received(received)
    for referral in referrals_of(case):
        yield _made(referral)
        if referral.head.decided_on:
            yield _decided(referral)


def days_in_words(referral: Referral) -> str:
    """'Waiting for 12 days', 'Accepted after 1 day', 'Declined on the same day'."""
    head, days = referral.head, days_waited(referral.head, today())
    many = f"{days:,} day" if days == 1 else f"{days:,} days"
    if head.decision == WAITING:
        return f"Waiting for {many}" if days else "Waiting since today"
    decision = label_of("referral_decision", head.decision)
    return f"{decision} after {many}" if days else f"{decision} on the same day"


def _received(received: ReceivedReferral) -> TimelineEntry:
    head, days = received.head, days_since_received(received.head, today())
    many = "1 day" if days == 1 else f"{days:,} days"
    return TimelineEntry(
        title=f"Referred to us by {head.referred_by}" if head.referred_by else "Referred to us",
        at=head.received_on,
        author_id=received.author_id,
        body=received.body.summary,
        tag=f"Accepted after {many}" if days else "Accepted on the same day",
    )


def _made(referral: Referral) -> TimelineEntry:
    return TimelineEntry(
        title=f"Referral made: {label_of('referral_kind', referral.head.kind)}",
        at=referral.head.made_on,
        author_id=referral.author_id,
        body=f"To {referral.head.agency}\n\n{referral.body.need}",
        url=_place(referral),
        tag=days_in_words(referral) if referral.head.decision == WAITING else "",
        warning=_warning(referral),
    )


def _decided(referral: Referral) -> TimelineEntry:
    kind = label_of("referral_kind", referral.head.kind)
    decision = label_of("referral_decision", referral.head.decision)
    return TimelineEntry(
        title=f"Referral {decision.lower()}: {kind}",
        at=referral.head.decided_on or referral.head.made_on,
        body=f"By {referral.head.agency}\n\n{referral.body.outcome}".strip(),
        url=_place(referral),
        tag=days_in_words(referral),
    )


def _warning(referral: Referral) -> str:
    without = is_shared_without_consent(referral.body)
    return "Shared without their agreement" if without else ""


def _place(referral: Referral) -> str:
    where = url_for("referrals.list_referrals", case_id=referral.case_id)
    return f"{where}#referral-{referral.id}"
