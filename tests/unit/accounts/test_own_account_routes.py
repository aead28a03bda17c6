"""What people do with their own account."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.accounts.models import User
from caseapp.database import db
from tests.cast import PASSWORD, Cast
from tests.homes import signed_in_client
from tests.visits import (
    code_now,
    enter_code,
    enter_password,
    give_second_factor,
    is_signed_in,
    send,
    shown_secret,
    sign_in,
)

NEW_PASSWORD = "kettle harbour thistle mango"


@pytest.fixture
def email(app: Flask, cast: Cast) -> str:
    give_second_factor(app, cast.assigned_advocate)
    return cast.email("assigned_advocate")


@pytest.fixture
def client(app: Flask, cast: Cast, email: str) -> FlaskClient:
    """The advocate, signed in."""
    return signed_in_client(app, cast.assigned_advocate)


def test_the_account_page_shows_who_it_is_and_no_secret(client: FlaskClient, email: str) -> None:
    page = client.get("/account").text
    assert email in page
    assert "argon2" not in page
    assert "JBSW" not in page


def change_password(client: FlaskClient, present: str, new: str) -> int:
    return send(client, "/account/password", present_password=present, new_password=new).status_code


def test_a_password_is_changed_by_who_knows_the_present_one(
    app: Flask, client: FlaskClient, email: str
) -> None:
    assert change_password(client, "not the present one", NEW_PASSWORD) == 422
    assert enter_password(app.test_client(), email, NEW_PASSWORD).status_code == 422
    assert change_password(client, PASSWORD, NEW_PASSWORD) == 303
    assert enter_password(app.test_client(), email, PASSWORD).status_code == 422
    assert enter_password(app.test_client(), email, NEW_PASSWORD).status_code == 303


def test_changing_the_password_signs_out_everywhere_else_but_not_here(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    elsewhere = signed_in_client(app, cast.assigned_advocate)
    before = client.get_cookie("caseapp")
    assert change_password(client, PASSWORD, NEW_PASSWORD) == 303
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    after = client.get_cookie("caseapp")
    assert before is not None
    assert after is not None
    assert before.value != after.value


@pytest.mark.parametrize("new", ["short", "password1234", "assigned orchard violet", PASSWORD])
def test_a_weak_or_unchanged_password_is_refused(client: FlaskClient, new: str) -> None:
    assert change_password(client, PASSWORD, new) == 422


def test_signing_out_everywhere_ends_every_session(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    elsewhere = signed_in_client(app, cast.assigned_advocate)
    colleague = signed_in_client(app, cast.colleague)
    assert send(client, "/sign-out-everywhere", shown_at="/account").location == "/sign-in"
    assert not is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(colleague)


def secret_on(client: FlaskClient) -> str:
    return shown_secret(client.get("/account/second-factor"))


def test_a_new_phone_replaces_the_old_one(app: Flask, client: FlaskClient, email: str) -> None:
    secret = secret_on(client)
    answers = {"secret_code": code_now(secret), "present_password": PASSWORD}
    assert send(client, "/account/second-factor", **answers).status_code == 303
    assert is_signed_in(client)
    elsewhere = app.test_client()
    enter_password(elsewhere, email)
    assert enter_code(elsewhere, code_now()).status_code == 422  # the old phone
    assert enter_code(elsewhere, code_now(secret, later=30)).status_code == 303


@pytest.mark.parametrize(("password", "later"), [("not the password", 0), (PASSWORD, 3600)])
def test_a_second_factor_stays_when_password_or_code_are_wrong(
    app: Flask, client: FlaskClient, email: str, password: str, later: int
) -> None:
    answers = {"secret_code": code_now(secret_on(client), later), "present_password": password}
    assert send(client, "/account/second-factor", **answers).status_code == 422
    assert sign_in(app.test_client(), email).status_code == 303


def test_new_recovery_codes_need_the_password_and_end_the_old_ones(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    wrong = send(client, "/account/new-recovery-codes", present_password="not the password")
    assert wrong.status_code == 422
    old, new = new_codes(client), new_codes(client)
    assert not set(old) & set(new)
    elsewhere = app.test_client()
    enter_password(elsewhere, cast.email("assigned_advocate"))
    assert enter_code(elsewhere, old[0]).status_code == 422
    assert enter_code(elsewhere, new[0]).status_code == 303
    with app.app_context():
        user = db.session.get_one(User, cast.assigned_advocate.user_id)
        assert len(user.body.recovery_digests) == 9


def new_codes(client: FlaskClient) -> list[str]:
    answer = send(client, "/account/new-recovery-codes", present_password=PASSWORD)
    return re.findall(r"<li>([a-z2-9-]{14})</li>", client.get(answer.location or "").text)


def test_nobody_else_can_read_somebodys_new_recovery_codes(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    assert new_codes(client)
    colleague = signed_in_client(app, cast.colleague)
    assert colleague.get("/account/recovery-codes").location == "/account"
