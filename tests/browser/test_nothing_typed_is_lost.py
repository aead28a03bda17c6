"""For every long form of the app: the server is killed, the network drops, the session ends, the
tab is closed. Not one character is lost.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.architecture.permission_matrix import Door, doors, fill_in
from tests.browser.killable_house import AWAY, KEPT, House, Typist
from tests.browser.long_forms import DRAFTED, LongForm, characters_lost, fill, read
from tests.cast import Cast
from tests.homes import open_app, running_app, signed_in_client

TABS = 14  # open at once, when the server is killed
TYPISTS = ("manager", "assigned_advocate", "administrator", "analyst")

# A form that is taken away is missed here; a new one is found without a word.
EXPECTED = {
    "/cases/<uuid:case_id>/close",
    "/cases/<uuid:case_id>/flags/new/<list_name>",
    "/cases/<uuid:case_id>/incidents/<uuid:incident_id>/edit",
    "/cases/<uuid:case_id>/incidents/new",
    "/cases/<uuid:case_id>/notes/new",
    "/cases/<uuid:case_id>/person/edit",
    "/cases/<uuid:case_id>/plans/<uuid:plan_id>/edit",
    "/cases/<uuid:case_id>/plans/new/<kind>",
    "/cases/<uuid:case_id>/referrals/<uuid:referral_id>/decision",
    "/cases/<uuid:case_id>/referrals/<uuid:referral_id>/edit",
    "/cases/<uuid:case_id>/referrals/new",
    "/cases/<uuid:case_id>/risk",
    "/cases/new",
}

# What is typed here is what somebody said, with the names hidden: no copy of it is kept beside it.
NEVER_DRAFTED = {"/voice/answers/<uuid:batch_id>/<int:number>"}


class Found(NamedTuple):
    """The long forms of the app, and the pages with a long answer that is in none of them."""

    forms: list[LongForm]
    bare: list[str]


@pytest.fixture(scope="module")
def found(killable_house: House) -> Found:
    with running_app(open_app(killable_house.settings)) as app:
        return Found(*find_long_forms(app, killable_house.cast))


def find_long_forms(app: Flask, cast: Cast) -> tuple[list[LongForm], list[str]]:
    """All of them, and the rules of pages where somebody types a long answer into no such form."""
    found, bare = [], []
    clients = {name: signed_in_client(app, cast.actors[name]) for name in TYPISTS}
    for door in _pages(app, cast):
        for name, client in clients.items():
            answer = client.get(door.path, buffered=True)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            if "data-never-drafted" in answer.text:
                found.append(LongForm(door.rule, door.path, name))
                break
            if _has_a_bare_box(answer.text):
                bare.append(door.rule)
                break
    return found, bare


def _pages(app: Flask, cast: Cast) -> Iterator[Door]:
    return (door for door in doors(app, fill_in(app, cast)) if door.method == "GET")


def _has_a_bare_box(page: str) -> bool:
    boxes = re.findall(r"<textarea[^>]*>", page)
    return any(" readonly" not in box for box in boxes)


def press_save(page: Page) -> None:
    page.locator(f"{DRAFTED} button[type=submit]").first.click()


def test_every_long_form_is_found_and_no_long_answer_is_typed_into_another(found: Found) -> None:
    assert EXPECTED - {form.rule for form in found.forms} == set()
    assert set(found.bare) == NEVER_DRAFTED


def test_nothing_is_lost_when_the_tab_is_closed(found: Found, typist: Typist) -> None:
    lost = {}
    for form in found.forms:
        with typist.filled(form) as (_, before):
            pass
        lost[form.rule] = typist.losses(form, before)
    assert lost == dict.fromkeys(lost, 0)


def test_nothing_is_lost_when_the_network_drops(found: Found, typist: Typist) -> None:
    lost = {}
    for form in found.forms:
        with typist.filled(form) as (page, before):
            typist.context.set_offline(True)
            press_save(page)
            expect(page.get_by_role("alert").last).to_contain_text(AWAY)
            typist.context.set_offline(False)
            lost[f"{form.rule} on the page"] = characters_lost(before, read(page))
        lost[form.rule] = typist.losses(form, before)
    assert lost == dict.fromkeys(lost, 0)


def test_nothing_is_lost_when_the_session_ends(
    found: Found, typist: Typist, killable_house: House
) -> None:
    lost = {}
    for form in found.forms:
        with typist.filled(form) as (page, before):
            killable_house.end_every_session()
            press_save(page)
            expect(page.get_by_role("region", name="Important")).to_contain_text(KEPT)
        typist.sign_in(form.typist)
        lost[form.rule] = typist.losses(form, before)
    assert lost == dict.fromkeys(lost, 0)


def test_nothing_is_lost_when_the_server_is_killed(
    found: Found, typist: Typist, killable_house: House
) -> None:
    """In a few rounds, each with many tabs and one kill."""
    lost: dict[str, int] = {}
    for start in range(0, len(found.forms), TABS):
        lost |= lost_in_a_kill(found.forms[start : start + TABS], typist, killable_house)
    assert lost == dict.fromkeys(lost, 0)


def lost_in_a_kill(forms: list[LongForm], typist: Typist, house: House) -> dict[str, int]:
    filled, lost = [], {}
    for form in forms:
        page = typist.open(form)
        filled.append((form, page, fill(page)))
    house.kill()
    for form, page, before in filled:
        press_save(page)
        expect(page.get_by_role("alert").last).to_contain_text(AWAY)
        lost[f"{form.rule} on the page"] = characters_lost(before, read(page))
        page.close()
    house.bring_back()
    return lost | {form.rule: typist.losses(form, before) for form, _, before in filled}
