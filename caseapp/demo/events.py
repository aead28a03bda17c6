"""Inventing what was done to somebody, what the police made of it, and who is said to have."""

from datetime import date, timedelta
from random import Random

from caseapp.demo import episode_words
from caseapp.demo.borough import (
    DETECTED,
    DETECTIONS,
    NO_DETECTIONS,
    NO_SUSPECT,
    REPORTED,
    SEXUAL,
    WARDS,
    Harm,
    Weights,
    pick,
)
from caseapp.demo.lives import AllegedTold, Identity, IncidentTold
from caseapp.demo.names import CULTURES_OF, pick_name
from caseapp.demo.telling import tell

# Ours, all of them.
PLACES: Weights = {
    "street": 0.27, "estate": 0.18, "park": 0.09, "transport": 0.12, "school_or_college": 0.12,
    "shop_or_food": 0.08, "online": 0.06, "own_home": 0.05, "not_known": 0.03,
}  # fmt: skip
PLACES_AT_HOME: Weights = {
    "own_home": 0.62, "other_home": 0.10, "street": 0.10, "online": 0.10, "work": 0.03,
    "transport": 0.02, "not_known": 0.03,
}  # fmt: skip
WEAPONS: Weights = {
    "none": 0.62, "blunt": 0.10, "threatened_not_seen": 0.10, "not_known": 0.15, "corrosive": 0.01,
    "vehicle": 0.02,
}  # fmt: skip
WEAPONS_OF_ROBBERY: Weights = {"none": 0.4, "knife": 0.3, "threatened_not_seen": 0.3}
INJURIES: dict[str, Weights] = {
    "grievous_bodily_harm": {"treated": 0.4, "admitted": 0.5, "life_threatening": 0.1},
    "homicide": {"life_threatening": 0.7, "admitted": 0.3},
    "actual_bodily_harm": {"minor": 0.55, "treated": 0.45},
    "personal_robbery": {"none": 1},
    "rape": {"minor": 0.3, "treated": 0.3, "not_known": 0.4},
}
KNIFE_INJURIES: Weights = {"treated": 0.45, "admitted": 0.45, "life_threatening": 0.10}
NO_OUTCOME: Weights = {
    "fear_of_retaliation": 0.24, "distrust_of_police": 0.17, "pressure_from_others": 0.11,
    "did_not_understand": 0.09, "safety_first": 0.14, "immigration_worry": 0.05, "delay": 0.10,
    "civil_route": 0.04, "evidence": 0.06,
}  # fmt: skip
REASON_NOT_CODED = 0.15
HAPPENED_IN_BOROUGH = 0.85
WHO_OF: dict[str, Weights] = {
    "youth_violence": {
        "stranger": 0.35, "friend_or_peer": 0.2, "group_or_gang": 0.25, "acquaintance": 0.2,
    },
    "idva": {
        "intimate": 0.45, "married": 0.25, "parents_of_child": 0.15, "relative": 0.13,
        "civil_partners": 0.02,
    },
    "sexual_violence": {
        "acquaintance": 0.45, "stranger": 0.2, "intimate": 0.25, "professional": 0.1,
    },
}  # fmt: skip
SUSPECT_KNOWN = {"youth_violence": 0.35, "idva": 0.97, "sexual_violence": 0.7}
ALLEGED_IS_A_CLIENT = 0.10  # of the known ones in youth violence


def invent_incident(
    rng: Random, harm: Harm, domestic: bool, person: Identity, on: date, until: date
) -> IncidentTold:
    theme = "sexual_violence" if harm.offence in SEXUAL else "youth_violence"
    theme = "domestic_abuse" if domestic and theme != "sexual_violence" else theme
    reported = rng.random() < REPORTED[theme]
    outcome, outcome_on = _outcome(rng, theme, on, until) if reported else ("", None)
    injury = _injury(rng, harm)
    place = pick(rng, PLACES_AT_HOME if domestic or theme == "sexual_violence" else PLACES)
    return IncidentTold(
        on=on,
        offence=harm.offence,
        ward=_ward(rng, person, place),
        place_type=place,
        weapon=_weapon(rng, harm),
        injury=injury,
        hospital=injury in {"admitted", "life_threatening"}
        or (injury == "treated" and rng.random() < 0.6),
        domestic=domestic,
        reported=reported,
        crime_number=f"{rng.randrange(10**7):07}/{on:%y}" if reported else "",
        outcome=outcome,
        outcome_on=outcome_on,
        no_outcome_reasons=_reasons(rng, reported, outcome),
        victim_told=rng.random() < 0.7 if outcome not in {"", "0"} else None,
        description=tell(
            rng, episode_words.INCIDENTS[harm.offence], person.given_name, at_home=domestic
        ),
    )


def invent_alleged(rng: Random, service: str, clients: list[Identity]) -> AllegedTold:
    """Who is said to have done it; `clients` are people we support who may be named here too."""
    relationship = pick(rng, WHO_OF[service])
    standing = rng.choice(("current", "former")) if service == "idva" else "not_known"
    sex = "male" if rng.random() < 0.88 else "female"
    if rng.random() >= SUSPECT_KNOWN[service]:
        return AllegedTold(
            known=False, given_name="", family_name="", sex="not_known",
            relationship=relationship, standing=standing, client=None,
        )  # fmt: skip
    if service == "youth_violence" and clients and rng.random() < ALLEGED_IS_A_CLIENT:
        other = rng.choice(clients)
        return AllegedTold(
            known=True, given_name=other.given_name, family_name=other.family_name,
            sex=other.sex, relationship=relationship, standing=standing, client=other.number,
            date_of_birth=other.date_of_birth,
        )  # fmt: skip
    name = pick_name(rng, rng.choice(list(CULTURES_OF)), sex)
    return AllegedTold(
        known=True, given_name=name.given, family_name=name.family, sex=sex,
        relationship=relationship, standing=standing, client=None,
    )  # fmt: skip


def _outcome(rng: Random, theme: str, on: date, until: date) -> tuple[str, date | None]:
    """The criminal-justice outcome and its day; "0" while there is none."""
    found_on = on + timedelta(days=int(rng.lognormvariate(4.4, 0.7)))
    detected = rng.random() < DETECTED[theme]
    outcome = pick(rng, DETECTIONS if detected else NO_DETECTIONS)
    if theme == "domestic_abuse" and outcome in NO_SUSPECT:
        outcome = rng.choice(("15", "16"))
    return (outcome, found_on) if found_on <= until else ("0", None)


def _reasons(rng: Random, reported: bool, outcome: str) -> tuple[str, ...]:
    if outcome in {"0", *DETECTIONS} or rng.random() < REASON_NOT_CODED:
        return ()
    first = "no_suspect" if outcome in NO_SUSPECT else pick(rng, NO_OUTCOME)
    if not reported:
        return tuple(dict.fromkeys(("not_reported", first)))
    return (first, "not_told") if rng.random() < 0.2 else (first,)


def _injury(rng: Random, harm: Harm) -> str:
    if harm.knife_injury:
        return pick(rng, KNIFE_INJURIES)
    return pick(rng, INJURIES.get(harm.offence, {"none": 0.8, "minor": 0.2}))


def _weapon(rng: Random, harm: Harm) -> str:
    if harm.knife_injury:
        return "knife"
    return pick(rng, WEAPONS_OF_ROBBERY if harm.offence == "personal_robbery" else WEAPONS)


def _ward(rng: Random, person: Identity, place: str) -> str:
    if place == "own_home":
        return person.ward
    if place == "online":
        return "not_known"
    return pick(rng, WARDS) if rng.random() < HAPPENED_IN_BOROUGH else "outside"
