"""Start passwords: good for one sign-in, and shown until they are passed on."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.accounts.models import User
from caseapp.database import db
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.visits import enter_password, give_second_factor, send


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """The administrator, signed in."""
    return signed_in_client(app, cast.administrator)


def start_password_on(page: str) -> str:
    found = re.search(r"<strong>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</strong>", page)
    assert found
    return found[1]


def test_a_new_account_gets_a_start_password_that_is_shown_until_it_is_passed_on(
    app: Flask, client: FlaskClient, team_id: str
) -> None:
    answers = {"name": "Nadia Osei", "email": "nadia@cast.example", "role": "advocate"}
    added = send(client, "/accounts/new", **answers, team=team_id)
    password = start_password_on(client.get(added.location or "").text)
    answer = enter_password(app.test_client(), "nadia@cast.example", password)
    assert answer.location == "/sign-in/second-factor"
    with app.app_context():
        new = db.session.scalars(select(User).order_by(User.id)).all()
        user = next(user for user in new if user.head.email == "nadia@cast.example")
        assert (user.role, str(user.team_id)) == ("advocate", team_id)
    shown = f"/accounts/{user.id}/start-password"
    assert password in client.get(shown).text
    send(client, f"{shown}/passed-on", shown_at=shown)
    assert client.get(shown).status_code == 303


def test_a_new_start_password_replaces_the_forgotten_one_but_not_the_second_factor(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    give_second_factor(app, cast.colleague)
    path = f"/accounts/{cast.colleague.user_id}"
    answer = send(client, f"{path}/password", shown_at=path)
    password = start_password_on(client.get(answer.location or "").text)
    assert enter_password(app.test_client(), cast.email("colleague")).status_code == 422
    answer = enter_password(app.test_client(), cast.email("colleague"), password)
    assert answer.location == "/sign-in/code"
