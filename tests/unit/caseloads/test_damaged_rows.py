"""One row that cannot be opened: every list and search goes on, and shows it as what it is."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from caseapp.caseloads.case_rows import CANNOT_BE_OPENED
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from tests.cast import Cast, open_a_case
from tests.homes import open_app, running_app, signed_in_client
from tests.visits import hidden_fields, send

PAGES = ("/today", "/today/overdue", "/cases", "/cases?whose=team", "/cases?sort=name&whose=team")
DAMAGE = {
    "the person's head": "UPDATE people SET sealed_head = (SELECT sealed_head FROM cases LIMIT 1)"
    " WHERE id = :person",
    "the person's body": "UPDATE people SET sealed_body = (SELECT sealed_head FROM cases LIMIT 1)"
    " WHERE id = :person",
    "the case's head": "UPDATE cases SET sealed_head = (SELECT sealed_head FROM people LIMIT 1)"
    " WHERE id = :case",
    "the person's key": "DELETE FROM owner_keys WHERE owner_id = :person",
}


def damage(app: Flask, cast: Cast, what: str) -> None:
    ids = {"person": cast.person_id.hex, "case": cast.case_id.hex}
    statement = text(DAMAGE[what])
    with app.app_context(), transaction():
        open_a_case(cast.colleague, given_name="Whole", family_name="Quillan")
        db.session.execute(statement, {name: ids[name] for name in statement.compile().params})


def look_everywhere(app: Flask, cast: Cast) -> None:
    for name in ("assigned_advocate", "colleague", "manager", "other_team"):
        client = signed_in_client(app, cast.actors[name])
        for path in PAGES:
            assert client.get(path).status_code == 200, (name, path)
        assert send(client, "/cases/search", text="quill").status_code == 200, name
        assert send(client, "/notes/new", text="quill").status_code == 200, name


@pytest.mark.parametrize("what", DAMAGE)
def test_a_row_that_is_damaged_stops_no_list_and_no_search(
    app: Flask, cast: Cast, what: str
) -> None:
    with app.app_context():
        reference = db.session.get_one(Case, cast.case_id).head.reference
        db.session.rollback()
    look_everywhere(app, cast)  # what is in memory was read while all was well
    damage(app, cast, what)
    look_everywhere(app, cast)
    with running_app(open_app(app.extensions["settings"])) as fresh:
        look_everywhere(fresh, cast)
        client = signed_in_client(fresh, cast.manager)
        assert "Whole Quillan" in send(client, "/cases/search", text="quill").text
        assert_is_shown_as_what_it_is(client, cast, reference, is_listed="body" not in what)


def assert_is_shown_as_what_it_is(
    client: FlaskClient, cast: Cast, reference: str, *, is_listed: bool
) -> None:
    """The list has its line, which leads to the page of the case, and so has the reference."""
    for page in (client.get("/cases"), send(client, "/cases/search", text=reference)):
        assert f'href="/cases/{cast.case_id}"' in page.text
        assert (CANNOT_BE_OPENED in page.text) is is_listed
    assert "Whole Quillan" in client.get("/cases").text


def test_nobody_is_told_how_to_call_somebody_whose_safe_contact_cannot_be_read(
    app: Flask, client_of: Callable[[str], FlaskClient], cast: Cast
) -> None:
    client = client_of("assigned_advocate")
    assert "Do not leave a voicemail" in client.get("/today").text
    damage(app, cast, "the person's body")
    page = client.get("/today").text
    assert "Make first contact" in page
    assert CANNOT_BE_OPENED in page


def test_a_quick_note_passes_over_the_damaged_one(
    app: Flask, client_of: Callable[[str], FlaskClient], cast: Cast
) -> None:
    damage(app, cast, "the person's head")
    client = client_of("colleague")
    token = hidden_fields(client.get("/notes/new"))
    sent = {**token, "text": "quill"}
    page = client.post("/notes/new", data=sent, headers={"Accept": "application/json"})
    assert "Whole Quillan" in [case["name"] for case in (page.json or {})["cases"]]
