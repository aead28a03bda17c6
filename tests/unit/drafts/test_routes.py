"""Who is given the key of their drafts, and when the browser is told to remove one."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.drafts.keys import draft_key
from tests.cast import Cast
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
NOTE = {"contact": "office_spoke", "fact": "We talked about the bus stop."}


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def new_note(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/notes/new"


def token_of(client: FlaskClient) -> str:
    return hidden_fields(client.get("/account"))["csrf_token"]


@pytest.mark.parametrize("person", ["assigned_advocate", "analyst", "administrator"])
def test_each_person_is_given_their_own_key_and_it_is_never_cached(
    app: Flask, cast: Cast, client_of: ClientOf, person: str
) -> None:
    client = client_of(person)
    answer = client.post("/drafts/key", headers={"X-CSRFToken": token_of(client)})
    assert answer.data == draft_key(app.extensions["vault"], cast.actors[person].user_id)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_long_form_carries_its_draft_and_a_short_one_does_not(
    advocate: FlaskClient, cast: Cast, new_note: str
) -> None:
    assert 'name="draft"' in advocate.get(new_note).text
    short = advocate.get(f"/cases/{cast.case_id}/flags/new/slcn").text
    search = advocate.get("/cases/search").text
    assert 'name="draft"' not in search
    assert ("<textarea" in short) == ('name="draft"' in short)


def test_no_form_for_a_stranger_keeps_a_draft(app: Flask) -> None:
    assert "data-never-drafted" not in app.test_client().get("/sign-in").text


def test_a_form_that_was_taken_has_its_draft_removed_by_the_next_page(
    advocate: FlaskClient, new_note: str
) -> None:
    draft = str(uuid4())
    assert send(advocate, new_note, **NOTE, draft=draft).status_code == 302
    assert f'<meta name="settled-drafts" content="{draft}">' in advocate.get("/cases").text


def test_a_form_that_was_refused_keeps_its_draft_and_its_name(
    advocate: FlaskClient, new_note: str
) -> None:
    draft = str(uuid4())
    refused = send(advocate, new_note, **{**NOTE, "fact": ""}, draft=draft)
    assert refused.status_code == 422
    assert hidden_fields(refused)["draft"] == draft
    assert "settled-drafts" not in advocate.get("/cases").text


def test_a_redirect_that_stored_nothing_removes_no_draft(
    advocate: FlaskClient, new_note: str
) -> None:
    """As when somebody else was quicker, and the page only leads to what they did."""
    first, second = str(uuid4()), str(uuid4())
    sent = {**hidden_fields(advocate.get(new_note)), **NOTE}
    assert advocate.post(new_note, data={**sent, "draft": first}).status_code == 302
    assert advocate.post(new_note, data={**sent, "draft": second}).status_code == 302
    assert first in advocate.get("/cases").text
    assert second not in advocate.get("/cases").text


@pytest.mark.parametrize("draft", ["", "x", "<script>alert(1)</script>", "1" * 32, "\x00"])
def test_what_is_no_draft_is_passed_over(advocate: FlaskClient, new_note: str, draft: str) -> None:
    assert send(advocate, new_note, **NOTE, draft=draft).status_code == 302
    assert "settled-drafts" not in advocate.get("/cases").text


def test_the_newest_twenty_are_remembered(advocate: FlaskClient, new_note: str) -> None:
    drafts = [str(uuid4()) for _ in range(22)]
    for draft in drafts:
        send(advocate, new_note, **NOTE, draft=draft)
    page = advocate.get("/cases").text
    assert [draft in page for draft in drafts] == [False] * 2 + [True] * 20


def test_nobody_else_is_told_which_drafts_are_settled(
    advocate: FlaskClient, client_of: ClientOf, new_note: str
) -> None:
    send(advocate, new_note, **NOTE, draft=str(uuid4()))
    assert "settled-drafts" not in client_of("manager").get("/cases").text
