"""What can be counted, in words, and the ways in which each of it can be cut."""

from collections.abc import Mapping
from typing import NamedTuple

from caseapp.indicators.catalogue import (
    CASES,
    CHILDREN,
    COMMUNITY_RESPONSES,
    SURVEY_RESPONSES,
    TableSpec,
)
from caseapp.indicators.dimensions import cuts

OF_A_CASE = (
    *("theme", "age_band", "sex", "ethnicity", "ward", "residence", "disability", "slcn"),
    *("health", "source", "first_contact", "ending", "risk_at_intake", "risk_at_closure"),
    *("plan", "needs_met", "suspect"),
)


class Population(NamedTuple):
    """Something that is counted; `dimensions`: everything that its units say."""

    words: str
    dimensions: tuple[str, ...]


def _beside_a_case(words: str, *own: str) -> Population:
    return Population(words, (*own, *OF_A_CASE))


POPULATIONS: Mapping[str, Population] = {
    CASES: Population("Cases", OF_A_CASE),
    "incidents": _beside_a_case(
        "Incidents",
        *("offence", "outcome", "harm", "knife_injury", "reason", "reason_recorded", "place"),
    ),
    "marac_referrals": _beside_a_case("MARAC referrals", "violence_type", "marac_record"),
    "referrals": _beside_a_case("Referrals to other services", "referral_kind", "decision"),
    "programmes": _beside_a_case("Offers of a perpetrator programme", "victim_support"),
    CHILDREN: Population("Children in the households of cases", ("theme",)),
    SURVEY_RESPONSES: Population(
        "Answers of victims",
        (
            *("stage", "justice", "feels_safer", "knows_help", "could_use"),
            *("listened_to", "understood", "copes", "helped"),
        ),
    ),
    COMMUNITY_RESPONSES: Population("Answers of the community", ("knows_help", "could_use")),
}


def words_of(spec: TableSpec) -> tuple[str, ...]:
    """How the table is cut, one by one, in words."""
    return tuple(
        f"{cuts()[name].title}{' (groups alone)' if name in spec.grouped else ''}"
        for name in spec.dimensions
    )
