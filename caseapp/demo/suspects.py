"""Inventing what is recorded of an alleged perpetrator: facts, from whom, and a programme."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from caseapp.demo import casework_words
from caseapp.demo.borough import Weights, pick
from caseapp.demo.lives import AllegedTold, CaseTold
from caseapp.demo.period import day_between
from caseapp.demo.telling import street, tell
from caseapp.demo.work_told import FactTold, ProgrammeTold

# Ours, all of them. (4.4, 5.1) who commits violence is the gap in today's data.
RECORDED = {"idva": 0.88, "youth_violence": 0.55, "sexual_violence": 0.62}
TYPES_OF: dict[str, tuple[str, ...]] = {
    "controlling_or_coercive": ("controlling", "psychological"),
    "actual_bodily_harm": ("physical",),
    "grievous_bodily_harm": ("physical", "weapon"),
    "common_assault": ("physical",),
    "harassment_or_stalking": ("stalking", "technology"),
    "threats_to_kill": ("threats", "psychological"),
    "rape": ("sexual",),
    "sexual_assault": ("sexual",),
    "assault_by_penetration": ("sexual",),
    "violence_against_property": ("threats",),
    "personal_robbery": ("robbery", "threats"),
    "exploitation": ("exploitation",),
    "homicide": ("physical", "weapon"),
}
SOURCES: Weights = {"person": 0.5, "police": 0.26, "social_care": 0.1, "family_or_friend": 0.08,
                    "other_agency": 0.06}  # fmt: skip
SURE: Weights = {"confirmed": 0.4, "likely": 0.4, "unsure": 0.2}
PROGRAMME = 0.12  # of those known in domestic abuse
RESULTS: Weights = {
    "offered": 0.12, "declined": 0.24, "referred": 0.16, "started": 0.24, "completed": 0.16,
    "left_early": 0.08,
}  # fmt: skip
UNDER_WAY = {"offered", "referred"}


def record_alleged(rng: Random, told: CaseTold, *, rich: bool) -> tuple[AllegedTold, ...]:
    """What the worker wrote down of them by the last day; some is not written down at all."""
    return tuple(_recorded(rng, told, one, rich=rich) for one in told.alleged)


def _recorded(rng: Random, told: CaseTold, one: AllegedTold, *, rich: bool) -> AllegedTold:
    until = told.closed.on if told.closed else told.until
    if not rich and rng.random() >= RECORDED[told.service]:
        return one
    kinds = (TYPES_OF.get(incident.offence, ("other",)) for incident in told.incidents)
    types = tuple(dict.fromkeys(code for codes in kinds for code in codes))
    if not one.known:
        return replace(one, recorded=True, violence_types=types)
    born = one.date_of_birth or _born(rng, told)
    facts = tuple(_facts(rng, told.opened, until, count=4 if rich else rng.choice((0, 1, 1, 2, 3))))
    domestic = "domestic_abuse" in told.theme
    offered = domestic and told.first_contact and (rich or rng.random() < PROGRAMME)
    programme = _programme(rng, told, until) if offered else None
    return replace(
        one,
        recorded=True,
        date_of_birth=born if one.client or rich or rng.random() < 0.6 else None,
        violence_types=types,
        facts=facts,
        programme=programme,
    )


def _born(rng: Random, told: CaseTold) -> date:
    """Within some years of the person's own age, and never a child of under ten."""
    apart = rng.randint(-5 * 365, 9 * 365)
    latest = told.opened - timedelta(days=(18 if told.service == "idva" else 13) * 366)
    return min(told.person.date_of_birth - timedelta(days=apart), latest)


def _facts(rng: Random, first: date, last: date, *, count: int) -> Iterator[FactTold]:
    for what in sorted(rng.sample(sorted(casework_words.FACTS_OF_THEM), count)):
        yield FactTold(
            what=what,
            text=f"{rng.randint(1, 180)} {street(rng)}"
            if what == "address"
            else tell(rng, casework_words.FACTS_OF_THEM[what]),
            source=pick(rng, SOURCES),
            confidence=pick(rng, SURE),
            on=day_between(rng, first, last),
        )


def _programme(rng: Random, told: CaseTold, until: date) -> ProgrammeTold:
    offered = day_between(rng, told.first_contact or told.opened, until)
    result_on = offered + timedelta(days=rng.randint(5, 60))
    result = pick(rng, RESULTS) if result_on <= until else "offered"
    support = rng.choices(("by_us", "by_others", "not_supported"), (0.86, 0.08, 0.06))[0]
    return ProgrammeTold(
        programme=casework_words.PROGRAMME,
        offered_on=offered,
        result=result,
        result_on=None if result in UNDER_WAY else result_on,
        victim_support=support,
        supported_since=None if support == "not_supported" else told.first_contact,
        supported_by="Harbourlight ISVA service" if support == "by_others" else "",
        why_not_supported="They did not want support." if support == "not_supported" else "",
    )
