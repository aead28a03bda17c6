"""The board's page as a browser without JavaScript sees it, and the same on paper."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.documents.printer import printer
from caseapp.documents.problems import RenderTookTooLong
from caseapp.strategy.actions import add_action, add_objective
from caseapp.strategy.models import ActionHead, ObjectiveHead
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.unit.documents.conftest import faults, text_of

LATE = date(2026, 5, 5)


@pytest.fixture
def analyst(board_app: Flask, cast: Cast) -> FlaskClient:
    return signed_in_client(board_app, cast.analyst)


@pytest.fixture
def late_action(board_app: Flask, cast: Cast) -> None:
    """One action of the plan that was due long ago."""
    head = ActionHead(
        title="Train <b>school</b> staff زينب", owner="Community safety", due_on=LATE, added_on=LATE
    )
    with board_app.test_request_context():
        objective = add_objective(uuid4(), ObjectiveHead(title="Schools"), cast.analyst)
        add_action(uuid4(), objective, head, cast.analyst)
        db.session.commit()


def test_the_board_says_until_when_and_shows_the_three_outcomes(analyst: FlaskClient) -> None:
    page = analyst.get("/board").text
    assert "up to the end of June 2026" in page
    assert "Those who commit violence are held to account" in page
    assert "Victims are supported to feel safe" in page
    assert "Communities most adversely affected are prioritised" in page


def test_what_nobody_signed_is_not_shown(analyst: FlaskClient) -> None:
    assert "July 2026" not in analyst.get("/board").text
    assert "July 2026" not in analyst.get("/board/victims-supported").text


def test_before_any_release_it_says_so(client_of: Callable[[str], FlaskClient]) -> None:
    page = client_of("analyst").get("/board")
    assert page.status_code == 200
    assert "No figures yet" in page.text
    assert "No figures yet" in client_of("manager").get("/board/held-to-account").text


def test_rates_stand_with_ratio_and_the_unknown_beside(analyst: FlaskClient) -> None:
    page = analyst.get("/board").text
    rates = page[page.index("Rates by ethnic group") :]
    for words in ("White", "Black, Black British", "Not known", "cases, no rate", "Times White"):
        assert words in rates


def test_an_overdue_action_is_named_and_its_words_stay_words(
    analyst: FlaskClient, late_action: None
) -> None:
    page = analyst.get("/board").text
    assert "1 overdue" in page
    assert "Train &lt;b&gt;school&lt;/b&gt; staff" in page
    assert "Community safety" in page


def test_an_outcome_shows_every_month_with_its_range_beside_the_bars(analyst: FlaskClient) -> None:
    page = analyst.get("/board/communities-prioritised").text
    for month in ("April 2026", "May 2026", "June 2026"):
        assert f">{month}</th>" in page
    assert "32. Cases of people in the priority wards" in page


def test_an_outcome_that_is_none_is_not_found(analyst: FlaskClient) -> None:
    assert analyst.get("/board/elsewhere").status_code == 404


def test_the_paper_passes_pdf_ua_and_says_what_the_page_says(
    analyst: FlaskClient, late_action: None
) -> None:
    answer = analyst.get("/board/board.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="figures.pdf"'
    assert faults(answer.data) == []
    words = " ".join(text_of(answer.data).split())
    assert "up to the end of June 2026" in words
    assert "July" not in words.replace("Printed on", "")
    assert "Train <b>school</b> staff" in words
    for number in range(1, 34):
        assert f" {number}. " in words


def test_the_paper_before_any_release_is_valid_too(
    client_of: Callable[[str], FlaskClient],
) -> None:
    answer = client_of("manager").get("/board/board.pdf")
    assert faults(answer.data) == []
    assert "No figures have been released yet" in text_of(answer.data)


def test_printing_is_audited_with_the_month_and_nothing_else(
    board_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    analyst.get("/board/board.pdf")
    with board_app.app_context():
        query = select(AuditEntry).where(AuditEntry.kind == "board_printed")
        (entry,) = db.session.scalars(query)
        assert entry.actor_id == cast.analyst.user_id
        assert entry.detail == '{"month":"2026-06"}'
        assert entry.reason == "analyst"


def test_a_printer_that_fails_leaves_the_page_and_says_why(
    analyst: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_html: str) -> bytes:
        raise RenderTookTooLong

    monkeypatch.setattr(printer, "print", fail)
    answer = analyst.get("/board/board.pdf")
    assert answer.status_code == 503
    assert "was not printed" in answer.text
    assert "Outcomes of the strategy" in answer.text


def test_it_reads_the_released_files_and_never_the_true_counts(
    board_app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """The rooms of cases, and what counts them, are not even imported by the board."""
    import caseapp.board

    folder = Path(caseapp.board.__file__).parent
    text = "".join(path.read_text() for path in folder.glob("*.py"))
    for room in ("caseapp.cases", "caseapp.people", "counting", "edition_of", ".counts"):
        assert room not in text
