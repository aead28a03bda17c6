"""The attacker guesses passwords and codes, or only wants the advocate to be kept out."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from caseapp.accounts.passwords import hashing
from tests.cast import PASSWORD, Cast
from tests.visits import (
    code_now,
    enter_code,
    enter_password,
    give_second_factor,
    hidden_fields,
    is_signed_in,
    sign_in,
)

FIVE_MINUTES = 300
GUESSES = 1000


@pytest.fixture
def tried() -> Iterator[list[object]]:
    """One entry for each password that was really compared with a hash."""
    seen: list[object] = []

    def note(sender: object, **_rest: object) -> None:
        seen.append(sender)

    with hashing.connected_to(note):
        yield seen


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-05-04 09:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def email(app: Flask, cast: Cast) -> str:
    give_second_factor(app, cast.assigned_advocate)
    return cast.email("assigned_advocate")


class Guesser:
    """Sends passwords as fast as it can, from the addresses that it has."""

    def __init__(self, app: Flask, email: str, addresses: int = 1) -> None:
        self.client, self.email, self.addresses = app.test_client(), email, addresses
        self.token = hidden_fields(self.client.get("/sign-in"))["csrf_token"]
        self.sent = 0

    def guess(self, password: str = "") -> int:
        host = self.sent % self.addresses
        self.sent += 1
        answers = {"email": self.email, "password": password or f"a guess, number {self.sent}"}
        return self.client.post(
            "/sign-in",
            data={"csrf_token": self.token, **answers},
            environ_base={"REMOTE_ADDR": f"198.51.{host // 250}.{host % 250}"},
        ).status_code


@pytest.mark.parametrize("addresses", [1, GUESSES])
def test_of_a_thousand_guesses_in_five_minutes_ten_are_tried_at_most(
    app: Flask, email: str, clock: time_machine.Traveller, tried: list[object], addresses: int
) -> None:
    guesser = Guesser(app, email, addresses)
    for _ in range(GUESSES):
        assert guesser.guess() in {422, 429}
        clock.shift(FIVE_MINUTES / GUESSES)
    assert 5 <= len(tried) <= 10


def test_the_right_password_is_not_told_from_a_wrong_one_while_waiting(
    app: Flask, email: str, clock: time_machine.Traveller
) -> None:
    guesser = Guesser(app, email)
    while guesser.guess() != 429:
        pass
    assert guesser.guess(PASSWORD) == 429


def test_an_account_that_does_not_exist_waits_and_is_worked_on_alike(
    app: Flask, email: str, clock: time_machine.Traveller, tried: list[object]
) -> None:
    known = [Guesser(app, email).guess() for _ in range(12)]
    tried_of_known = len(tried)
    unknown = [Guesser(app, "who-is-this@cast.example").guess() for _ in range(12)]
    assert known == unknown
    assert len(tried) == 2 * tried_of_known


def test_the_answer_says_how_long_to_wait_and_after_that_it_works(
    app: Flask, email: str, clock: time_machine.Traveller
) -> None:
    client = app.test_client()
    for _ in range(5):
        enter_password(client, email, "a wrong guess")
    refused = enter_password(client, email)
    assert refused.status_code == 429
    assert "Wait 5 minutes" in refused.text
    clock.shift(int(refused.headers["Retry-After"]))
    assert enter_password(client, email).status_code == 303


def test_guessing_elsewhere_does_not_slow_down_the_advocates_own_laptop(
    app: Flask, email: str, clock: time_machine.Traveller
) -> None:
    laptop = app.test_client()
    sign_in(laptop, email)
    laptop.delete_cookie("caseapp")
    guesser = Guesser(app, email, addresses=50)
    for _ in range(100):
        guesser.guess()
        clock.shift(1)
    assert enter_password(app.test_client(), email).status_code == 429
    assert enter_password(laptop, email).status_code == 303
    assert enter_code(laptop, code_now()).status_code == 303
    assert is_signed_in(laptop)


def test_guessing_from_one_place_leaves_tries_for_the_owner_on_a_new_laptop(
    app: Flask, email: str, clock: time_machine.Traveller
) -> None:
    guesser = Guesser(app, email)
    for _ in range(30):
        guesser.guess()
        clock.shift(FIVE_MINUTES)
    new_laptop = app.test_client()
    new_laptop.environ_base["REMOTE_ADDR"] = "203.0.113.80"
    assert enter_password(new_laptop, email).status_code == 303


def test_a_password_alone_makes_no_device_known(
    app: Flask, email: str, clock: time_machine.Traveller
) -> None:
    """Who knows the password and not the code must not get the tries of a known device."""
    client = app.test_client()
    enter_password(client, email)
    assert client.get_cookie("caseapp-device") is None


def test_a_borrowed_device_has_no_more_tries_than_another(
    app: Flask, email: str, clock: time_machine.Traveller, tried: list[object]
) -> None:
    laptop = app.test_client()
    sign_in(laptop, email)
    laptop.delete_cookie("caseapp")
    tried.clear()
    guesser = Guesser(app, email)
    guesser.client = laptop
    guesser.token = hidden_fields(laptop.get("/sign-in"))["csrf_token"]
    for _ in range(FIVE_MINUTES):
        guesser.guess()
        clock.shift(1)
    assert len(tried) <= 10


def test_of_a_code_each_second_for_five_minutes_ten_are_tried_at_most(
    app: Flask, email: str, clock: time_machine.Traveller
) -> None:
    client = app.test_client()
    enter_password(client, email)
    token = hidden_fields(client.get("/sign-in/code"))["csrf_token"]
    statuses = []
    for number in range(FIVE_MINUTES):
        answer = client.post(
            "/sign-in/code", data={"csrf_token": token, "secret_code": f"{number:06}"}
        )
        statuses.append(answer.status_code)
        clock.shift(1)
    assert set(statuses) == {422, 429}
    assert statuses.count(422) <= 10


def test_entering_the_password_again_gives_no_new_tries_at_the_code(
    app: Flask, email: str, clock: time_machine.Traveller
) -> None:
    tries = 0
    for _ in range(12):
        client = app.test_client()
        enter_password(client, email)
        tries += enter_code(client, "000000").status_code == 422
    assert tries <= 10
