"""For every long form of the app: the server is killed, the network drops, the session ends, the
tab is closed. Not one character is lost.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from caseapp.database import db, transaction
from caseapp.web.sessions import end_sessions
from config import Settings
from tests.browser.long_forms import (
    DRAFTED,
    LongForm,
    characters_lost,
    fill,
    find_long_forms,
    give_session,
    put_back,
    read,
)
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.serving import Server, start_server

OpenPage = Callable[..., Page]
AWAY = "caseapp cannot be reached now"

# A form that is taken away is missed here; a new one is found without a word.
EXPECTED = {
    "/cases/<uuid:case_id>/close",
    "/cases/<uuid:case_id>/flags/new/<list_name>",
    "/cases/<uuid:case_id>/incidents/<uuid:incident_id>",
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


@dataclass
class House:
    """A server that can be killed and comes back at the same address, and its long forms."""

    settings: Settings
    cast: Cast
    forms: list[LongForm]
    bare: list[str]
    server: Server

    def kill(self) -> None:
        self.server.kill()

    def bring_back(self) -> None:
        self.server = start_server(self.settings, self.server.port)

    def end_every_session(self) -> None:
        with running_app(open_app(self.settings)) as app, app.app_context(), transaction():
            for actor in self.cast.actors.values():
                end_sessions(actor.user_id)
            db.session.flush()


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("long") / "home")
    with running_app(open_app(settings)) as app:
        forms, bare = find_long_forms(app, peopled_home[1])
    house = House(settings, peopled_home[1], forms, bare, start_server(settings))
    yield house
    house.kill()


@pytest.fixture
def typist(open_page: OpenPage, house: House) -> "Typist":
    return Typist(open_page().context, house)


class Typist:
    """One browser, in which whoever may fill in a form is signed in when it is opened."""

    def __init__(self, context: BrowserContext, house: House) -> None:
        self.context, self.house = context, house
        self.name = ""

    def sign_in(self, name: str) -> None:
        house = self.house
        give_session(self.context, house.settings, house.server.url, house.cast.actors[name])
        self.name = name

    def open(self, form: LongForm) -> Page:
        if self.name != form.typist:
            self.sign_in(form.typist)
        page = self.context.new_page()
        page.goto(self.house.server.url + form.path)
        return page

    @contextmanager
    def filled(self, form: LongForm) -> Iterator[tuple[Page, list[list[str]]]]:
        page = self.open(form)
        yield page, fill(page)
        page.close()

    def losses(self, form: LongForm, before: list[list[str]]) -> int:
        """What is gone when the form is opened again; its draft is discarded afterwards."""
        page = self.open(form)
        lost = characters_lost(before, put_back(page))
        page.close()
        page = self.open(form)
        page.get_by_role("button", name="Discard it").click()
        expect(page.get_by_role("button", name="Discard it")).to_have_count(0)
        page.close()
        return lost


def press_save(page: Page) -> None:
    page.locator(f"{DRAFTED} button[type=submit]").first.click()


def test_every_long_form_is_found_and_no_long_answer_is_typed_into_another(house: House) -> None:
    assert EXPECTED - {form.rule for form in house.forms} == set()
    assert house.bare == []


def test_nothing_is_lost_when_the_tab_is_closed(house: House, typist: Typist) -> None:
    lost = {}
    for form in house.forms:
        with typist.filled(form) as (_, before):
            pass
        lost[form.rule] = typist.losses(form, before)
    assert lost == dict.fromkeys(lost, 0)


def test_nothing_is_lost_when_the_network_drops(house: House, typist: Typist) -> None:
    lost = {}
    for form in house.forms:
        with typist.filled(form) as (page, before):
            typist.context.set_offline(True)
            press_save(page)
            expect(page.get_by_role("alert").last).to_contain_text(AWAY)
            typist.context.set_offline(False)
            lost[f"{form.rule} on the page"] = characters_lost(before, read(page))
        lost[form.rule] = typist.losses(form, before)
    assert lost == dict.fromkeys(lost, 0)


def test_nothing_is_lost_when_the_session_ends(house: House, typist: Typist) -> None:
    lost = {}
    for form in house.forms:
        with typist.filled(form) as (page, before):
            house.end_every_session()
            press_save(page)
            expect(page.get_by_role("region", name="Important")).to_contain_text(
                "What you typed is kept"
            )
        typist.sign_in(form.typist)
        lost[form.rule] = typist.losses(form, before)
    assert lost == dict.fromkeys(lost, 0)


def test_nothing_is_lost_when_the_server_is_killed(house: House, typist: Typist) -> None:
    filled, lost = [], {}
    for form in house.forms:
        page = typist.open(form)
        filled.append((form, page, fill(page)))
    house.kill()
    for form, page, before in filled:
        press_save(page)
        expect(page.get_by_role("alert").last).to_contain_text(AWAY)
        lost[f"{form.rule} on the page"] = characters_lost(before, read(page))
        page.close()
    house.bring_back()
    for form, _, before in filled:
        lost[form.rule] = typist.losses(form, before)
    assert lost == dict.fromkeys(lost, 0)
