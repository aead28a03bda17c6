"""A colleague, somebody who broke the glass, and everybody further off want to know who is alleged
to have done it: every page, paper, list, search and refusal is looked through for the name."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from caseapp.break_glass.actions import BY_REFERENCE, break_glass
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from tests.architecture.permission_matrix import PEOPLE, Door, Visitors, doors, fill_in
from tests.attacks.typist import Typist
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.paper_words import words_on

House = tuple[Flask, Cast, list[Door]]
SHAPE = "ozymandrake{:04}"
MARK = "ozymandrake"
MAY_KNOW = ("assigned_advocate", "manager")
KEPT_FROM = [person for person in PEOPLE if person not in MAY_KNOW]
FILES = {"attachments.add_attachment": lambda word: ("a.txt", word.encode())}


class Accuser(Typist):
    """Types the mark of an alleged perpetrator wherever there is room for a word."""

    def word(self, shape: str = SHAPE) -> str:
        return super().word(shape)


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Everything about who did it is filled in by its own forms; the glass is broken."""
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("house") / "home")
    with running_app(open_app(settings)) as app:
        cast = peopled_home[1]
        found = doors(app, fill_in(app, cast))
        app.config["PROPAGATE_EXCEPTIONS"] = False
        client, shown = (
            signed_in_client(app, cast.assigned_advocate),
            {d.path for d in found if d.method == "GET"},
        )
        for door in found:
            if (
                door.endpoint.startswith("perpetrators.")
                and door.method == "POST"
                and door.path in shown
            ):
                Accuser(app, {}).fill_in(client, door.path, door.endpoint)
        with app.app_context(), transaction():
            case = db.session.get_one(Case, cast.case_id)
            words = "Her mother rang."
            break_glass(uuid4(), case, "danger_now", words, BY_REFERENCE, cast.other_team)
        yield app, cast, found


def tells(answer: TestResponse) -> bool:
    text = answer.get_data() + repr(list(answer.headers)).encode()
    if answer.mimetype == "application/pdf":
        text += words_on(answer.get_data()).encode()
    return MARK.encode() in text.lower()


def test_who_works_the_case_sees_it(house: House) -> None:
    """Otherwise the searches below look for what was never stored."""
    app, cast, found = house
    visitors = Visitors(app, cast)
    pages = [d for d in found if d.method == "GET"]
    told = {d.endpoint for d in pages if tells(visitors.visit("assigned_advocate", "GET", d.path))}
    assert {"perpetrators.list_perpetrators", "perpetrators.show_perpetrator"} <= told
    assert len(told) >= 5


@pytest.mark.parametrize("person", KEPT_FROM)
def test_no_page_tells_anybody_else(house: House, person: str) -> None:
    app, cast, found = house
    visitors = Visitors(app, cast)
    pages = [d for d in found if d.method == "GET"]
    answers = {d.rule: visitors.visit(person, "GET", d.path) for d in pages}
    assert [rule for rule, answer in answers.items() if tells(answer)] == []
    if person in {"colleague", "other_team"}:  # who broke the glass
        assert answers["/cases/<uuid:case_id>"].status_code == 200


@pytest.mark.parametrize("person", ["colleague", "other_team"])
def test_no_answer_to_a_form_tells_them(house: House, person: str) -> None:
    """Rightly filled in, and empty: what is refused, warned of, or filled in beforehand."""
    app, cast, found = house
    visitors = Visitors(app, cast)
    client, token = visitors.arrive(person)
    told, shown = [], {d.path for d in found if d.method == "GET"}
    for door in (door for door in found if door.method == "POST" and "sign" not in door.path):
        answers = [client.post(door.path, data={"csrf_token": token}, buffered=True)]
        if answers[0].status_code == 422 and door.path in shown:
            answers.append(Typist(app, FILES).fill_in(client, door.path, door.endpoint))
        told += [door.rule for answer in answers if tells(answer)]
    assert told == []


@pytest.mark.parametrize("person", ["colleague", "other_team"])
def test_no_search_finds_somebody_by_who_hurt_them(house: House, person: str) -> None:
    app, cast, _ = house
    client, token = Visitors(app, cast).arrive(person)
    for path in ("/cases/search", "/notes/new"):
        found = client.post(path, data={"csrf_token": token, "text": MARK[:-2]})
        assert not tells(found)
        assert str(cast.case_id) not in found.text
