"""Taking a plan out as a PDF: who may, what is audited and refused, what the paper says."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import page as pdf_checker
import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.documents.problems import RenderTookTooLong
from caseapp.prints import printing
from tests.cast import Cast
from tests.unit.plans.conftest import WritePlan
from tests.visits import send

pytestmark = pytest.mark.usefixtures("own_printer")

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def plan_url(app: Flask, cast: Cast, write_plan: WritePlan) -> str:
    with app.app_context():
        version = write_plan(home="I go to my aunt.", online="مرحبا")
        return f"/cases/{cast.case_id}/plans/{version.plan_id}"


@pytest.fixture
def unsafe_url(app: Flask, cast: Cast, write_plan: WritePlan) -> str:
    with app.app_context():
        version = write_plan("domestic_abuse", copy_is_safe=False, at_home="Back door.")
        return f"/cases/{cast.case_id}/plans/{version.plan_id}"


def printed(app: Flask) -> list[dict[str, object]]:
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.kind == "plan_printed")
        return [json.loads(entry.detail) for entry in db.session.scalars(query)]


@pytest.mark.parametrize("who", ["assigned_advocate", "manager"])
def test_a_plan_leaves_as_a_pdf_with_a_neutral_name(
    client_of: ClientOf, app: Flask, plan_url: str, who: str
) -> None:
    answer = client_of(who).get(f"{plan_url}/plan.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="my-plan.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert pdf_checker.validate_pdf_bytes(answer.data, profile="ua1").is_compliant
    assert printed(app) == [{"version": 1}]


def test_the_paper_says_what_was_written_and_names_nobody(
    client_of: ClientOf, plan_url: str
) -> None:
    answer = client_of("manager").get(f"{plan_url}/plan.pdf")
    with pypdfium2.PdfDocument(answer.data) as document:
        text = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)
        assert document.get_metadata_dict()["Title"] == "My plan"
    assert "I go to my aunt." in text
    assert "مرحبا" in text
    assert "Worker on home" in text
    assert "5 May 2026" in text  # written at half past eleven in the evening, UTC
    assert "1 June 2026" in text
    assert "Quillfeather" not in text
    assert "Zalika" not in text


def test_an_unsafe_copy_asks_for_a_reason_first(
    client_of: ClientOf, app: Flask, unsafe_url: str
) -> None:
    client = client_of("manager")
    answer = client.get(f"{unsafe_url}/plan.pdf")
    assert (answer.status_code, answer.location) == (302, f"{unsafe_url}/print")
    assert "not safe for the person to keep a copy" in client.get(answer.location).text
    refused = send(client, f"{unsafe_url}/print", copy_reason="")
    assert refused.status_code == 422
    assert "Choose why you print it" in refused.text
    assert send(client, f"{unsafe_url}/print", copy_reason="made up").status_code == 422
    assert printed(app) == []


def test_a_reason_lets_an_unsafe_copy_out_and_is_audited(
    client_of: ClientOf, app: Flask, unsafe_url: str
) -> None:
    answer = send(client_of("manager"), f"{unsafe_url}/print", copy_reason="read_together")
    assert answer.data.startswith(b"%PDF")
    assert printed(app) == [{"version": 1, "copy_reason": "read_together"}]


def test_no_reason_is_asked_where_a_copy_is_safe(client_of: ClientOf, plan_url: str) -> None:
    answer = client_of("manager").get(f"{plan_url}/print")
    assert (answer.status_code, answer.location) == (302, f"{plan_url}/plan.pdf")


def test_a_paper_that_cannot_be_made_is_said_and_the_plan_stays(
    client_of: ClientOf, plan_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(_paper: object) -> bytes:
        raise RenderTookTooLong

    monkeypatch.setattr(printing, "print_plan", too_long)
    client = client_of("manager")
    answer = client.get(f"{plan_url}/plan.pdf")
    assert answer.status_code == 503
    assert RenderTookTooLong.sentence in answer.text
    assert "I go to my aunt." in client.get(plan_url).text


def test_no_lock_is_held_while_the_paper_is_made(
    client_of: ClientOf, app: Flask, cast: Cast, plan_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes while this one prints: with a lock held they would wait for us, and
    here we wait for them."""
    colleague = client_of("colleague")
    answers = {"contact": "phone_spoke", "fact": "She is well."}
    statuses: list[int] = []

    def write_meanwhile(_paper: object) -> bytes:
        path = f"/cases/{cast.case_id}/notes/new"
        note = elsewhere.submit(send, colleague, path, **answers, **_now())
        statuses.append(note.result(timeout=20).status_code)
        return b"%PDF"

    monkeypatch.setattr(printing, "print_plan", write_meanwhile)
    manager = client_of("manager")
    with ThreadPoolExecutor(1) as elsewhere:
        assert manager.get(f"{plan_url}/plan.pdf").data == b"%PDF"
    assert statuses == [302]


def _now() -> dict[str, str]:
    return {"on-day": "4", "on-month": "5", "on-year": "2026", "at": "10:00"}
