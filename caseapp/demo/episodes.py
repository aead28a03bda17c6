"""Inventing one episode of support, from what led to it to its closure or the last day."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from caseapp.demo import episode_words, surroundings
from caseapp.demo.borough import Harm, Weights, pick
from caseapp.demo.contacts import invent_notes
from caseapp.demo.events import invent_alleged, invent_incident
from caseapp.demo.lives import (
    CaseTold,
    Identity,
    IncidentTold,
    PlanTold,
    ReferralTold,
    RiskTold,
)
from caseapp.demo.needs import invent_flags
from caseapp.demo.period import day_between, working_day
from caseapp.demo.support import (
    invent_closure,
    invent_plan,
    invent_referrals,
    invent_risk,
    next_review,
)
from caseapp.demo.telling import tell

# Ours, all of them.
NEVER_REACHED = 0.08
HAS_PLAN = 0.85  # of those who were reached
FIRST_CONTACT_WITHIN = {"youth_violence": 7, "idva": 2, "sexual_violence": 7}  # days
LATE = 0.15  # take up to three times as long
REFERRED_BY: dict[str, Weights] = {
    "youth_violence": {
        "school_or_college": 0.22, "youth_justice": 0.2, "police": 0.16, "hospital": 0.1,
        "childrens_social_care": 0.16, "family_or_friend": 0.06, "self": 0.05, "voluntary": 0.05,
    },
    "idva": {
        "police": 0.38, "self": 0.2, "housing": 0.08, "gp": 0.08, "childrens_social_care": 0.1,
        "marac": 0.06, "voluntary": 0.06, "mental_health": 0.04,
    },
    "sexual_violence": {
        "sarc": 0.34, "police": 0.24, "self": 0.22, "gp": 0.08, "voluntary": 0.07,
        "mental_health": 0.05,
    },
}  # fmt: skip
BASIS_OF_WORK: Weights = {"public_task": 0.6, "legitimate_interests": 0.3, "agreed": 0.1}
TEAMS_OF: dict[str, Weights] = {
    "youth_violence": {"youth-reduction": 0.6, "youth-north": 0.4},
    "idva": {"idva": 1},
    "sexual_violence": {"sexual-violence": 1},
}


class Beginning(NamedTuple):
    """Who comes to the service, with what behind them."""

    reference: str
    service: str
    themes: tuple[str, ...]
    person: Identity
    opened: date
    harms: tuple[Harm, ...]

    @property
    def is_domestic(self) -> bool:
        return "domestic_abuse" in self.themes


def invent_episode(rng: Random, begun: Beginning, last: date, clients: list[Identity]) -> CaseTold:
    """What followed up to the last day; `clients` are others whom we support."""
    service, person, opened = begun.service, begun.person, begun.opened
    referred = opened - timedelta(days=rng.choice((0, 0, 1, 1, 2, 3, 5)))
    reached_on = _first_contact(rng, service, opened, last)
    closed = invent_closure(rng, service, reached_on, opened, last)
    until = closed.on if closed else last
    risk = invent_risk(rng, service, opened, until)
    return CaseTold(
        reference=begun.reference,
        until=last,
        person=person,
        service=service,
        theme=begun.themes,
        team=pick(rng, TEAMS_OF[service]),
        advocate="",
        supervisor="",
        referral_source=pick(rng, REFERRED_BY[service]),
        referred_by=rng.choice(surroundings.REFERRERS),
        consent_basis=pick(rng, BASIS_OF_WORK),
        referred=referred,
        opened=opened,
        first_contact=reached_on,
        summary=tell(rng, episode_words.SUMMARIES),
        risk=risk,
        next_review=None if closed else next_review(risk[-1]),
        children=rng.choice((0, 1, 1, 2, 2, 3, 4)) if service == "idva" else 0,
        incidents=_incidents(rng, begun, referred, until, last),
        alleged=(invent_alleged(rng, service, clients),),
        notes=invent_notes(rng, person, service, reached_on, opened, until),
        flags=invent_flags(rng, person, service, opened, until),
        referrals=_referrals(rng, service, risk[0], reached_on, until),
        plan=_plan(rng, begun, risk, reached_on, until),
        closed=closed,
    )


def _first_contact(rng: Random, service: str, opened: date, last: date) -> date | None:
    within = FIRST_CONTACT_WITHIN[service] * (3 if rng.random() < LATE else 1)
    day = working_day(opened + timedelta(days=rng.randint(0, within)))
    return None if day > last or rng.random() < NEVER_REACHED else day


def _incidents(
    rng: Random, begun: Beginning, referred: date, until: date, last: date
) -> tuple[IncidentTold, ...]:
    """The one that led to the referral, then others: half before it, half while the case ran."""
    told = []
    for number, harm in enumerate(begun.harms):
        if number == 0:
            on = referred - timedelta(days=int(rng.expovariate(1 / 9)))
        elif rng.random() < 0.5:
            on = referred - timedelta(days=rng.randint(10, 300))
        else:
            on = day_between(rng, referred, until)
        told.append(invent_incident(rng, harm, begun.is_domestic, begun.person, on, last))
    return tuple(sorted(told, key=lambda incident: incident.on))


def _referrals(
    rng: Random, service: str, risk: RiskTold, reached_on: date | None, until: date
) -> tuple[ReferralTold, ...]:
    """Nobody is referred on whom the service has not spoken with."""
    if reached_on is None:
        return ()
    return invent_referrals(rng, service, risk.level, reached_on, until)


def _plan(
    rng: Random,
    begun: Beginning,
    risk: tuple[RiskTold, ...],
    reached_on: date | None,
    until: date,
) -> PlanTold | None:
    has_a_kind = begun.is_domestic or begun.service == "youth_violence"
    if not has_a_kind or reached_on is None or rng.random() >= HAS_PLAN:
        return None
    kind = "domestic_abuse" if begun.is_domestic else "youth_violence"
    first = min(until, reached_on + timedelta(days=rng.randint(0, 14)))
    return invent_plan(rng, kind, begun.person.given_name, risk, first, until)
