"""The aim: to answer without a code, with one twice, or so often that nobody else can; and to find
what somebody answered anywhere but in the sealed box."""

import logging
import secrets
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.surveys import stack, waiting
from caseapp.surveys.codes import Facts, bearer_of, draw
from caseapp.surveys.padding import open_padded
from tests.cast import Cast
from tests.surveyed import fill_in, give

GUESSES, GIVEN = 10_000, 500
PREVIEWS = 20
FACTS = Facts(questionnaire="exit", version=1, stage="exit")
SAID = "=cmd|'/C calc'!A0 <script>alert('zebra 5417')</script>"


def guess() -> str:
    return "".join(secrets.choice(stack.ALPHABET) for _ in range(stack.LENGTH))


def box() -> tuple[waiting.Waiting, ...]:
    content = db.session.scalar(select(waiting.BOXES.c.content))
    db.session.rollback()
    return open_padded(waiting.LABEL, content, waiting.Box).waiting if content else ()


def audit_entries() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def code(app: Flask, cast: Cast) -> str:
    return give(app, cast, FACTS)


def test_ten_thousand_guesses_open_nothing_though_hundreds_of_codes_are_out(app: Flask) -> None:
    with app.app_context():
        given = draw(FACTS, GIVEN)
        db.session.commit()
        assert {type(bearer_of(each)).__name__ for each in given[:20]} == {"Bearer"}
        found = [each for each in (guess() for _ in range(GUESSES)) if stack.look_up(each)]
    assert found == []


def test_whoever_floods_the_pages_is_held_up_and_another_at_that_address_is_not(
    app: Flask, code: str, stranger: FlaskClient
) -> None:
    answers = Counter(stranger.post("/s", data={"code": guess()}).status_code for _ in range(2_000))
    assert answers[429] > 0.9 * answers.total()
    assert set(answers) <= {303, 429}
    fill_in(app.test_client(), code, secrets.SystemRandom(), "after the flood")
    with app.app_context():
        assert [each.said[0][2] for each in box()] == ["after the flood"]


def test_one_code_sends_only_so_many_pages_and_takes_no_page_from_another(
    app: Flask, cast: Cast, code: str, stranger: FlaskClient
) -> None:
    assert stranger.post(f"/s/{code}").status_code == 303
    sent = {"question": "feels_safer", "answer": "agree", "go": "stay"}
    answers = Counter(stranger.post("/s/questions/1", data=sent).status_code for _ in range(1_000))
    assert answers[429] > 0.7 * answers.total()
    fill_in(app.test_client(), give(app, cast, FACTS), secrets.SystemRandom(), "another")
    with app.app_context():
        assert [each.said[0][2] for each in box()] == ["another"]


def test_twenty_previews_leave_a_link_as_good_as_it_was(
    app: Flask, code: str, stranger: FlaskClient
) -> None:
    for _ in range(PREVIEWS):
        assert stranger.get(f"/s/{code}").status_code == 200
        assert stranger.head(f"/s/{code}").status_code == 200
    fill_in(stranger, code, secrets.SystemRandom(), "once")
    with app.app_context():
        assert [each.said[0][2] for each in box()] == ["once"]


def test_a_code_answers_once_however_many_browsers_hold_it_open(
    app: Flask, code: str, stranger: FlaskClient
) -> None:
    early = app.test_client()
    assert early.post(f"/s/{code}").status_code == 303
    fill_in(stranger, code, secrets.SystemRandom(), "first")
    late = early.post("/s/end", data={"go": "send"})
    assert "used" in late.headers["Location"]
    assert "used" in stranger.post(f"/s/{code}").headers["Location"]
    with app.app_context():
        assert [each.said[0][2] for each in box()] == ["first"]


def test_an_answer_and_its_code_are_in_no_log_no_audit_no_session_and_no_file(
    app: Flask, code: str, stranger: FlaskClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with app.app_context():
        before = audit_entries()
    fill_in(stranger, code, secrets.SystemRandom(), SAID)
    with app.app_context():
        assert audit_entries() == before
        assert [each.said[0][2] for each in box()] == [SAID]
    assert [each for each in (code, "zebra", "/s/") if each in caplog.text] == []
    for secret in (code.encode(), b"zebra", b"strongly_agree"):
        files = [each for each in (tmp_path / "home").rglob("*") if each.is_file()]
        assert files
        assert [each.name for each in files if secret in each.read_bytes()] == []
    assert stranger.get_cookie("session") is None


def test_markup_and_formulas_come_back_to_their_writer_as_words(
    code: str, stranger: FlaskClient
) -> None:
    assert stranger.post(f"/s/{code}").status_code == 303
    said = {"question": "what_helped", "said": SAID, "go": "next"}
    assert stranger.post("/s/questions/7", data=said).status_code == 303
    page = stranger.get("/s/end").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
