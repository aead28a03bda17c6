"""A house whose server can be killed and comes back at the same address, and who types in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from caseapp.database import transaction
from caseapp.web.sessions import end_sessions
from config import Settings
from tests.browser.long_forms import (
    LongForm,
    characters_lost,
    fill,
    give_session,
    put_back,
)
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.serving import Server, start_server

OpenPage = Callable[..., Page]
KEPT = "What you typed is kept"
AWAY = "caseapp cannot be reached now"


@dataclass
class House:
    """A server on a home of its own."""

    settings: Settings
    cast: Cast
    server: Server

    @property
    def url(self) -> str:
        return self.server.url

    def kill(self) -> None:
        self.server.kill()

    def bring_back(self) -> None:
        self.server = start_server(self.settings, self.server.port)

    def end_every_session(self) -> None:
        with running_app(open_app(self.settings)) as app, app.app_context(), transaction():
            for actor in self.cast.actors.values():
                end_sessions(actor.user_id)


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


@pytest.fixture(scope="module")
def killable_house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("killable") / "home")
    started = House(settings, peopled_home[1], start_server(settings))
    yield started
    started.kill()


@pytest.fixture
def typist(open_page: OpenPage, killable_house: House) -> Typist:
    """A browser of their own, empty, and a server that runs."""
    if killable_house.server.process.poll() is not None:
        killable_house.bring_back()
    return Typist(open_page().context, killable_house)
