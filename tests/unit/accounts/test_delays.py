"""What guesses use up, in the database, on both kinds of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from caseapp.accounts import delays, rules
from caseapp.accounts.delays import network_of, tries_at_code, tries_at_password
from caseapp.accounts.models import UsedTries
from caseapp.database import db, transaction
from tests.cast import Cast

EMAIL = "manager@cast.example"
HERE = "192.0.2.7"
THERE = "198.51.100.9"


def spend(app: Flask, email: str = EMAIL, address: str = HERE, device: str | None = None) -> int:
    with app.app_context(), transaction():
        return delays.spend(tries_at_password(app.extensions["vault"], email, address, device))


def spend_all(app: Flask, address: str = HERE, device: str | None = None) -> int:
    tried = 0
    while spend(app, address=address, device=device) == 0:
        tried += 1
    return tried


def test_one_address_gets_five_tries_at_an_account_and_then_waits(
    each_engine: tuple[Flask, Cast],
) -> None:
    app = each_engine[0]
    with time_machine.travel("2026-05-04 09:00Z", tick=False) as clock:
        assert spend_all(app) == rules.ACCOUNT_AT_ADDRESS.burst
        wait = spend(app)
        assert wait == rules.ACCOUNT_AT_ADDRESS.seconds
        clock.shift(wait - 1)
        assert spend(app) == 1
        clock.shift(1)
        assert spend(app) == 0


@time_machine.travel("2026-05-04 09:00Z", tick=False)
def test_a_refused_try_uses_nothing_up(app: Flask) -> None:
    spend_all(app)
    assert spend(app) == spend(app)


@time_machine.travel("2026-05-04 09:00Z", tick=False)
def test_many_addresses_together_get_no_more_than_the_account_allows(app: Flask) -> None:
    tried = sum(spend(app, address=f"203.0.113.{host}") == 0 for host in range(100))
    assert tried == rules.ACCOUNT.burst


def test_one_password_tried_at_a_thousand_accounts_is_slowed_down_too(app: Flask) -> None:
    tried = 0
    with time_machine.travel("2026-05-04 09:00Z", tick=False) as clock:
        for number in range(1000):
            tried += spend(app, email=f"worker-{number}@cast.example") == 0
            clock.shift(0.3)
    assert rules.ADDRESS.burst <= tried <= rules.ADDRESS.burst + 300 // rules.ADDRESS.seconds


@time_machine.travel("2026-05-04 09:00Z", tick=False)
def test_guesses_at_one_account_do_not_slow_down_another(app: Flask) -> None:
    spend_all(app)
    assert spend(app, email="colleague@cast.example") == 0


@time_machine.travel("2026-05-04 09:00Z", tick=False)
def test_a_known_device_is_not_slowed_down_by_guesses_from_elsewhere(app: Flask) -> None:
    spend_all(app)
    spend_all(app, address=THERE)
    assert spend(app, device="ab12") == 0
    assert spend_all(app, device="ab12") == rules.KNOWN_DEVICE.burst - 1


@time_machine.travel("2026-05-04 09:00Z", tick=False)
def test_the_same_account_in_capitals_has_no_tries_of_its_own(app: Flask) -> None:
    spend_all(app)
    assert spend(app, email=f" {EMAIL.upper()}") > 0


@time_machine.travel("2026-05-04 09:00Z", tick=False)
def test_a_try_that_was_no_guess_is_given_back(app: Flask) -> None:
    tries = tries_at_password(app.extensions["vault"], EMAIL, HERE, None)
    for _ in range(20):
        assert spend(app) == 0
        with app.app_context(), transaction():
            delays.give_back(tries)


def test_a_thousand_guesses_at_the_same_moment_share_no_try(
    each_engine: tuple[Flask, Cast],
) -> None:
    app = each_engine[0]
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: spend(app), range(100)))
    assert waits.count(0) == rules.ACCOUNT_AT_ADDRESS.burst


def test_codes_are_slowed_down_too(app: Flask, cast: Cast) -> None:
    tries = tries_at_code(app.extensions["vault"], cast.manager.user_id, None)
    with time_machine.travel("2026-05-04 09:00Z", tick=False), app.app_context(), transaction():
        assert [delays.spend(tries) for _ in range(6)] == [0] * 5 + [rules.CODE.seconds]


def test_the_table_names_neither_account_nor_address(app: Flask) -> None:
    spend(app)
    with app.app_context():
        keys = list(db.session.scalars(select(UsedTries.key)))
    assert len(keys) == 3
    assert all(len(key) == 8 for key in keys)


def test_what_is_paid_back_is_swept_away(app: Flask) -> None:
    with time_machine.travel("2026-05-04 09:00Z", tick=False) as clock:
        spend(app)
        for shift, left in ((1, 3), (rules.ACCOUNT_AT_ADDRESS.seconds, 0)):
            clock.shift(shift)
            with app.app_context(), transaction():
                delays.sweep_tries()
                assert len(db.session.scalars(select(UsedTries.key)).all()) == left


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_an_address_is_guarded_with_its_house(address: str, network: str) -> None:
    assert network_of(address) == network


def test_addresses_with_the_same_digits_are_not_the_same_place(app: Flask) -> None:
    vault = app.extensions["vault"]
    first, second = (tries_at_password(vault, EMAIL, a, None) for a in ("10.1.1.1", "101.1.1.0"))
    assert first.keys() != second.keys()
    assert tries_at_password(vault, EMAIL, "1.0.1.11", None).keys() != first.keys()
