"""The attacker knows ids that are not theirs, and puts them where their own belong: into addresses,
and into the hidden id that a form gives to the record it makes."""

import os
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.database import db, transaction
from caseapp.imports.kept_rows import rows_path
from tests.architecture.permission_matrix import Door, doors, fill_in
from tests.attacks.typist import Typist
from tests.cast import Cast, open_a_case
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.visits import hidden_fields

FILES = {"attachments.add_attachment": lambda word: ("a.txt", word.encode())}
SHEET = b"First name,Surname,DOB,Opened,Risk\nWren,Ashdown,27/3/2009,1 May 2026,High\n"
FEW = 12
# Of the six thousand swaps of each person, one in so many; EVERY_SWAP=1 tries them all.
EVERY = int(os.environ.get("EVERY_SWAP", "16"))
UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SECRET = "Hiddenwood"


@pytest.fixture(scope="module")
def app(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("house") / "home")
    with running_app(open_app(settings)) as app:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        yield app


@pytest.fixture(scope="module")
def found(app: Flask, peopled_home: tuple[Path, Cast]) -> list[Door]:
    return doors(app, fill_in(app, peopled_home[1]))


def rows_of(app: Flask) -> dict[str, dict[Any, Any]]:
    """Every row of every table that has an id, but what each visit adds to."""
    with app.app_context():
        return {
            table.name: {row.id: tuple(row) for row in db.session.execute(select(table))}
            for table in db.metadata.sorted_tables
            if "id" in table.c and table.name not in {"browser_sessions", "audit_entries"}
        }


def test_no_record_is_made_under_the_id_of_somebody_elses(
    app: Flask, cast: Cast, found: list[Door]
) -> None:
    """Each form of a case is sent for one's own case, then by a stranger for theirs with the same
    hidden id: it is refused, and not a byte of the first is changed."""
    with app.app_context(), transaction():
        theirs = str(open_a_case(cast.other_team, given_name="Somebody").id)
    own, other = (signed_in_client(app, a) for a in (cast.assigned_advocate, cast.other_team))
    answers: dict[str, int] = {}
    for door in found:
        if (
            door.method != "POST"
            or door.rule.count("<uuid:") != 1
            or "<uuid:case_id>" not in door.rule
        ):
            continue
        typist, before, new_id = Typist(app, FILES), rows_of(app), uuid4()
        typist.given[door.endpoint] = {"record_id": str(new_id)}
        typist.fill_in(own, door.path, door.endpoint)
        after = rows_of(app)
        if not any(new_id in after[name] and new_id not in before[name] for name in after):
            continue  # it makes no record
        answer = typist.fill_in(other, door.path.replace(str(cast.case_id), theirs), door.endpoint)
        answers[door.rule] = answer.status_code
        assert rows_of(app) == after, door.rule
    assert set(answers.values()) == {409}, answers
    assert len(answers) >= FEW


def test_nobody_sends_a_spreadsheet_over_that_of_another_team(
    app: Flask, cast: Cast, found: list[Door]
) -> None:
    (taken,) = rows_of(app)["case_imports"]
    with app.app_context():
        folder = rows_path(taken).parent
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert before
    client = signed_in_client(app, cast.other_manager)
    for content in (SHEET, b"no sheet at all"):
        sent = {**hidden_fields(client.get("/imports")), "record_id": str(taken)}
        answer = client.post("/imports", data={**sent, "file": (BytesIO(content), "a.csv")})
        assert answer.status_code == 409
        assert {path: path.read_bytes() for path in folder.iterdir()} == before


def swapped(path: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(address with one of its ids taken from elsewhere, the same with one that is nowhere)."""
    for match in UUID_TEXT.finditer(path):
        missing = f"{path[: match.start()]}{uuid4()}{path[match.end() :]}"
        for other in ids:
            if other != match[0]:
                yield f"{path[: match.start()]}{other}{path[match.end() :]}", missing


def told_by(answer: TestResponse) -> tuple[int, bytes]:
    return answer.status_code, UUID_TEXT.sub("id", answer.text).encode()


@pytest.mark.parametrize("person", ["assigned_advocate", "manager", "other_manager"])
def test_an_id_from_elsewhere_answers_in_an_address_as_one_that_is_nowhere(
    app: Flask, cast: Cast, found: list[Door], person: str
) -> None:
    """Of another case of one's own, of another team, of another kind: every id of the house in
    every place of every address that takes one."""
    client = signed_in_client(app, cast.actors[person])
    with app.app_context(), transaction():
        theirs = open_a_case(cast.other_team, given_name=SECRET)
        theirs_too = {str(theirs.id), str(theirs.person_id)}
    newest = {str(rows_id) for rows in rows_of(app).values() for rows_id in list(rows)[-2:]}
    tried, told_apart = 0, []
    for start, door in enumerate(door for door in found if door.method == "GET"):
        nowhere: dict[str, tuple[int, bytes]] = {}
        for path, missing in islice(
            swapped(door.path, sorted(newest | theirs_too)), start % EVERY, None, EVERY
        ):
            answer, tried = client.get(path, buffered=True), tried + 1
            place = missing.split(UUID_TEXT.findall(missing)[0])[0]
            if answer.status_code >= 400:
                nowhere.setdefault(place, told_by(client.get(missing, buffered=True)))
                told_apart += [path] if told_by(answer) != nowhere[place] else []
            if SECRET.encode() in answer.data and person != "other_manager":
                told_apart.append(path)
    assert told_apart == []
    assert tried > 4_000 // EVERY
