"""The attacker knows ids that are not theirs, and puts them where their own belong: into addresses,
and into the hidden id that a form gives to the record it makes."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.database import db, transaction
from caseapp.imports.kept_rows import rows_path
from tests.architecture.permission_matrix import Door, doors, fill_in
from tests.attacks.typist import Typist
from tests.cast import Cast, open_a_case
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.visits import hidden_fields

FILES = {"attachments.add_attachment": lambda word: ("a.txt", word.encode())}
SHEET = b"First name,Surname,DOB,Opened,Risk\nWren,Ashdown,27/3/2009,1 May 2026,High\n"
# What a case has once, or what is told of two cases, and so has no such form of its own.
FEW = 12


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
        kept = rows_path(taken)
    before = kept.read_bytes()
    client = signed_in_client(app, cast.other_manager)
    for content in (SHEET, b"no sheet at all"):
        sent = {**hidden_fields(client.get("/imports")), "record_id": str(taken)}
        answer = client.post("/imports", data={**sent, "file": (BytesIO(content), "a.csv")})
        assert answer.status_code == 409
        assert kept.read_bytes() == before
