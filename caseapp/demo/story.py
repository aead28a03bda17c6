"""Many cases in order of opening: the same seed and period give the same stories."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from caseapp.cases.rules import ALPHABET
from caseapp.demo.borough import (
    SERVICES,
    SEXUAL,
    SEXUAL_CASES_THAT_ARE_DOMESTIC,
    Harm,
    dice,
    pick,
    pick_age,
    pick_harm,
)
from caseapp.demo.episodes import Beginning, invent_episode
from caseapp.demo.identities import invent_person
from caseapp.demo.lives import CaseTold, Identity
from caseapp.demo.period import Period, working_day
from caseapp.people.rules import age_on, why_wrong_age

COMES_BACK = 0.06  # of new cases are another episode of somebody known; ours
INCIDENTS: dict[str, tuple[float, ...]] = {  # 1, 2, 3 … incidents; ours
    "youth_violence": (0.62, 0.26, 0.09, 0.03),
    "idva": (0.28, 0.30, 0.22, 0.12, 0.08),
    "sexual_violence": (0.82, 0.13, 0.05),
}
REMEMBERED = 400  # recent cases that a later one may have to do with


def stories(cases: int, seed: int, period: Period) -> Iterator[CaseTold]:
    """So many cases; the workers are allocated afterwards."""
    earlier: list[CaseTold] = []
    references = _references(seed)
    for number in range(cases):
        rng = dice(seed, number)
        opened = _opening_day(rng, number, cases, period)
        beginning = _beginning(rng, number, next(references), opened, earlier)
        told = invent_episode(rng, beginning, period.last, _clients(beginning.person, earlier))
        earlier = [*earlier[-REMEMBERED:], told]
        yield told


def _references(seed: int) -> Iterator[str]:
    """References of the shape that the product gives out, none of them twice."""
    rng = dice(seed, "references")
    given = set()
    while True:
        letters = "".join(rng.choices(ALPHABET, k=8))
        if letters not in given:
            given.add(letters)
            yield f"{letters[:4]}-{letters[4:]}"


def _beginning(
    rng: Random, number: int, reference: str, opened: date, earlier: list[CaseTold]
) -> Beginning:
    service = pick(rng, SERVICES)
    known = _comes_back(rng, service, opened, earlier)
    first = pick_harm(rng, service, known.sex if known else None)
    sex = known.sex if known else ("female" if rng.random() < first.female else "male")
    harms = (first, *_more_harms(rng, service, sex))
    age = age_on(known.date_of_birth, opened) if known else pick_age(rng, service)
    themes = _themes(rng, service, age, harms)
    person = known or invent_person(rng, number, sex, age, opened, themes)
    return Beginning(reference, service, themes, person, opened, harms)


def _opening_day(rng: Random, number: int, cases: int, period: Period) -> date:
    """Cases come evenly, in order, on working days."""
    offset = (number + rng.random()) / cases * period.days
    return min(working_day(period.first + timedelta(days=int(offset))), period.last)


def _comes_back(
    rng: Random, service: str, opened: date, earlier: list[CaseTold]
) -> Identity | None:
    """Somebody whose case has closed and who may have another of this service."""
    if not earlier or rng.random() >= COMES_BACK:
        return None
    for found in rng.choices(earlier, k=40):
        over = found.closed is not None and found.closed.on < opened
        fits = why_wrong_age(service, found.person.date_of_birth, opened) is None
        if found.service == service and over and fits:
            return found.person
    return None


def _more_harms(rng: Random, service: str, sex: str) -> Iterator[Harm]:
    more = rng.choices(range(len(INCIDENTS[service])), INCIDENTS[service])[0]
    return (pick_harm(rng, service, sex) for _ in range(more))


def _themes(rng: Random, service: str, age: int, harms: tuple[Harm, ...]) -> tuple[str, ...]:
    """(7.3) the themes are not mutually exclusive."""
    sexual = service == "sexual_violence"
    domestic = sexual and rng.random() < SEXUAL_CASES_THAT_ARE_DOMESTIC
    applies = {
        "youth_violence": age < 25,
        "domestic_abuse": domestic or service == "idva",
        "sexual_violence": sexual or any(harm.offence in SEXUAL for harm in harms),
    }
    return tuple(theme for theme, holds in applies.items() if holds)


def _clients(person: Identity, earlier: list[CaseTold]) -> list[Identity]:
    """Young people we support, who may be named as having done harm to this one."""
    return [
        told.person
        for told in earlier
        if told.service == "youth_violence" and told.person.number != person.number
    ]
