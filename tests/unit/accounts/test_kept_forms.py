"""A form that is sent after its session has ended is kept for its owner, and for nobody else."""

import html
import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.contacts.models import Note
from caseapp.database import db
from tests.cast import Cast
from tests.visits import give_second_factor, hidden_fields, is_signed_in, send, sign_in

TYPED = 'She said: "not at home".\r\nمرحبا <b>&amp;'
ANSWERS = {
    "contact": "phone_spoke",
    "fact": TYPED,
    "on-day": "2",
    "on-month": "6",
    "on-year": "2026",
    "at": "9:30am",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-06-02 09:00Z", tick=True) as clock:
        yield clock


@pytest.fixture
def path(app: Flask, cast: Cast) -> str:
    for name in ("assigned_advocate", "colleague"):
        give_second_factor(app, cast.actors[name])
    return f"/cases/{cast.case_id}/notes/new"


@pytest.fixture
def sent(
    client: FlaskClient, cast: Cast, path: str, clock: time_machine.Traveller
) -> dict[str, str]:
    """The advocate opened a form, was away for sixteen minutes, and sent it."""
    sign_in(client, cast.email("assigned_advocate"))
    sent = {**hidden_fields(client.get(path)), **ANSWERS}
    clock.shift(16 * 60)
    assert client.post(path, data=sent).location == "/sign-in"
    return sent


def resent(page: str) -> dict[str, str]:
    """The fields of the form that saves what was kept, as a browser would send them."""
    form = page.split('class="app-kept-form"')[1].split("</form>")[0]
    pairs = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form, re.DOTALL)
    return {name: html.unescape(value) for name, value in pairs}


def stored_facts(app: Flask) -> list[str]:
    with app.app_context():
        return [note.body.fact for note in db.session.scalars(select(Note))]


@pytest.mark.usefixtures("sent")
def test_the_sign_in_page_says_that_what_was_typed_is_kept_and_shows_none_of_it(
    client: FlaskClient,
) -> None:
    page = client.get("/sign-in").text
    assert "What you typed is kept" in page
    assert "not at home" not in page


@pytest.mark.usefixtures("sent")
def test_its_owner_reads_it_again_after_signing_in(client: FlaskClient, cast: Cast) -> None:
    assert sign_in(client, cast.email("assigned_advocate")).location == "/account/kept-form"
    assert TYPED in html.unescape(client.get("/account/kept-form").text)


def test_saving_it_from_there_stores_it_once_and_forgets_it(
    app: Flask, client: FlaskClient, cast: Cast, path: str, sent: dict[str, str]
) -> None:
    assert stored_facts(app) == []
    sign_in(client, cast.email("assigned_advocate"))
    page = client.get("/account/kept-form").text
    assert f'action="{path}"' in page
    again = resent(page)
    assert again["csrf_token"] != sent["csrf_token"]
    assert {**again, "csrf_token": ""} == {**sent, "csrf_token": ""}
    assert client.post(path, data=again).location == f"/cases/{cast.case_id}"
    assert stored_facts(app) == [TYPED.replace("\r\n", "\n")]
    assert client.get("/account/kept-form").location == "/"


def test_it_stays_kept_while_an_answer_is_still_wrong(
    client: FlaskClient, cast: Cast, path: str, sent: dict[str, str]
) -> None:
    sign_in(client, cast.email("assigned_advocate"))
    again = resent(client.get("/account/kept-form").text)
    assert client.post(path, data={**again, "on-year": "3026"}).status_code == 422
    assert client.get("/account/kept-form").status_code == 200


@pytest.mark.usefixtures("sent")
def test_somebody_else_who_signs_in_there_never_sees_it(client: FlaskClient, cast: Cast) -> None:
    assert sign_in(client, cast.email("colleague")).location != "/account/kept-form"
    assert client.get("/account/kept-form").location == "/"
    assert "not at home" not in client.get("/account/kept-form", follow_redirects=True).text


@pytest.mark.usefixtures("sent")
def test_what_waits_for_one_is_dropped_when_another_signs_in(
    client: FlaskClient, cast: Cast, clock: time_machine.Traveller
) -> None:
    sign_in(client, cast.email("colleague"))
    send(client, "/sign-out", shown_at="/account")
    clock.shift(60)
    assert sign_in(client, cast.email("assigned_advocate")).location != "/account/kept-form"


@pytest.mark.usefixtures("sent")
def test_nobody_is_led_on_to_the_page_of_the_one_before(client: FlaskClient, cast: Cast) -> None:
    assert sign_in(client, cast.email("colleague")).location == "/today"


def test_asking_whether_the_server_is_there_ends_nothing(
    client: FlaskClient, cast: Cast, path: str, clock: time_machine.Traveller
) -> None:
    """The browser asks before it sends; the form that follows is still its owner's."""
    sign_in(client, cast.email("assigned_advocate"))
    sent = {**hidden_fields(client.get(path)), **ANSWERS}
    clock.shift(16 * 60)
    assert client.options("/drafts/key").status_code == 200
    client.post(path, data=sent)
    assert sign_in(client, cast.email("assigned_advocate")).location == "/account/kept-form"


@pytest.mark.usefixtures("sent")
def test_it_waits_while_its_owner_is_called_away_again(
    client: FlaskClient, cast: Cast, clock: time_machine.Traveller
) -> None:
    clock.shift(50 * 60)
    assert sign_in(client, cast.email("assigned_advocate")).location == "/account/kept-form"


@pytest.mark.usefixtures("sent")
def test_it_can_be_thrown_away(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.email("assigned_advocate"))
    send(client, "/account/kept-form/discard", shown_at="/account/kept-form")
    assert client.get("/account/kept-form").location == "/"


def test_nothing_is_kept_of_a_form_from_nobody(client: FlaskClient, path: str) -> None:
    assert client.post(path, data=ANSWERS).location == "/sign-in"
    assert "What you typed is kept" not in client.get("/sign-in").text


@pytest.mark.parametrize(
    ("sent_to", "answers"),
    [
        ("/account/password", {"present_password": "one two three", "new_password": "four five"}),
        ("/account/second-factor", {"secret_code": "123456"}),
    ],
)
def test_a_password_or_code_that_was_sent_too_late_is_not_kept(
    client: FlaskClient,
    cast: Cast,
    path: str,
    clock: time_machine.Traveller,
    sent_to: str,
    answers: dict[str, str],
) -> None:
    sign_in(client, cast.email("assigned_advocate"))
    clock.shift(16 * 60)
    client.post(sent_to, data={**answers, "note": "what was typed beside it"})
    assert "What you typed is kept" not in client.get("/sign-in").text


def test_another_site_cannot_plant_a_form_for_a_session_that_ended(
    client: FlaskClient, cast: Cast, path: str, clock: time_machine.Traveller
) -> None:
    sign_in(client, cast.email("assigned_advocate"))
    clock.shift(16 * 60)
    planted = client.post(path, data=ANSWERS, headers={"Sec-Fetch-Site": "same-site"})
    assert planted.status_code == 400
    assert "What you typed is kept" not in client.get("/sign-in").text


def test_a_form_of_more_than_a_megabyte_is_not_kept_and_nothing_breaks(
    client: FlaskClient, cast: Cast, path: str, clock: time_machine.Traveller
) -> None:
    sign_in(client, cast.email("assigned_advocate"))
    clock.shift(16 * 60)
    assert client.post(path, data={"fact": "x" * 3_000_000}).location == "/sign-in"
    assert client.get("/sign-in").status_code == 200
    assert not is_signed_in(client)


def test_a_page_that_was_asked_for_is_shown_after_signing_in(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    assert client.get(path).location == "/sign-in"
    assert sign_in(client, cast.email("assigned_advocate")).location == path


def test_no_query_is_carried_through_the_sign_in(client: FlaskClient, cast: Cast) -> None:
    client.get("/cases?whose=team&note=Zalika")
    page = client.get("/sign-in")
    assert "Zalika" not in page.text
