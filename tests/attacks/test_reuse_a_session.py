"""The attacker holds a cookie: planted before the sign-in, copied during it, or kept after it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.access.actors import Role
from caseapp.accounts import actions
from caseapp.accounts.models import User
from caseapp.accounts.passwords import hash_password
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.visits import (
    code_now,
    enter_code,
    enter_password,
    give_second_factor,
    hidden_fields,
    is_signed_in,
    send,
    shown_secret,
    sign_in,
)


@pytest.fixture
def email(app: Flask, cast: Cast) -> str:
    give_second_factor(app, cast.assigned_advocate)
    return cast.email("assigned_advocate")


def token_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("caseapp")
    assert cookie is not None
    return cookie.value


def holder_of(app: Flask, token: str) -> FlaskClient:
    """The attacker's browser, with somebody's token in it."""
    client = app.test_client()
    client.set_cookie("caseapp", token)
    return client


def test_a_token_planted_before_the_sign_in_is_worthless_after_it(app: Flask, email: str) -> None:
    attacker = app.test_client()
    attacker.get("/sign-in")
    victim = holder_of(app, token_of(attacker))
    sign_in(victim, email)
    assert is_signed_in(victim)
    assert not is_signed_in(attacker)
    assert token_of(victim) != token_of(attacker)


def test_a_token_planted_before_the_password_does_not_reach_the_step_for_the_code(
    app: Flask, email: str
) -> None:
    attacker = app.test_client()
    attacker.get("/sign-in")
    victim = holder_of(app, token_of(attacker))
    enter_password(victim, email)
    assert attacker.get("/sign-in/code").location == "/sign-in"


def test_a_token_copied_between_password_and_code_is_worthless_after_the_code(
    app: Flask, email: str
) -> None:
    victim = app.test_client()
    enter_password(victim, email)
    attacker = holder_of(app, token_of(victim))
    enter_code(victim, code_now())
    assert is_signed_in(victim)
    assert not is_signed_in(attacker)


def test_a_planted_session_does_not_choose_the_victims_second_factor(
    app: Flask, cast: Cast
) -> None:
    """The attacker begins a first sign-in of their own, reads the key, and plants the session."""
    attacker = app.test_client()
    enter_password(attacker, cast.email("analyst"))
    known = shown_secret(attacker.get("/sign-in/second-factor"))
    victim = holder_of(app, token_of(attacker))
    enter_password(victim, cast.email("manager"))
    assert shown_secret(victim.get("/sign-in/second-factor")) != known


def test_a_cookie_kept_after_signing_out_is_nobody(app: Flask, email: str) -> None:
    victim = app.test_client()
    sign_in(victim, email)
    attacker = holder_of(app, token_of(victim))
    assert is_signed_in(attacker)
    send(victim, "/sign-out", shown_at="/account")
    assert not is_signed_in(attacker)


@pytest.mark.parametrize(
    "deed",
    [
        lambda user, by: actions.disable_user(user, by),
        lambda user, by: actions.reset_second_factor(user, by),
        lambda user, by: actions.give_start_password(user, user.password_hash, by),
        lambda user, _: actions.change_password(user, user.password_hash),
        lambda user, _: actions.change_second_factor(user, "JBSWY3DPEHPK3PXP", 0),
        lambda user, _: actions.end_all_sessions(user),
    ],
    ids=["disabled", "factor reset", "start password", "password", "factor", "everywhere"],
)
def test_every_session_ends_at_its_next_request(app: Flask, cast: Cast, deed: object) -> None:
    stolen = [signed_in_client(app, cast.colleague) for _ in range(3)]
    assert all(is_signed_in(client) for client in stolen)
    assert callable(deed)
    with app.app_context(), transaction():
        deed(db.session.get_one(User, cast.colleague.user_id), cast.administrator)
    assert not any(is_signed_in(client) for client in stolen)


def test_a_session_does_not_keep_the_role_that_it_began_with(app: Flask, cast: Cast) -> None:
    client = signed_in_client(app, cast.administrator)
    assert client.get("/accounts").status_code == 200
    with app.app_context(), transaction():
        actions.create_user(
            "Second", "second@cast.example", Role.ADMINISTRATOR, None, hash_password("x")
        )
        user = db.session.get_one(User, cast.administrator.user_id)
        actions.change_user(
            user,
            name=user.head.name,
            email=user.head.email,
            role=Role.ANALYST,
            team=None,
            by=cast.administrator,
        )
    assert client.get("/accounts").status_code == 404
    assert is_signed_in(client)


def test_a_form_token_of_another_session_is_refused(app: Flask, cast: Cast) -> None:
    mine, theirs = (signed_in_client(app, cast.actors[n]) for n in ("colleague", "manager"))
    answer = send(theirs, "/account/password")  # so that both sessions have a token
    assert answer.status_code == 422
    stolen = signed_in_form_token(theirs)
    assert mine.post("/sign-out", data={"csrf_token": stolen}).status_code == 400
    assert is_signed_in(mine)


def signed_in_form_token(client: FlaskClient) -> str:
    return hidden_fields(client.get("/account"))["csrf_token"]
