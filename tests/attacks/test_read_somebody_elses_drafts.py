"""The key of the drafts is all that stands before them: every way to get at another's is tried."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.accounts import actions
from caseapp.accounts.models import User
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.drafts.keys import draft_key
from caseapp.web.sessions import ABSOLUTE_SECONDS, IDLE_SECONDS
from tests.architecture.permission_matrix import doors, fill_in
from tests.cast import Cast
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
OUR_SCRIPT = {
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def token(advocate: FlaskClient) -> str:
    return hidden_fields(advocate.get("/account"))["csrf_token"]


def ask(client: FlaskClient, token: str, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/drafts/key", headers={**OUR_SCRIPT, "X-CSRFToken": token, **named})


def key_of(app: Flask, cast: Cast) -> bytes:
    return draft_key(app.extensions["vault"], cast.assigned_advocate.user_id)


def test_a_script_of_our_own_page_is_given_the_key(
    app: Flask, cast: Cast, advocate: FlaskClient, token: str
) -> None:
    assert ask(advocate, token).data == key_of(app, cast)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Mode": "navigate"},
        {"Sec_Fetch_Mode": "no-cors"},
        {"Sec_Fetch_Mode": "websocket"},
        {"Sec_Fetch_Dest": "document"},
        {"Sec_Fetch_Dest": "iframe"},
        {"Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Dest": "script"},
    ],
)
def test_nothing_but_a_script_of_our_own_page_is_given_it(
    app: Flask, cast: Cast, advocate: FlaskClient, token: str, headers: dict[str, str]
) -> None:
    answer = ask(advocate, token, **headers)
    assert answer.status_code == 400
    assert key_of(app, cast) not in answer.data


def test_no_page_of_another_origin_may_read_the_answer(advocate: FlaskClient, token: str) -> None:
    answer = ask(advocate, token, Origin="https://evil.example")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert [name for name, _ in answer.headers if name.startswith("Access-Control")] == []


@pytest.mark.parametrize("wrong", ["", "nonsense"])
def test_without_the_token_of_the_session_there_is_no_key(
    advocate: FlaskClient, wrong: str
) -> None:
    assert ask(advocate, wrong).status_code == 400


def test_the_token_of_another_session_is_no_help(
    advocate: FlaskClient, client_of: ClientOf
) -> None:
    theirs = hidden_fields(client_of("colleague").get("/account"))["csrf_token"]
    assert ask(advocate, theirs).status_code == 400


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_no_other_way_of_asking_is_answered(advocate: FlaskClient, method: str) -> None:
    assert getattr(advocate, method)("/drafts/key").status_code in {400, 405}


def test_a_stranger_is_sent_to_the_sign_in_page(app: Flask) -> None:
    answer = ask(app.test_client(), "")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


@pytest.mark.parametrize("seconds", [IDLE_SECONDS + 1, ABSOLUTE_SECONDS + 1])
def test_a_session_that_is_over_is_given_nothing(
    advocate: FlaskClient, token: str, seconds: int
) -> None:
    with time_machine.travel(now() + timedelta(seconds=seconds)):
        assert ask(advocate, token).status_code == 303


def test_after_signing_out_the_old_cookie_is_given_nothing(
    app: Flask, advocate: FlaskClient, token: str
) -> None:
    cookie = advocate.get_cookie("caseapp")
    assert cookie
    send(advocate, "/sign-out", shown_at="/account")
    thief = app.test_client()
    thief.set_cookie("caseapp", cookie.value)
    assert ask(thief, token).status_code == 303


@pytest.mark.parametrize("end", [actions.end_all_sessions, actions.disable_user])
def test_an_account_whose_sessions_were_ended_is_given_nothing(
    app: Flask, cast: Cast, advocate: FlaskClient, token: str, end: Callable[..., Any]
) -> None:
    with app.app_context(), transaction():
        user = db.session.get_one(User, cast.assigned_advocate.user_id)
        end(user) if end is actions.end_all_sessions else end(user, cast.administrator)
    assert ask(advocate, token).status_code == 303


def test_no_address_asks_for_the_key_of_somebody_else(
    app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    """Neither an argument nor a field names whose key it is: the session does."""
    manager = client_of("manager")
    token = hidden_fields(manager.get("/account"))["csrf_token"]
    user_id = str(cast.assigned_advocate.user_id)
    answer = manager.post(
        f"/drafts/key?user_id={user_id}",
        data={"csrf_token": token, "user_id": user_id},
        headers=OUR_SCRIPT,
    )
    assert answer.data == draft_key(app.extensions["vault"], cast.manager.user_id)


def test_the_key_stands_on_no_page(app: Flask, cast: Cast, advocate: FlaskClient) -> None:
    key = key_of(app, cast)
    forms = [b64encode(key[:30]), urlsafe_b64encode(key[:30]), key[:32].hex().encode(), key[:16]]
    pages = [door.path for door in doors(app, fill_in(app, cast)) if door.method == "GET"]
    for path in pages:
        page = advocate.get(path, buffered=True)
        seen = page.data + repr(list(page.headers)).encode()
        assert [form for form in forms if form in seen] == [], path
    assert len(pages) > 20
