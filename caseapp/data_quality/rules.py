"""Pure decisions: which facts a case should hold, which it does not, and what is told of that.

A fact is missing where nobody asked or nobody knows; that somebody would not say is an answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from caseapp.cases.dues import gaps_of_person
from caseapp.data_quality.record import QualityRecord
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.incidents.rules import has_outcome, outcome_is_missing
from caseapp.perpetrators.models import PerpetratorHead

UNREADABLE = "unreadable"
REACHED_WITHIN = timedelta(days=7)
NEVER_BEGUN = frozenset({"could_not_contact", "declined", "not_eligible", "died"})
NEEDS_A_PLAN = frozenset({"medium", "high"})
HAS_A_PERPETRATOR = frozenset({"domestic_abuse", "sexual_violence"})
FEWEST = 50  # cases of a team, and cases that should hold a fact, before a band is shown
# (parts of a hundred, words): the first that a share does not go beyond.
BANDS = (
    (5, "Under 1 in 20"), (10, "1 in 20 to 1 in 10"), (25, "1 in 10 to 1 in 4"),
    (50, "1 in 4 to 1 in 2"), (100, "More than 1 in 2"),
)  # fmt: skip

Facts = Mapping[str, bool]  # by code of quality_field: is it missing? Left out: not asked for


@dataclass(frozen=True, slots=True, repr=False)
class CaseQuality:
    """One case, and by code what it should hold and what of that is missing."""

    id: UUID
    is_open: bool
    opened_month: str
    asked: frozenset[str]
    missing: frozenset[str]


class Share(NamedTuple):
    """So many of the cases that should hold a fact do not."""

    missing: int
    asked: int

    @property
    def percent(self) -> int:
        """Whole; under 1 only where nothing is missing, and 100 only where everything is."""
        if self.missing in {0, self.asked}:
            return 100 if self.missing else 0
        return min(99, max(1, round(100 * self.missing / self.asked)))


def facts_of(record: QualityRecord) -> Facts:
    return {
        **_of_person(record),
        **_of_case(record),
        **_of_incidents(record.incidents),
        **_of_marac(record),
        **_of_alleged(record),
    }


def shares_of(cases: Iterable[CaseQuality]) -> dict[str, Share]:
    """By code, of the facts that any of these cases should hold."""
    asked: dict[str, int] = {}
    missing: dict[str, int] = {}
    for case in cases:
        for code in case.asked:
            asked[code] = asked.get(code, 0) + 1
        for code in case.missing:
            missing[code] = missing.get(code, 0) + 1
    return {code: Share(missing.get(code, 0), many) for code, many in asked.items()}


def band_of(share: Share | None) -> int | None:
    """The place in BANDS; None where so few cases are asked for it that a band could tell of one.

    Compared in whole numbers, so that the edge of a band is never a matter of rounding."""
    if share is None or share.asked < FEWEST:
        return None
    if share.missing * 20 < share.asked:
        return 0
    return next(
        place
        for place, (most, _) in enumerate(BANDS)
        if place and share.missing * 100 <= most * share.asked
    )


def _of_person(record: QualityRecord) -> Facts:
    person, about = record.person, record.about_person
    gaps = set(gaps_of_person(person, about))
    return {
        **{code: code in gaps for code in ("date_of_birth", "sex", "ward", "safe_contact")},
        "ethnicity": person.ethnicity in {"not_asked", "not_known"},
        "residence": person.residence == "not_known",
        "first_language": not about.first_language,
        "needs": not record.has_needs,
    }


def _of_case(record: QualityRecord) -> Facts:
    head = record.head
    facts = {"referral_source": head.referral_source in {"", "not_known"}}
    facts["risk"] = not record.is_judged
    is_due = head.opened_on + REACHED_WITHIN <= record.day
    if is_due and head.closure_reason not in NEVER_BEGUN:
        facts["first_contact"] = head.first_contact_on is None
    if record.risk_level in NEEDS_A_PLAN:
        facts["plan"] = not record.has_plan
    return facts


def _of_incidents(incidents: Iterable[tuple[IncidentHead, IncidentBody]]) -> Facts:
    """A fact of incidents is missing from a case where any of its incidents lacks it."""
    facts: dict[str, bool] = {}
    for head, body in incidents:
        for code, is_missing in _of_incident(head, body):
            facts[code] = facts.get(code, False) or is_missing
    return facts


def _of_incident(head: IncidentHead, body: IncidentBody) -> Iterator[tuple[str, bool]]:
    yield "incident_ward", head.ward == "not_known"
    yield "reported", head.reported_to_police is None
    if head.reported_to_police:
        yield "outcome", head.outcome == ""
        if not has_outcome(head.outcome):
            yield "no_outcome_reason", outcome_is_missing(head, body)
    if has_outcome(head.outcome):
        yield "victim_told", body.victim_told is None


def _of_marac(record: QualityRecord) -> Facts:
    if not record.marac:
        return {}
    return {
        "marac_perpetrator": any(each.perpetrator_id is None for each in record.marac),
        "marac_violence": any(not each.violence_types for each in record.marac),
    }


def _of_alleged(record: QualityRecord) -> Facts:
    facts: dict[str, bool] = {}
    if not HAS_A_PERPETRATOR.isdisjoint(record.head.themes):
        facts["alleged"] = not record.alleged
    known = [each for each in record.alleged if each.is_known]
    if known:
        facts["profile"] = any(map(_lacks_profile, known))
    return facts


def _lacks_profile(alleged: PerpetratorHead) -> bool:
    unknown = "not_known" in {alleged.sex, alleged.ethnicity, alleged.relationship}
    return unknown or alleged.date_of_birth is None
