"""Pure decisions about a sharing: who looks at it, until when, which answers hold together."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from caseapp.clock import LOCAL
from caseapp.reference import entry

SENIOR_DECIDES_WITHIN = timedelta(hours=48)
CONSENT = "6(1)(a)"  # UK GDPR: the person agreed to this very sharing
GIVEN = "given"

Problem = tuple[str, str]  # name of the question, what is wrong with the answer


def needs_senior(consent: str) -> bool:
    """Whether it was shared against or without the person's agreement. A new code counts as one."""
    return entry("sharing_consent", consent).attributes.get("settled") != "yes"


def decide_by(shared_on: date, recorded_at: datetime) -> datetime:
    """48 hours after it was written down, or after the end of the day of the sharing where that
    comes first: who writes it down late does not win time."""
    end_of_day = datetime.combine(shared_on + timedelta(days=1), time.min, LOCAL)
    return min(recorded_at, end_of_day.astimezone(recorded_at.tzinfo)) + SENIOR_DECIDES_WITHIN


def problems_of(
    consent: str,
    basis: str,
    *,
    necessity: str,
    why_without_consent: str,
    person_told: bool | None,
    why_not_told: str,
) -> Iterator[Problem]:
    """Which answers about the agreement and the basis cannot stand together."""
    if is_agreement(basis) and consent != GIVEN:
        yield "consent_basis", "Choose another basis: they did not agree to this sharing"
    if needs_senior(consent) and not necessity:
        yield "necessity", "Say why it is necessary, and why less would not be enough"
    if needs_senior(consent) and not why_without_consent:
        yield "why_without_consent", "Say why you share this without their agreement"
    if person_told is False and not why_not_told:
        yield "why_not_told", "Say why they are not told"


def is_agreement(basis: str) -> bool:
    """Whether this basis is the person's own agreement to this very sharing."""
    return entry("consent_basis", basis).attributes.get("article") == CONSENT
