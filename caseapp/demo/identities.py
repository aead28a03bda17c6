"""Inventing a person: who they are, where they live, how they can be reached."""

from collections.abc import Collection
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from caseapp.demo import surroundings
from caseapp.demo.borough import (
    ETHNICITIES,
    ETHNICITY_MISSING,
    LIVES_IN_BOROUGH,
    MISSING_ETHNICITY,
    NO_FIXED_ADDRESS,
    RATES_DOMESTIC,
    RATES_UNDER_25,
    RESIDENCE_NOT_KNOWN,
    WARDS,
    pick,
    pick_ethnic_group,
)
from caseapp.demo.lives import Identity
from caseapp.demo.names import Name, pick_name
from caseapp.demo.telling import street

SPEAKS_ANOTHER_FIRST_LANGUAGE = 0.6  # of those whose name comes from one; ours
NEEDS_INTERPRETER = 0.35  # of those; ours
NOT_ASKED_HOW_TO_REACH = 0.07  # ours
WHO_SAID_ETHNICITY = {"self_defined": 0.75, "from_referrer": 0.18, "observed": 0.07}  # ours


class Home(NamedTuple):
    ward: str
    residence: str
    address: str
    postcode: str


class Reach(NamedTuple):
    """What they said about being reached; empty where nobody asked."""

    hours: str
    voicemail_allowed: bool
    who_may_answer: str
    wording: str


def invent_person(
    rng: Random, number: int, sex: str, age: int, on: date, themes: Collection[str]
) -> Identity:
    """Somebody of this sex and age on that day, as the borough's figures have it."""
    ethnicity = _ethnicity(rng, age, themes)
    name = pick_name(rng, ethnicity, sex)
    home = _home(rng, age, themes)
    language = name.language if rng.random() < SPEAKS_ANOTHER_FIRST_LANGUAGE else "English"
    known = rng.random() >= _share(ETHNICITY_MISSING, themes)
    return Identity(
        number=number,
        given_name=name.given,
        family_name=name.family,
        preferred_name=_preferred_name(rng, name),
        script=name.script,
        pronouns=rng.choice(("", "", "they/them", "she/her" if sex == "female" else "he/him")),
        date_of_birth=_born(rng, age, on),
        sex=sex,
        ethnicity=ethnicity if known else pick(rng, MISSING_ETHNICITY),
        ethnicity_source=pick(rng, WHO_SAID_ETHNICITY) if known else "not_known",
        **home._asdict(),
        phone=_phone(number),
        email=f"person{number}@example.org" if rng.random() < 0.4 else "",
        **_reach(rng)._asdict(),
        first_language=language,
        interpreter_needed=language != "English" and rng.random() < NEEDS_INTERPRETER,
        school=rng.choice(surroundings.SCHOOLS) if age < 19 else "",
        gp=rng.choice(surroundings.GPS),
        alerts=rng.choice(surroundings.ALERTS) if rng.random() < 0.25 else "",
    )


def _phone(number: int) -> str:
    """Each its own for as long as there are any, or half the borough would look entered twice."""
    prefix = surroundings.DRAMA_NUMBERS[number // 1000 % len(surroundings.DRAMA_NUMBERS)]
    return f"{prefix}{(number * 7 + 11) % 1000:03}"


def _reach(rng: Random) -> Reach:
    if rng.random() < NOT_ASKED_HOW_TO_REACH:
        return Reach("", False, "", "")
    return Reach(
        hours=rng.choice(surroundings.HOURS),
        voicemail_allowed=rng.random() < 0.35,
        who_may_answer=rng.choice(surroundings.MAY_ANSWER),
        wording=rng.choice(surroundings.WORDINGS),
    )


def _ethnicity(rng: Random, age: int, themes: Collection[str]) -> str:
    domestic_adult = "domestic_abuse" in themes and age > 24
    group = pick_ethnic_group(rng, RATES_DOMESTIC if domestic_adult else RATES_UNDER_25)
    return pick(rng, ETHNICITIES[group])


def _home(rng: Random, age: int, themes: Collection[str]) -> Home:
    chance = rng.random()
    if chance < RESIDENCE_NOT_KNOWN:
        return Home("not_known", "not_known", "", "")
    if rng.random() >= _lives_in_borough(age, themes):
        return Home("outside", "outside_borough", *_address(rng, _elsewhere(rng)))
    if chance < RESIDENCE_NOT_KNOWN + NO_FIXED_ADDRESS:
        return Home("no_fixed_address", "in_borough", "", "")
    ward = pick(rng, WARDS)
    return Home(ward, "in_borough", *_address(rng, surroundings.OUTWARD.get(ward, "W8")))


def _lives_in_borough(age: int, themes: Collection[str]) -> float:
    if "sexual_violence" in themes:
        return LIVES_IN_BOROUGH["sexual_violence"]
    return LIVES_IN_BOROUGH["under_25" if age < 25 else "others"]


def _address(rng: Random, outward: str) -> tuple[str, str]:
    flat = f"Flat {rng.randint(1, 60)}, " if rng.random() < 0.6 else ""
    inward = "".join(rng.choices(surroundings.NEVER_IN_A_POSTCODE, k=2))
    return (
        f"{flat}{rng.randint(1, 180)} {street(rng)}",
        f"{outward} {rng.randrange(10)}{inward}",
    )


def _elsewhere(rng: Random) -> str:
    return rng.choice(surroundings.OUTWARD_ELSEWHERE)


def _born(rng: Random, age: int, on: date) -> date:
    """A birthday that makes somebody of this age on that day."""
    latest = _years_before(on, age)
    earliest = _years_before(on, age + 1) + timedelta(days=1)
    return earliest + timedelta(days=rng.randint(0, (latest - earliest).days))


def _years_before(day: date, years: int) -> date:
    leap_day_moved = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return leap_day_moved.replace(year=day.year - years)


def _preferred_name(rng: Random, name: Name) -> str:
    short = name.given.split()[0].split("-")[0]
    return short if len(name.given) > 18 or (short != name.given and rng.random() < 0.5) else ""


def _share(shares: dict[str, float], themes: Collection[str]) -> float:
    """The share of the strictest theme that applies."""
    return next(share for theme, share in shares.items() if theme in themes)
