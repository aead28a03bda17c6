"""The demo accounts, and how little makes an account one."""

import pytest
from flask import Flask

from caseapp.access.actors import Role
from caseapp.accounts import actions, demo
from caseapp.accounts.passwords import hash_password
from caseapp.database import transaction
from tests.cast import PASSWORD, Cast
from tests.visits import enter_password, is_signed_in

DEMO_ADDRESS = "analyst@demo.example"


@pytest.fixture
def demo_app(app: Flask) -> Flask:
    app.config["DEMO"] = True
    return app


def add(app: Flask, email: str, password: str = demo.PASSWORD, *, off: bool = True) -> None:
    password_hash = hash_password(password)
    with app.app_context(), transaction():
        actions.create_user(
            "Somebody", email, Role.ANALYST, None, password_hash, second_factor_off=off
        )


def test_a_demo_account_signs_in_with_its_password_alone(demo_app: Flask) -> None:
    add(demo_app, DEMO_ADDRESS)
    client = demo_app.test_client()
    enter_password(client, DEMO_ADDRESS, demo.PASSWORD)
    assert is_signed_in(client)
    assert "Switched off for this demonstration account" in client.get("/account").text


def test_the_sign_in_page_of_a_demo_says_so_and_names_the_accounts(demo_app: Flask) -> None:
    page = demo_app.test_client().get("/sign-in").text
    assert demo.PASSWORD in page
    assert all(address in page for address in demo.ACCOUNTS)
    assert len(demo.ACCOUNTS) == 6


def test_the_sign_in_page_of_a_real_home_shows_no_password(app: Flask) -> None:
    page = app.test_client().get("/sign-in").text
    assert demo.PASSWORD not in page
    assert "demonstration" not in page


def test_outside_a_demo_home_such_an_account_needs_its_second_factor(app: Flask) -> None:
    add(app, DEMO_ADDRESS)
    client = app.test_client()
    answer = enter_password(client, DEMO_ADDRESS, demo.PASSWORD)
    assert answer.location == "/sign-in/second-factor"
    assert not is_signed_in(client)


@pytest.mark.parametrize(("email", "off"), [("somebody@demo.example", True), (DEMO_ADDRESS, False)])
def test_in_a_demo_home_any_other_account_needs_its_second_factor(
    demo_app: Flask, email: str, off: bool
) -> None:
    add(demo_app, email, off=off)
    answer = enter_password(demo_app.test_client(), email, demo.PASSWORD)
    assert answer.location == "/sign-in/second-factor"


def test_the_cast_needs_it_in_a_demo_home_too(demo_app: Flask, cast: Cast) -> None:
    answer = enter_password(demo_app.test_client(), cast.email("manager"), PASSWORD)
    assert answer.location == "/sign-in/second-factor"
