"""The app as a whole: one commit a request, and failures that store nothing and lose nothing."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from caseapp.audit.models import AuditEntry
from caseapp.contacts.models import Note
from caseapp.database import db
from tests.cast import Cast
from tests.homes import signed_in_client

FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}  # as every browser says by itself
TEXT = "She said that the man at number forty is back."


def note_form(client: FlaskClient, path: str, fact: str = TEXT) -> dict[str, str]:
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return {
        "csrf_token": found[1],
        "record_id": str(uuid4()),
        "contact": "phone_spoke",
        "fact": fact,
        "on-day": "2",
        "on-month": "11",
        "on-year": "2026",
        "at": "10:30",
    }


def counts(app: Flask) -> tuple[int, int]:
    with app.app_context():
        notes = db.session.scalar(select(func.count()).select_from(Note))
        entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
        assert notes is not None
        assert entries is not None
        return notes, entries


def test_a_form_sent_twice_makes_one_note(each_engine: tuple[Flask, Cast]) -> None:
    app, cast = each_engine
    client = signed_in_client(app, cast.assigned_advocate)
    path = f"/cases/{cast.case_id}/notes/new"
    form = note_form(client, path)
    assert client.post(path, data=form).status_code == 302
    assert client.post(path, data=form).status_code == 302
    assert counts(app)[0] == 1


def test_a_full_disk_stores_nothing_and_gives_the_text_back(app: Flask, cast: Cast) -> None:
    client = signed_in_client(app, cast.assigned_advocate)
    path = f"/cases/{cast.case_id}/notes/new"
    form = note_form(client, path, TEXT * 400)
    before = counts(app)
    with app.app_context():
        db.engine.dispose()
        connection = db.session.connection()
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        db.session.rollback()  # the limit stays with the one connection of the pool
    response = client.post(path, data=form, headers=FROM_OUR_PAGE)
    assert response.status_code == 503
    assert TEXT in response.get_data(as_text=True)
    with app.app_context():
        db.engine.dispose()
    assert counts(app) == before


def test_ten_megabytes_of_pasted_text_are_refused_kindly(app: Flask, cast: Cast) -> None:
    client = signed_in_client(app, cast.assigned_advocate)
    path = f"/cases/{cast.case_id}/notes/new"
    form = note_form(client, path, "x" * 10_000_000)
    response = client.post(path, data=form)
    assert response.status_code == 413
    assert "Nothing was saved" in response.get_data(as_text=True)
    assert counts(app)[0] == 0


def test_a_text_over_the_limit_comes_back_whole_with_the_message_beside_it(
    app: Flask, cast: Cast
) -> None:
    client = signed_in_client(app, cast.assigned_advocate)
    path = f"/cases/{cast.case_id}/notes/new"
    typed = "word " * 5_000
    response = client.post(path, data=note_form(client, path, typed))
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "20,000 characters" in page
    assert typed.strip() in page


@pytest.mark.parametrize(
    ("day", "message"),
    [("31", "must be a real date"), ("abc", "must"), ("", "must include a day")],
)
def test_an_impossible_date_is_told_beside_its_field(
    client_of: Callable[[str], FlaskClient], cast: Cast, day: str, message: str
) -> None:
    client = client_of("assigned_advocate")
    path = f"/cases/{cast.case_id}/notes/new"
    form = note_form(client, path) | {"on-day": day, "on-month": "2"}
    response = client.post(path, data=form)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert message in page
    assert TEXT in page


def test_two_tabs_that_save_one_record_meet_on_a_page_with_both_texts(
    client_of: Callable[[str], FlaskClient], cast: Cast
) -> None:
    client = client_of("assigned_advocate")
    path = f"/cases/{cast.case_id}/person/edit"
    first = hidden_and_answers(client.get(path).get_data(as_text=True))
    saved = client.post(path, data=first | {"school": "The first tab's school"})
    assert saved.status_code == 302
    met = client.post(path, data=first | {"school": "The second tab's school"})
    page = met.get_data(as_text=True)
    assert met.status_code == 409
    assert "The first tab's school".replace("'", "&#39;") in page
    assert "The second tab's school".replace("'", "&#39;") in page


def hidden_and_answers(page: str) -> dict[str, str]:
    """The hidden fields, and the answers that the cast's person needs, as a browser sends them."""
    hidden = dict(re.findall(r'name="(csrf_token|record_id|revision)"[^>]*value="([^"]*)"', page))
    return hidden | {
        "given_name": "Zalika",
        "family_name": "Quillfeather",
        "date_of_birth-day": "27",
        "date_of_birth-month": "3",
        "date_of_birth-year": "2009",
        "sex": "female",
        "ethnicity": "black_caribbean",
        "ward": "E05009394",
        "residence": "in_borough",
    }
