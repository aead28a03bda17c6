"""Signing in: password, second factor, new password where one is due."""

import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.access.actors import Role
from caseapp.accounts import actions
from caseapp.accounts.models import User
from caseapp.accounts.passwords import hash_password, hashing
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from tests.cast import PASSWORD, Cast
from tests.visits import (
    SECRET,
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
def advocate(app: Flask, cast: Cast) -> str:
    """The email address of an advocate whose second factor is SECRET."""
    give_second_factor(app, cast.assigned_advocate)
    return cast.email("assigned_advocate")


def kinds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


def test_a_stranger_at_the_front_door_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/").location == "/sign-in"


def test_a_password_alone_lets_nobody_in(client: FlaskClient, advocate: str) -> None:
    assert enter_password(client, advocate).location == "/sign-in/code"
    assert not is_signed_in(client)


def test_password_and_code_lead_the_advocate_to_the_day(client: FlaskClient, advocate: str) -> None:
    answer = sign_in(client, advocate)
    assert (answer.status_code, answer.location) == (303, "/today")
    assert is_signed_in(client)


def test_capitals_and_spaces_in_the_address_do_not_matter(
    client: FlaskClient, advocate: str
) -> None:
    assert enter_password(client, f" {advocate.upper()} ").location == "/sign-in/code"


PLACES = (("manager", "/today"), ("analyst", "/releases"), ("administrator", "/accounts"))


def test_each_role_arrives_where_it_works(app: Flask, cast: Cast) -> None:
    for name, place in PLACES:
        give_second_factor(app, cast.actors[name])
        assert sign_in(app.test_client(), cast.email(name)).location == place


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: FlaskClient, advocate: str
) -> None:
    wrong = enter_password(client, advocate, "wrong password here")
    unknown = enter_password(client, "who-is-this@cast.example", "wrong password here")
    assert wrong.status_code == unknown.status_code == 422
    assert without_tokens(wrong.text, advocate) == without_tokens(
        unknown.text, "who-is-this@cast.example"
    )


def without_tokens(page: str, email: str) -> str:
    return re.sub(r'(name="(?:csrf_token|record_id)"[^>]*value=")[^"]*', r"\1", page).replace(
        email, "EMAIL"
    )


def test_a_disabled_account_is_told_no_more_than_a_wrong_password(
    client: FlaskClient, cast: Cast
) -> None:
    answer = enter_password(client, cast.email("nobody"))
    assert answer.status_code == 422
    assert "The email address or the password is wrong" in answer.text


def test_what_was_typed_as_email_stays_and_the_password_does_not(
    client: FlaskClient, advocate: str
) -> None:
    answer = enter_password(client, advocate, "wrong password here")
    assert advocate in answer.text
    assert "wrong password here" not in answer.text


def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    answer = send(client, "/sign-in")
    assert answer.status_code == 422
    assert "Enter your email address" in answer.text
    assert "Enter your password" in answer.text


def test_a_wrong_code_is_refused_beside_the_field(client: FlaskClient, advocate: str) -> None:
    enter_password(client, advocate)
    answer = enter_code(client, "000000" if code_now() != "000000" else "000001")
    assert answer.status_code == 422
    assert "That code is wrong" in answer.text
    assert not is_signed_in(client)


def test_the_step_for_the_code_is_closed_to_who_gave_no_password(client: FlaskClient) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"


def test_a_sign_in_that_was_begun_lapses(client: FlaskClient, advocate: str) -> None:
    with time_machine.travel("2026-05-04 09:00Z", tick=False) as clock:
        enter_password(client, advocate)
        for _ in range(3):
            clock.shift(11 * 60)
            last = client.get("/sign-in/code")
        assert last.location == "/sign-in"


def test_a_sign_in_begun_with_the_old_password_cannot_go_on(
    app: Flask, client: FlaskClient, cast: Cast, advocate: str
) -> None:
    enter_password(client, advocate)
    with app.app_context(), transaction():
        user = db.session.get_one(User, cast.assigned_advocate.user_id)
        actions.change_password(user, hash_password(NEW_PASSWORD))
    assert client.get("/sign-in/code").location == "/sign-in"
    assert "open for too long" in enter_code(client, code_now()).text
    assert not is_signed_in(client)


def test_nobody_waits_for_the_database_while_a_password_is_hashed(
    app: Flask, client: FlaskClient
) -> None:
    """A transaction holds the lock of the embedded database, and hashing takes its time."""
    is_open = []

    def note(_sender: object, **_rest: object) -> None:
        is_open.append(db.session().in_transaction())

    start = new_account(app)
    with hashing.connected_to(note):
        enter_password(client, "new@cast.example", "wrong password here")
        enter_password(client, "new@cast.example", start)
        set_up_phone(client)
        send(client, "/sign-in/new-password", new_password=NEW_PASSWORD)
    assert is_open == [False] * 4


def test_signing_in_and_failing_are_in_the_audit_without_a_name(
    app: Flask, client: FlaskClient, advocate: str
) -> None:
    enter_password(client, advocate, "wrong password here")
    sign_in(client, advocate)
    assert kinds(app)[-2:] == [Kind.SIGN_IN_FAILED, Kind.SIGNED_IN]
    with app.app_context():
        details = "".join(db.session.scalars(select(AuditEntry.detail)))
    assert "Assigned" not in details
    assert "@" not in details


def test_sign_out_ends_the_session(client: FlaskClient, advocate: str) -> None:
    sign_in(client, advocate)
    assert send(client, "/sign-out", shown_at="/account").location == "/sign-in"
    assert not is_signed_in(client)


def test_sign_out_needs_a_form_of_ours(client: FlaskClient, advocate: str) -> None:
    sign_in(client, advocate)
    assert client.post("/sign-out").status_code == 400
    assert client.get("/sign-out").status_code == 405
    assert is_signed_in(client)


def test_a_sign_in_page_left_open_over_lunch_is_given_anew(
    client: FlaskClient, advocate: str
) -> None:
    answer = client.post("/sign-in", data={"email": advocate, "password": PASSWORD})
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    assert advocate in answer.text


def new_account(app: Flask, email: str = "new@cast.example") -> str:
    """An account as an administrator makes it; returns its start password."""
    password = "mq7k-hd3x-zzr9-aw2n"
    password_hash = hash_password(password)
    with app.app_context(), transaction():
        actions.create_user(
            "New Person", email, Role.ANALYST, None, password_hash, must_change_password=True
        )
    return password


def set_up_phone(client: FlaskClient) -> TestResponse:
    code = code_now(shown_secret(client.get("/sign-in/second-factor")))
    return send(client, "/sign-in/second-factor", secret_code=code)


def test_a_first_sign_in_sets_up_the_second_factor_then_the_password_then_shows_codes(
    app: Flask, client: FlaskClient
) -> None:
    start = new_account(app)
    assert enter_password(client, "new@cast.example", start).location == "/sign-in/second-factor"
    answer = set_up_phone(client)
    assert answer.location == "/sign-in/new-password"
    assert not is_signed_in(client)
    answer = send(client, "/sign-in/new-password", new_password=NEW_PASSWORD)
    assert answer.location == "/account/recovery-codes"
    codes = re.findall(r"<li>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</li>", shown(client))
    assert len(codes) == 10
    assert codes[0] in shown(client)  # a reload does not lose them
    send(client, "/account/recovery-codes/kept", shown_at="/account/recovery-codes")
    assert codes[0] not in shown(client)

    elsewhere = app.test_client()
    assert enter_password(elsewhere, "new@cast.example", start).status_code == 422
    enter_password(elsewhere, "new@cast.example", NEW_PASSWORD)
    assert enter_code(elsewhere, codes[0]).status_code == 303
    assert is_signed_in(elsewhere)


def shown(client: FlaskClient) -> str:
    return client.get("/account/recovery-codes", follow_redirects=True).text


def test_a_second_factor_counts_only_once_a_code_has_proved_it(
    app: Flask, client: FlaskClient
) -> None:
    start = new_account(app)
    enter_password(client, "new@cast.example", start)
    assert send(client, "/sign-in/second-factor", secret_code=code_now(SECRET)).status_code == 422
    enter_password(client, "new@cast.example", start)
    assert client.get("/sign-in/second-factor").status_code == 200


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short", "12 characters or more"),
        ("password1234", "easy to guess"),
        ("demo-only-not-secret", "printed in the documentation"),
        ("new person orchard kettle", "your name or email address"),
        ("mq7k-hd3x-zzr9-aw2n", "must not be the present one"),
    ],
)
def test_a_weak_new_password_is_refused_beside_the_field(
    app: Flask, client: FlaskClient, password: str, message: str
) -> None:
    start = new_account(app)
    enter_password(client, "new@cast.example", start)
    set_up_phone(client)
    answer = send(client, "/sign-in/new-password", new_password=password)
    assert answer.status_code == 422
    assert message in answer.text
    assert not is_signed_in(client)
