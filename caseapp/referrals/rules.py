"""Pure decisions about a referral: how long it waits, when to ask again, and which answers cannot
stand together."""

from collections.abc import Iterator
from datetime import date, timedelta

from caseapp.reference import entry
from caseapp.referrals.incoming_models import IncomingHead
from caseapp.referrals.models import DECLINED, WAITING, ReferralBody, ReferralHead
from caseapp.sharing.rules import GIVEN, Problem, is_agreement, needs_senior

NRM = "nrm"
# Kinds whose own forms ask for more: the alleged perpetrator, the support of the victim.
OWN_FORMS = frozenset({"marac", "perpetrator_programme"})
NOT_NEEDED = "not_needed"  # no agreement: a child is referred to the NRM
ADULT_FROM = 18
CHASE_AFTER = 14  # days, where the list does not say


def days_waited(head: ReferralHead, day: date) -> int:
    """Whole days from the referral to the decision, or to that day while there is none."""
    return ((head.decided_on or day) - head.made_on).days


def days_since_received(head: IncomingHead, day: date) -> int:
    """Whole days that somebody referred to us has waited, or did wait until the decision."""
    return ((head.decided_on or day) - head.received_on).days


def chase_on(head: ReferralHead) -> date | None:
    """The day on which to ask the agency again; None once it has decided."""
    if head.decision != WAITING:
        return None
    days = entry("referral_kind", head.kind).attributes.get("chase_after", CHASE_AFTER)
    return (head.chased_on or head.made_on) + timedelta(days=int(days))


def consent_of(body: ReferralBody) -> str:
    """Whether the person agreed, as a code of sharing_consent; by the basis in the oldest."""
    return body.consent or (GIVEN if is_agreement(body.consent_basis) else "not_asked")


def is_shared_without_consent(body: ReferralBody) -> bool:
    """Whether what was shared goes against the person's agreement, or does without it."""
    return needs_senior(consent_of(body))


def why_cannot_be_made(
    kind: str,
    made_on: date,
    decided_on: date | None,
    *,
    consent: str,
    age: int | None,
    first_responder: str,
    safe_contact: str,
    why_no_safe_contact: str,
) -> Iterator[Problem]:
    """`age`: of the person on the day of the referral, in whole years; None where it is not
    known."""
    if decided_on and made_on > decided_on:
        yield "made_on", "The referral cannot be after the decision"
    if not safe_contact and not why_no_safe_contact:
        yield "why_no_safe_contact", "Say why the agency is not told how to make contact safely"
    is_child = age is not None and age < ADULT_FROM
    if kind == NRM and not first_responder:
        yield "first_responder", "Enter the first-responder organisation that makes the referral"
    if kind == NRM and not is_child and consent != GIVEN:
        yield "consent", "An adult has to agree to a referral to the NRM"
    elif consent == NOT_NEEDED and not (kind == NRM and is_child):
        yield "consent", "That is only for a child under 18 who is referred to the NRM"


def why_decision_cannot_be(
    made_on: date,
    decision: str,
    decided_on: date | None,
    declined_reason: str,
    engaged_on: date | None = None,
) -> Iterator[Problem]:
    if engaged_on and engaged_on < made_on:
        yield "engaged_on", "They cannot take it up before the referral"
    if decision == WAITING:
        if decided_on:
            yield "decided_on", "Leave the date empty until they decide"
    elif decided_on is None:
        yield "decided_on", "Enter the date of the decision"
    elif decided_on < made_on:
        yield "decided_on", "The decision cannot be before the referral"
    if decision == DECLINED and not declined_reason:
        yield "declined_reason", "Choose why it was declined"
