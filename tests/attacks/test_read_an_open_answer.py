"""The aim: to read what somebody wrote before the coder hid who it is about, or after.

The answer names the worker, and holds a script and a formula. Only the page of the coder has it;
the disk, the logs, the temporary files and what a browser keeps have nothing of it.
"""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from caseapp.audit.models import AuditEntry
from caseapp.database import db, read_snapshot, transaction
from caseapp.surveys.actions import release_batch
from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.responses import OpenAnswer
from caseapp.surveys.traces import wipe
from caseapp.web.sessions import IDLE_SECONDS, BrowserSession
from tests.attacks.byte_search import ByteSearch
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.shown_forms import shown_form, with_answers
from tests.unit.voice.conftest import answers

WORKER, SECOND, UNSAID = "Quernvexilda", "zarblindakor", "plumbaxtreme"
SCRIPT, FORMULA = "<script>alert('quernscript')</script>", '=HYPERLINK("quernformula")'
TEXT = f"{FORMULA} {WORKER} believed me {SCRIPT} and so did {SECOND} each week"
MASKED = f'=[hidden]("quernformula") [hidden] believed me {SCRIPT} and so did [hidden] each week'
WORDS = (WORKER, SECOND, "quernscript", "quernformula", "each week")
LISTED = "/voice/answers"
Disk = tuple[Flask, Path]


@pytest.fixture
def disk(
    peopled_home: tuple[Path, Cast], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Disk]:
    """A home in which the answer waits; its logs and temporary files lie beside it."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    log, root = logging.FileHandler(tmp_path / "every.log"), logging.getLogger()
    monkeypatch.setattr(root, "level", logging.DEBUG)
    root.addHandler(log)
    with running_app(open_app(copy_home(peopled_home[0], tmp_path / "home"))) as app:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        with app.app_context(), transaction():
            release_batch("2026-05", answers(10), said(TEXT, *["It helped."] * 9))
        yield app, tmp_path
    root.removeHandler(log)
    log.close()


def said(*texts: str) -> list[OpenAnswer]:
    return [
        OpenAnswer(
            number=0, response=place, questionnaire="exit", question="what_helped",
            language="en", text=text,
        )
        for place, text in enumerate(texts)
    ]  # fmt: skip


@pytest.fixture
def coder(disk: Disk, cast: Cast) -> FlaskClient:
    return signed_in_client(disk[0], cast.analyst)


@pytest.fixture
def place(disk: Disk) -> str:
    """The address of the answer."""
    with disk[0].app_context(), read_snapshot() as session:
        batch = session.scalars(select(SurveyBatch)).one()
        number = next(each.number for each in batch.head.said if WORKER in each.text)
        return f"{LISTED}/{batch.id}/{number}"


def code(client: FlaskClient, place: str, **typed: Any) -> int:
    form = with_answers(shown_form(client.get(place)), helped="being_believed", **typed)
    return client.post(place, data=form).status_code


def code_all(client: FlaskClient, place: str) -> None:
    assert code(client, place, more=SECOND) == 302
    while left := client.get(LISTED).text.partition(f'href="{LISTED}/')[2]:
        assert code(client, f"{LISTED}/{left.split(chr(34))[0]}") == 302


def assert_lies_sealed(folder: Path, *words: str) -> None:
    assert ByteSearch([*WORDS, *words]).found_under(folder) == {}


def test_an_answer_that_waits_lies_sealed_and_only_its_coder_meets_it(
    disk: Disk, coder: FlaskClient, cast: Cast, place: str
) -> None:
    app, folder = disk
    page = coder.get(place).text
    assert WORKER in page
    assert "<script>alert" not in page
    for path in (LISTED, "/voice", "/voice/results.csv", "/voice/findings", "/audit"):
        assert [word for word in WORDS if word in coder.get(path).text] == []
    for who in ("assigned_advocate", "manager", "other_manager", "administrator"):
        client = signed_in_client(app, cast.actors[who])
        assert client.get(place).status_code == 404
        for path in ("/voice", "/voice/results.csv", "/voice/findings"):
            assert [word for word in WORDS if word in client.get(path).text] == []
    assert_lies_sealed(folder)


def test_what_was_hidden_can_be_read_by_nobody_again_even_with_the_key(
    disk: Disk, coder: FlaskClient, place: str
) -> None:
    app, folder = disk
    code_all(coder, place)
    assert coder.get(place).status_code == 404
    with app.app_context():
        with read_snapshot() as session:
            batch = session.scalars(select(SurveyBatch)).one()
            kept = [each.text for each in batch.head.said]
        assert sorted(kept) == sorted([MASKED, *["It helped."] * 9])
        assert app.extensions["survey_wiper"].timer is not None  # older rows go in a few seconds
        assert wipe()
    logs = [path for path in folder.rglob("*-wal") if path.stat().st_size]
    assert logs == []  # no older row lies where the key would open it
    assert_lies_sealed(folder)


def test_the_masked_words_are_read_as_words_and_never_run(
    disk: Disk, coder: FlaskClient, cast: Cast, place: str
) -> None:
    """They are on the page alone: the file has shares, and its cells begin with no sign of ours."""
    code_all(coder, place)
    client = signed_in_client(disk[0], cast.assigned_advocate)
    page = client.get("/voice").text
    assert "&lt;script&gt;alert(" in page
    assert "<script>alert" not in page
    assert WORKER not in page
    assert SECOND not in page
    file = client.get("/voice/results.csv").text
    assert "quern" not in file
    assert [line for line in file.splitlines() if line.lstrip('\ufeff"')[:1] in "=+-@"] == []


def test_what_the_coder_typed_and_was_refused_lies_nowhere(
    disk: Disk, coder: FlaskClient, place: str
) -> None:
    assert code(coder, place, more=UNSAID) == 422
    assert "data-never-drafted" not in coder.get(place).text  # nor is there a draft of it
    assert_lies_sealed(disk[1], UNSAID)


def test_what_was_typed_too_late_is_kept_sealed(disk: Disk, coder: FlaskClient, place: str) -> None:
    app, folder = disk
    form = with_answers(shown_form(coder.get(place)), more=SECOND)
    earlier = BrowserSession.seen - IDLE_SECONDS - 60
    with app.app_context(), transaction():
        db.session.execute(update(BrowserSession).values(seen=earlier))
    sent = coder.post(place, data=form)
    assert sent.status_code in {302, 303}
    assert SECOND not in sent.text
    assert_lies_sealed(folder)


def test_a_fault_while_an_answer_is_read_repeats_no_word_of_it(
    disk: Disk, coder: FlaskClient, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str, *_: object) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr("caseapp.voice.coding_routes.point_out", fail)
    answer = coder.get(place)
    assert answer.status_code == 500
    assert [word for word in WORDS if word in answer.text] == []
    assert_lies_sealed(disk[1])


def test_neither_the_audit_nor_a_finding_repeats_an_answer(
    disk: Disk, coder: FlaskClient, place: str
) -> None:
    code_all(coder, place)
    with disk[0].app_context():
        told = db.session.scalars(select(AuditEntry.detail)).all()
        assert [each for each in told for word in WORDS if word in each] == []
