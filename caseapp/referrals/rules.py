"""Pure decisions about a referral: how long it waits, and which answers cannot stand together."""

from datetime import date

from caseapp.reference import entry
from caseapp.referrals.models import DECLINED, WAITING, ReferralHead

CONSENT = "6(1)(a)"  # UK GDPR: the person agreed to this very sharing

Problem = tuple[str, str]  # name of the question, what is wrong with the answer


def days_waited(head: ReferralHead, day: date) -> int:
    """Whole days from the referral to the decision, or to that day while there is none."""
    return ((head.decided_on or day) - head.made_on).days


def is_shared_without_consent(basis: str) -> bool:
    """Whether what was shared rests on something else than the person's agreement."""
    return entry("consent_basis", basis).attributes.get("article") != CONSENT


def why_cannot_be_made(
    basis: str, why_without_consent: str, made_on: date, decided_on: date | None
) -> Problem | None:
    if decided_on and made_on > decided_on:
        return "made_on", "The referral cannot be after the decision"
    if is_shared_without_consent(basis) and not why_without_consent:
        return "why_without_consent", "Say why you share this without their agreement"
    return None


def why_decision_cannot_be(
    made_on: date, decision: str, decided_on: date | None, declined_reason: str
) -> Problem | None:
    if decision == WAITING:
        return ("decided_on", "Leave the date empty until they decide") if decided_on else None
    if decided_on is None:
        return "decided_on", "Enter the date of the decision"
    if decided_on < made_on:
        return "decided_on", "The decision cannot be before the referral"
    if decision == DECLINED and not declined_reason:
        return "declined_reason", "Choose why it was declined"
    return None
