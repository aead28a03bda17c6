"""Pure decisions about a sharing: who looks at it, until when, which answers hold together."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec.structs import asdict, replace

from caseapp.clock import LOCAL
from caseapp.reference import entry
from caseapp.sharing.models import SharingBody, SharingHead

SENIOR_DECIDES_WITHIN = timedelta(hours=48)
CONSENT = "6(1)(a)"  # UK GDPR: the person agreed to this very sharing
GIVEN = "given"

# What an answer takes along, since the two are right or wrong together.
ALONG = {
    "consent": ("basis", "necessity", "why_without_consent"),
    "basis": ("consent", "necessity", "why_without_consent"),
    "person_told": ("why_not_told",),
}

Problem = tuple[str, str]  # name of the question, what is wrong with the answer
Shared = tuple[SharingHead, SharingBody]


def needs_senior(consent: str) -> bool:
    """Whether it was shared against or without the person's agreement. A new code counts as one."""
    return entry("sharing_consent", consent).attributes.get("settled") != "yes"


def decide_by(shared_on: date, recorded_at: datetime) -> datetime:
    """48 hours after it was written down, or after the end of the day of the sharing where that
    comes first: who writes it down late does not win time."""
    end_of_day = datetime.combine(shared_on + timedelta(days=1), time.min, LOCAL)
    return min(recorded_at, end_of_day.astimezone(recorded_at.tzinfo)) + SENIOR_DECIDES_WITHIN


def carried_over(logged: Shared, before: Shared, after: Shared) -> Shared:
    """What the log says, with what a referral that shared it has changed and nothing else: what
    was corrected in the log alone stays corrected."""
    told_before, told = _parts(before), _parts(after)
    changed = {name for name in told if told[name] != told_before[name]}
    changed |= {also for name in changed for also in ALONG.get(name, ())}
    head, body = logged
    return (
        replace(head, **{name: told[name] for name in changed if hasattr(head, name)}),
        replace(body, **{name: told[name] for name in changed if hasattr(body, name)}),
    )


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


def _parts(shared: Shared) -> dict[str, Any]:
    return asdict(shared[0]) | asdict(shared[1])
