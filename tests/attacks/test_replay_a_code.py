"""The attacker knows the password and has seen a code: over a shoulder, on paper, on the wire."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.accounts import actions
from caseapp.accounts.models import User
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.visits import (
    code_now,
    enter_code,
    enter_password,
    give_second_factor,
    hidden_fields,
    is_signed_in,
    shown_secret,
)

NINE = "2026-05-04 09:00:10Z"


@pytest.fixture
def email(app: Flask, cast: Cast) -> str:
    give_second_factor(app, cast.assigned_advocate)
    return cast.email("assigned_advocate")


def at_the_code(app: Flask, email: str) -> FlaskClient:
    client = app.test_client()
    enter_password(client, email)
    return client


@time_machine.travel(NINE, tick=False)
def test_a_code_that_was_used_is_refused_in_the_same_half_minute(app: Flask, email: str) -> None:
    victim, attacker = at_the_code(app, email), at_the_code(app, email)
    assert enter_code(victim, code_now()).status_code == 303
    assert enter_code(attacker, code_now()).status_code == 422
    assert not is_signed_in(attacker)


@time_machine.travel(NINE, tick=False)
def test_the_code_before_the_one_that_was_used_is_refused_too(app: Flask, email: str) -> None:
    victim, attacker = at_the_code(app, email), at_the_code(app, email)
    assert enter_code(victim, code_now()).status_code == 303
    assert enter_code(attacker, code_now(later=-30)).status_code == 422


@time_machine.travel(NINE, tick=False)
def test_the_code_that_set_up_the_phone_does_not_sign_in_as_well(app: Flask, cast: Cast) -> None:
    client = at_the_code(app, cast.email("analyst"))
    page = client.get("/sign-in/second-factor")
    code = code_now(shown_secret(page))
    client.post("/sign-in/second-factor", data={**hidden_fields(page), "secret_code": code})
    assert is_signed_in(client)
    attacker = at_the_code(app, cast.email("analyst"))
    assert enter_code(attacker, code).status_code == 422


def test_a_recovery_code_is_used_up(app: Flask, cast: Cast, email: str) -> None:
    with app.app_context(), transaction():
        user = db.session.get_one(User, cast.assigned_advocate.user_id)
        code = actions.replace_recovery_codes(user)[0]
    assert enter_code(at_the_code(app, email), code).status_code == 303
    attacker = at_the_code(app, email)
    assert enter_code(attacker, code).status_code == 422
    assert not is_signed_in(attacker)


def test_one_code_sent_eight_times_at_once_signs_in_once(each_engine: tuple[Flask, Cast]) -> None:
    app, cast = each_engine
    with app.app_context(), transaction():
        user = db.session.get_one(User, cast.manager.user_id)
        actions.change_second_factor(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 0)
        code = actions.replace_recovery_codes(user)[0]
    clients = [at_the_code(app, cast.email("manager")) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda client: enter_code(client, code).status_code, clients))
    assert statuses.count(303) == 1


def test_codes_of_another_account_are_worth_nothing(app: Flask, cast: Cast, email: str) -> None:
    give_second_factor(app, cast.colleague, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
    attacker = at_the_code(app, email)
    assert enter_code(attacker, code_now("KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")).status_code == 422
