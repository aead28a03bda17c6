"""Inventing what somebody needs: flags that are raised, looked at again, and sometimes ended."""

from collections.abc import Iterator
from datetime import date
from random import Random

from caseapp.demo import episode_words
from caseapp.demo.borough import DISABLED, SLCN, Weights, pick
from caseapp.demo.lives import FlagTold, Identity
from caseapp.demo.period import day_between
from caseapp.people.rules import age_on

# Ours, all of them.
SLCN_NEEDS: Weights = {
    "understanding": 0.22, "expressing": 0.16, "social_communication": 0.12, "adhd": 0.16,
    "autism": 0.10, "developmental_language_disorder": 0.08, "dyslexia": 0.06, "stammer": 0.03,
    "learning_disability": 0.05, "acquired_brain_injury": 0.02,
}  # fmt: skip
IMPAIRMENTS: Weights = {
    "mental_health": 0.40, "mobility": 0.13, "stamina": 0.12, "learning": 0.10, "hearing": 0.06,
    "vision": 0.05, "memory": 0.05, "dexterity": 0.03, "social_behavioural": 0.04, "other": 0.02,
}  # fmt: skip
STATUSES: Weights = {"suspected": 0.40, "screened": 0.22, "diagnosed": 0.23, "ehc_plan": 0.15}
OTHER_NEEDS: dict[str, Weights] = {
    "youth_violence": {
        "substance_use": 0.2, "exploitation": 0.25, "missing_episodes": 0.2, "care_status": 0.15,
        "housing": 0.1, "debt": 0.1,
    },
    "idva": {
        "housing": 0.35, "debt": 0.15, "nrpf": 0.12, "health_need": 0.2, "pregnancy": 0.08,
        "substance_use": 0.1,
    },
    "sexual_violence": {"health_need": 0.5, "substance_use": 0.2, "housing": 0.3},
}  # fmt: skip
HELPS_WITH_SLCN = ("easy_read", "short_sentences", "pictures", "trusted_adult")
NO_IMPAIRMENT_ASKED = 0.30  # said to have none; the rest were not asked


def invent_flags(
    rng: Random, person: Identity, service: str, opened: date, until: date
) -> tuple[FlagTold, ...]:
    told = [*_communication(rng, person, service, opened), *_disability(rng, service)]
    if rng.random() < 0.45:
        told.append(("other_need", pick(rng, OTHER_NEEDS[service]), "recorded", None, ""))
    return tuple(_flag(rng, service, opened, until, *need) for need in dict.fromkeys(told))


Need = tuple[str, str, str, bool | None, str]


def _communication(rng: Random, person: Identity, service: str, opened: date) -> Iterator[Need]:
    has_needs = rng.random() < _slcn_share(service, age_on(person.date_of_birth, opened))
    if has_needs:
        codes = dict.fromkeys(pick(rng, SLCN_NEEDS) for _ in range(rng.choice((1, 1, 2, 3))))
        for code in codes:
            yield "slcn", code, pick(rng, STATUSES), None, ""
    if has_needs and rng.random() < 0.7:
        yield "communication_need", rng.choice(HELPS_WITH_SLCN), "recorded", None, ""
    if person.interpreter_needed:
        yield "communication_need", "interpreter", "recorded", None, ""


def _disability(rng: Random, service: str) -> Iterator[Need]:
    chance = rng.random()
    if chance < DISABLED[service]:
        limits = rng.choice(("a_lot", "a_little"))
        yield "disability", pick(rng, IMPAIRMENTS), "recorded", True, limits
    elif chance < DISABLED[service] + 0.05:  # an impairment that does not limit: not disabled
        yield "disability", pick(rng, IMPAIRMENTS), "recorded", True, "not_at_all"
    elif chance < DISABLED[service] + 0.05 + NO_IMPAIRMENT_ASKED:
        yield "disability", "none", "recorded", None, ""


def _slcn_share(service: str, age: int) -> float:
    if service != "youth_violence":
        return SLCN["others"]
    return SLCN["child_in_youth_violence" if age < 18 else "adult_in_youth_violence"]


def _flag(
    rng: Random,
    service: str,
    opened: date,
    until: date,
    list_name: str,
    code: str,
    status: str,
    long_lasting: bool | None,
    limits: str,
) -> FlagTold:
    raised = day_between(rng, opened, min(until, day_between(rng, opened, until)))
    reviewed = day_between(rng, raised, until) if rng.random() < 0.3 else None
    passing = list_name == "other_need" and rng.random() < 0.2
    return FlagTold(
        list_name=list_name,
        code=code,
        status=status,
        source=rng.choice(_sources(service)),
        raised_on=raised,
        reviewed_on=reviewed,
        ended_on=day_between(rng, reviewed or raised, until) if passing else None,
        long_lasting=long_lasting,
        limits=limits,
        what_helps=rng.choice(episode_words.WHAT_HELPS) if list_name != "disability" else "",
    )


def _sources(service: str) -> tuple[str, ...]:
    if service == "youth_violence":
        return ("person", "parent_or_carer", "school_or_college", "youth_justice", "worker")
    return ("person", "person", "health", "referrer", "worker")
