"""The cookie that lets a laptop be known again."""

from uuid import UUID, uuid4

import pytest
from flask import Flask

from caseapp.accounts.devices import MOST_ACCOUNTS, known_device, present_device, remember_device

ME = UUID(int=1)


def remembered(app: Flask, user_id: UUID, cookie: str = "") -> str:
    """The cookie that this device holds after `user_id` fully signed in on it."""
    with app.test_request_context("/", headers={"Cookie": cookie}):
        response = app.make_response("")
        remember_device(response, user_id)
    return response.headers["Set-Cookie"].split(";")[0]


def known(app: Flask, user_id: UUID | None, cookie: str) -> str | None:
    with app.test_request_context("/", headers={"Cookie": cookie}):
        return known_device(user_id)


def test_a_device_is_known_to_the_account_that_signed_in_on_it_and_to_no_other(app: Flask) -> None:
    cookie = remembered(app, ME)
    assert known(app, ME, cookie)
    assert known(app, UUID(int=2), cookie) is None
    assert known(app, None, cookie) is None
    assert known(app, ME, "") is None


def test_colleagues_who_share_a_laptop_are_all_known_on_it(app: Flask) -> None:
    cookie = remembered(app, ME)
    name = known(app, ME, cookie)
    cookie = remembered(app, UUID(int=2), cookie)
    assert known(app, ME, cookie) == known(app, UUID(int=2), cookie) == name


def test_a_cookie_does_not_grow_for_ever(app: Flask) -> None:
    cookie = remembered(app, ME)
    for _ in range(3 * MOST_ACCOUNTS):
        cookie = remembered(app, uuid4(), cookie)
    assert len(cookie) < 1000
    assert known(app, ME, cookie) is None


@pytest.mark.parametrize("change", ["", "x", ".x", "e30.AAAA"])
def test_a_cookie_that_we_did_not_sign_is_a_new_device(app: Flask, change: str) -> None:
    cookie = remembered(app, ME)
    forged = f"caseapp-device={change}" if change.startswith("e") else cookie[:-2] + change
    assert known(app, ME, forged) is None
    with app.test_request_context("/", headers={"Cookie": forged}):
        assert present_device().accounts == ()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    with app.test_request_context("/"):
        response = app.make_response("")
        remember_device(response, ME)
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
