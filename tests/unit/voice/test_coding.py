"""An open answer is masked and put into themes by one person, and then nobody reads what it was."""

import html

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from caseapp.audit.models import AuditEntry
from caseapp.database import db, read_snapshot, transaction
from caseapp.surveys.actions import release_batch
from caseapp.surveys.queries import Heard, open_answers
from caseapp.surveys.responses import OpenAnswer
from caseapp.surveys.traces import wipe
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.unit.voice.conftest import ClientOf, Release, answers, code, next_answer
from tests.unit.voice.test_routes import words

TEXT = "My worker Sagal rang me on 07700 900 123. sagal never gave up, and zalika too."
OPEN = OpenAnswer(
    number=0, response=0, questionnaire="exit", question="what_helped", language="en", text=TEXT
)


def stored(app: Flask) -> list[Heard]:
    with app.app_context(), read_snapshot() as session:
        return open_answers(session)


@pytest.fixture
def place(analyst: FlaskClient, release: Release) -> str:
    """The address of an answer that names a worker."""
    release("2026-05", answers(10), TEXT)
    return next_answer(analyst)


def test_the_list_says_how_many_wait_and_repeats_no_word(analyst: FlaskClient, place: str) -> None:
    page = words(analyst.get("/voice/answers"))
    assert "May 2026" in page
    assert "At the end" in page
    assert "Sagal" not in page


def test_names_and_numbers_are_marked_and_ticked(analyst: FlaskClient, place: str) -> None:
    page = html.unescape(analyst.get(place).text)
    for name in ("Sagal", "07700 900 123", "sagal"):
        assert f"<mark>{name}</mark>" in page
    assert page.count("checked") == 2


def test_an_answer_that_names_the_worker_is_kept_without_the_name(
    app: Flask, analyst: FlaskClient, place: str
) -> None:
    sent = code(analyst, place, more=["zalika"], helped=["same_worker", "being_believed"])
    assert sent.status_code == 302
    (kept,) = stored(app)
    assert kept.answer.text == (
        "My worker [hidden] rang me on [hidden]. [hidden] never gave up, and [hidden] too."
    )
    assert kept.answer.is_coded
    assert kept.response.helped == ("being_believed", "same_worker")
    assert analyst.get(place).status_code == 404
    assert "No answer waits" in words(analyst.get("/voice/answers"))


def test_what_is_unticked_stays(app: Flask, analyst: FlaskClient, place: str) -> None:
    code(analyst, place, hidden=["0"], helped=["same_worker"])
    (kept,) = stored(app)
    assert "07700 900 123" in kept.answer.text
    assert "agal" not in kept.answer.text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"more": "nobody of this name", "helped": "same_worker"}, "is not in the answer"),
        ({"more": "zalika"}, "Choose what helped"),
        ({"helped": "a theme of mine"}, "from the list"),
        ({"hidden": "7", "helped": "same_worker"}, "from the list"),
    ],
)
def test_a_wrong_answer_is_named_and_the_text_stays_as_it_was(
    app: Flask, analyst: FlaskClient, place: str, typed: dict[str, str], message: str
) -> None:
    sent = code(analyst, place, **{name: [each] for name, each in typed.items()})
    assert sent.status_code == 422
    assert message in words(sent)
    assert typed.get("more", "") in sent.text
    assert [each.answer.text for each in stored(app)] == [TEXT]


def test_the_community_may_say_what_fits_no_theme(
    app: Flask, analyst: FlaskClient, release: Release
) -> None:
    release("2026-05", answers(10, stage="community"), "A sign at the door.")
    assert code(analyst, next_answer(analyst)).status_code == 302
    assert [each.answer.text for each in stored(app)] == ["A sign at the door."]


def test_markup_and_formulas_are_words_like_others(analyst: FlaskClient, release: Release) -> None:
    release("2026-05", answers(10), "=cmd()<script>alert(1)</script>")
    page = analyst.get(next_answer(analyst)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_audit_learns_that_somebody_coded_and_not_what_was_said(
    app: Flask, analyst: FlaskClient, place: str
) -> None:
    code(analyst, place, more=["zalika"], helped=["same_worker"])
    with app.app_context():
        wanted = select(AuditEntry).where(AuditEntry.kind == "answers_coded")
        entry = db.session.scalars(wanted).one()
        assert entry.detail == '{"month":"2026-05"}'


def test_nobody_but_the_coder_reads_an_answer(client_of: ClientOf, place: str) -> None:
    for name in ("assigned_advocate", "manager", "administrator"):
        assert client_of(name).get(place).status_code == 404


def test_what_was_hidden_is_wiped_from_older_rows_on_either_engine(
    each_engine: tuple[Flask, Cast],
) -> None:
    app, cast = each_engine
    with app.app_context(), transaction():
        release_batch("2026-05", answers(10), [OPEN])
    analyst = signed_in_client(app, cast.analyst)
    assert code(analyst, next_answer(analyst), helped=["same_worker"]).status_code == 302
    with app.app_context():
        assert app.extensions["survey_wiper"].timer is not None
        assert wipe()
        if db.engine.dialect.name == "postgresql":
            cleared = (
                "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'survey_batches'"
            )
            with db.engine.connect() as connection:
                assert connection.scalar(text(cleared)) > 0
