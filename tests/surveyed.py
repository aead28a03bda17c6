"""A home in which many synthetic people were given a code and answered, one after the other."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.database import transaction
from caseapp.surveys.codes import Facts, draw
from caseapp.surveys.faults import sweep_surveys
from tests.cast import Cast

POINTS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "rather_not_say")
MIDDLE = 15
ITEMS = ("feels_safer", "knows_help", "listened_to")


@dataclass(frozen=True)
class DiaryEntry:
    """What the worker who gave the code knows: whom, when, with which facts and which code."""

    person: int
    given: datetime
    facts: Facts
    code: str
    answered: bool


def some_facts(chance: random.Random) -> Facts:
    """Facts as uneven as they are in life: some are shared by many, some by one or two."""
    service, theme = chance.choices(
        [("idva", "domestic_abuse"), ("youth_violence", "youth_violence"),
         ("sexual_violence", "sexual_violence")],
        weights=[6, 3, 1],
    )[0]  # fmt: skip
    return Facts(
        questionnaire="exit",
        version=1,
        stage="exit",
        service=service,
        theme=(theme,),
        justice_outcome=chance.choices(["yes", "no", "not_said"], weights=[2, 6, 2])[0],
        age_band=chance.choices(["under_25", "over_24", "not_said"], weights=[3, 6, 1])[0],
        sex=chance.choices(["female", "male", "not_said"], weights=[7, 2, 1])[0],
        ethnicity=chance.choices(
            ["white", "black", "asian", "mixed", "other", "not_said"], weights=[8, 4, 3, 2, 1, 2]
        )[0],
    )


def keep_a_diary(
    app: Flask,
    cast: Cast,
    people: int,
    *,
    start: datetime,
    days: int,
    seed: int,
    look: Callable[[], object] = lambda: None,
) -> list[DiaryEntry]:
    """Give each person a code, in order; most answer on the spot, through the pages. The server
    sweeps every day; `look` is called in the middle of each month."""
    chance, client = random.Random(seed), app.test_client()
    diary: list[DiaryEntry] = []
    with time_machine.travel(start, tick=False) as clock:
        for person in range(people):
            clock.move_to(start + timedelta(days=days) * person / people)
            if not diary or diary[-1].given.date() != now().date():
                with app.app_context():
                    sweep_surveys()
                if now().day == MIDDLE:
                    look()
            facts, answers = some_facts(chance), chance.random() < 0.9
            code = give(app, cast, facts)
            diary.append(DiaryEntry(person, now(), facts, code, answers))
            if answers:
                clock.shift(timedelta(minutes=3))
                fill_in(client, code, chance, f"person {person:04}")
    return diary


def give(app: Flask, cast: Cast, facts: Facts) -> str:
    with app.app_context(), transaction():
        code = draw(facts)[0]
        record(Kind.SURVEY_GIVEN, actor=cast.actors["assigned_advocate"])
    return code


def fill_in(client: FlaskClient, code: str, chance: random.Random, words: str = "") -> None:
    """Answer by chance. `words` are only there to tell afterwards whose answers these are."""
    assert client.post(f"/s/{code}").status_code == 303
    for number, item in enumerate(ITEMS, 1):
        sent = {"question": item, "answer": chance.choice(POINTS), "go": "next"}
        assert client.post(f"/s/questions/{number}", data=sent).status_code == 303
    said = {"question": "what_helped", "said": words, "go": "next"}
    assert client.post("/s/questions/7", data=said).status_code == 303
    assert client.post("/s/end", data={"go": "send"}).headers["Location"].startswith("/s/thanks")
