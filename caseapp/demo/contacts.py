"""Inventing contact notes: tried and made, fact apart from opinion."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from caseapp.demo import note_words, surroundings
from caseapp.demo.borough import Weights, pick
from caseapp.demo.lives import Identity, NoteTold
from caseapp.demo.period import day_between, working_day
from caseapp.demo.telling import tell

# Ours, all of them.
TYPES: dict[str, Weights] = {
    "youth_violence": {
        "phone_call": 0.24, "text_message": 0.14, "community_meeting": 0.16, "school_visit": 0.12,
        "home_visit": 0.10, "agency_contact": 0.10, "multi_agency_meeting": 0.05, "court": 0.02,
        "hospital_visit": 0.03, "supervision": 0.03, "case_record": 0.01,
    },
    "idva": {
        "phone_call": 0.38, "text_message": 0.10, "office_meeting": 0.12, "video_call": 0.06,
        "email": 0.06, "home_visit": 0.03, "agency_contact": 0.14, "multi_agency_meeting": 0.04,
        "court": 0.04, "supervision": 0.02, "case_record": 0.01,
    },
    "sexual_violence": {
        "phone_call": 0.34, "office_meeting": 0.22, "text_message": 0.10, "email": 0.08,
        "video_call": 0.08, "court": 0.06, "agency_contact": 0.10, "supervision": 0.02,
    },
}  # fmt: skip
ABOUT_THE_CASE = {"agency_contact", "multi_agency_meeting", "supervision", "case_record"}
FAILS = 0.22
LONGEST_NOTE = 4_800  # characters; the form takes 5,000


def invent_notes(
    rng: Random, person: Identity, service: str, reached_on: date | None, opened: date, until: date
) -> tuple[NoteTold, ...]:
    """Notes in order of time. Before `reached_on`, or for ever where it is None, no luck."""
    told = []
    for day in _days(rng, reached_on, opened, until):
        reached = reached_on is not None and day >= reached_on
        if reached and (day == reached_on or rng.random() >= FAILS):
            told.append(_made(rng, person, service, day, first=day == reached_on))
        else:
            told.append(_tried(rng, person, day))
    return tuple(sorted(told, key=lambda note: note.at))


def _days(rng: Random, reached_on: date | None, opened: date, until: date) -> Iterator[date]:
    if reached_on is None:
        yield opened
        for _ in range(rng.randint(1, 3)):
            day = working_day(day_between(rng, opened, opened + timedelta(days=21)))
            if day <= until:
                yield day
        return
    if reached_on > opened and rng.random() < 0.5:
        yield opened
    day = reached_on
    while day <= until:
        yield day
        day = working_day(day + timedelta(days=rng.randint(6, 34)))


def _made(rng: Random, person: Identity, service: str, day: date, *, first: bool) -> NoteTold:
    type_ = "phone_call" if first else pick(rng, TYPES[service])
    with_person = type_ not in ABOUT_THE_CASE
    action, due = _next_action(rng, day)
    return NoteTold(
        at=_at(rng, day),
        type=type_,
        contact_outcome="successful" if with_person else "not_a_contact",
        minutes=rng.choice((5, 10, 15, 20, 30, 45, 60, 90)),
        fact=_fact(rng, person, service, type_),
        opinion=tell(rng, note_words.OPINIONS, person.given_name) if rng.random() < 0.35 else "",
        with_whom="" if with_person else rng.choice(list(surroundings.AGENCIES.values())),
        safe_to_talk=True,
        third_party=not with_person or rng.random() < 0.1,
        next_action=action,
        next_action_on=due,
    )


def _tried(rng: Random, person: Identity, day: date) -> NoteTold:
    type_, outcome, sentence = rng.choice(note_words.NO_CONTACT)
    action, due = _next_action(rng, day)
    return NoteTold(
        at=_at(rng, day),
        type=type_,
        contact_outcome=outcome,
        minutes=None,
        fact=tell(rng, (sentence,), person.given_name),
        opinion="",
        with_whom="",
        safe_to_talk=False if outcome == "not_safe" else None,
        third_party=False,
        next_action=action,
        next_action_on=due,
    )


def _fact(rng: Random, person: Identity, service: str, type_: str) -> str:
    name = person.given_name
    is_about = type_ in ABOUT_THE_CASE
    facts = note_words.ABOUT if is_about else note_words.FACTS[service]
    middle = note_words.ABOUT if is_about else note_words.MIDDLES
    told = " ".join(
        dict.fromkeys(
            (
                tell(rng, note_words.OPENINGS[type_], name),
                *(tell(rng, facts, name) for _ in range(rng.choice((1, 1, 2, 3)))),
                tell(rng, middle, name),
                tell(rng, note_words.ENDINGS, name),
            )
        )
    )
    chance = rng.random()
    if chance < 0.04 and person.first_language in note_words.OWN_TONGUE:
        told += "\n\n" + note_words.OWN_TONGUE[person.first_language]
    if chance > 0.995:  # somebody always writes it all down
        told = _very_long(rng, told, service, name)
    return told


def _very_long(rng: Random, told: str, service: str, name: str) -> str:
    while len(told) < LONGEST_NOTE - 400:
        fact = tell(rng, note_words.FACTS[service], name)
        told += f"\n\n{fact} {tell(rng, note_words.MIDDLES, name)}"
    return told


def _next_action(rng: Random, day: date) -> tuple[str, date | None]:
    if rng.random() >= 0.3:
        return "", None
    due = working_day(day + timedelta(days=rng.randint(1, 14)))
    return tell(rng, note_words.NEXT_ACTIONS), due


def _at(rng: Random, day: date) -> datetime:
    moment = time(rng.choices(range(8, 19), (1, 4, 6, 6, 5, 3, 5, 6, 6, 4, 2))[0])
    return datetime.combine(day, moment, tzinfo=UTC) + timedelta(minutes=rng.randrange(60))
