"""Browser sessions: how long they last, and what lies in the database."""

import typing
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask, session
from flask.testing import FlaskClient
from sqlalchemy import func, select

from caseapp.database import db, transaction
from caseapp.web.looking_again import BY_ITSELF
from caseapp.web.sessions import (
    ABSOLUTE_SECONDS,
    IDLE_SECONDS,
    STRANGER_SECONDS,
    BrowserSession,
    StoredSession,
    end_sessions,
    sweep_sessions,
)
from tests.cast import Cast
from tests.homes import signed_in_client

MINUTE = 60


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-05-04 09:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    return signed_in_client(app, cast.assigned_advocate)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def rows(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(BrowserSession)) or 0


def test_fifteen_minutes_without_a_request_end_a_session(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    clock.shift(IDLE_SECONDS)
    assert is_signed_in(client)
    clock.shift(IDLE_SECONDS + 1)
    assert not is_signed_in(client)


def test_a_page_that_looks_again_by_itself_keeps_no_session_alive(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    assert is_signed_in(client)
    for _ in range(IDLE_SECONDS // MINUTE):
        clock.shift(MINUTE)
        assert client.get("/account", headers={BY_ITSELF: "yes"}).status_code == 200
    clock.shift(1)
    assert not is_signed_in(client)


def test_a_session_that_ended_stays_ended_when_the_cookie_is_sent_again(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    token = client.get_cookie("caseapp")
    assert token is not None
    clock.shift(IDLE_SECONDS + 1)
    assert not is_signed_in(client)
    client.set_cookie("caseapp", token.value)
    assert not is_signed_in(client)


def test_eight_hours_end_even_a_busy_session(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    for _ in range(ABSOLUTE_SECONDS // (10 * MINUTE)):
        assert is_signed_in(client)
        clock.shift(10 * MINUTE)
    clock.shift(1)
    assert not is_signed_in(client)


def test_work_at_a_steady_pace_keeps_a_session_alive(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    for _ in range(8):
        clock.shift(14 * MINUTE)
        assert is_signed_in(client)


def test_reading_the_styles_of_a_page_keeps_no_session_alive(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    for _ in range(4):
        clock.shift(5 * MINUTE)
        client.get("/static/caseapp.css").close()
    assert not is_signed_in(client)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.get_cookie("caseapp")
    assert cookie is not None
    answer = client.application.test_client().get("/sign-in")
    set_cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    assert "Expires" not in set_cookie
    assert "Domain" not in set_cookie


def test_a_token_that_we_never_gave_is_nobody(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("caseapp", "0" * 43)
    assert not is_signed_in(client)


def test_neither_the_token_nor_the_content_lies_in_the_database(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    cookie = client.get_cookie("caseapp")
    assert cookie is not None
    with app.app_context():
        stored = db.session.execute(select(BrowserSession.token_hash, BrowserSession.content)).one()
    for secret in (cookie.value, str(cast.assigned_advocate.user_id), "_user_id"):
        assert secret.encode() not in bytes(stored.token_hash) + bytes(stored.content)


def test_content_that_was_put_under_another_token_is_not_believed(app: Flask, cast: Cast) -> None:
    """Somebody who can write to the database gives their own session a manager's content."""
    mine = signed_in_client(app, cast.colleague)
    signed_in_client(app, cast.manager)
    with app.app_context(), transaction():
        found = {row.user_id: row for row in db.session.scalars(select(BrowserSession))}
        found[cast.colleague.user_id].content = found[cast.manager.user_id].content
    assert not is_signed_in(mine)


def test_ending_the_sessions_of_one_leaves_those_of_others(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    other = signed_in_client(app, cast.colleague)
    with app.app_context(), transaction():
        assert end_sessions(cast.assigned_advocate.user_id) == 1
    assert not is_signed_in(client)
    assert is_signed_in(other)


def test_sweeping_keeps_live_sessions_and_deletes_what_nobody_can_use(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller
) -> None:
    app.test_client().get("/sign-in")
    clock.shift(2 * 60 * MINUTE)
    app.test_client().get("/sign-in")
    with app.app_context(), transaction():
        sweep_sessions()
    assert rows(app) == 2  # the one that ended lately is still known by its owner
    clock.shift(23 * 60 * MINUTE)
    with app.app_context(), transaction():
        sweep_sessions()
    assert rows(app) == 0


def test_a_stranger_keeps_the_sign_in_page_for_an_hour(
    app: Flask, clock: time_machine.Traveller
) -> None:
    stranger = app.test_client()
    stranger.get("/sign-in")
    clock.shift(STRANGER_SECONDS)
    assert "Set-Cookie" not in stranger.get("/sign-in").headers
    clock.shift(STRANGER_SECONDS + 1)
    assert "Set-Cookie" in stranger.get("/sign-in").headers


def test_an_empty_session_writes_nothing(app: Flask) -> None:
    with app.test_client().get("/static/caseapp.css") as answer:
        assert "Set-Cookie" not in answer.headers
    assert rows(app) == 0


def test_renewing_changes_the_token_and_keeps_the_content(app: Flask, client: FlaskClient) -> None:
    before = client.get_cookie("caseapp")
    assert before is not None

    with app.test_request_context("/", headers={"Cookie": f"caseapp={before.value}"}):
        session["kept"] = "yes"
        typing.cast(StoredSession, session).renew()
        answer = app.process_response(app.make_response(""))
    token = answer.headers["Set-Cookie"].split(";")[0].partition("=")[2]
    assert token != before.value
    assert not is_signed_in(client)
    client.set_cookie("caseapp", token)
    assert is_signed_in(client)
