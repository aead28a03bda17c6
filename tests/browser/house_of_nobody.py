"""The app in this process, codes to answer with, and a page elsewhere to leave to."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import today
from caseapp.database import transaction
from caseapp.surveys import stack
from caseapp.surveys.codes import Facts, as_typed
from caseapp.surveys.limits import install_limiter
from caseapp.surveys.months import first_of
from caseapp.surveys.waiting import Waiting, put_back, take_box
from tests.browser.house_of_files import QuietHandler
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

OpenPage = Callable[..., Page]
NEUTRAL, WEATHER = "A few questions", "Weather"
CALM = f"<!DOCTYPE html><html lang=en><title>{WEATHER}</title><link rel=icon href=data:,><p>Rain"


class NobodysHouse(NamedTuple):
    """`url` of the app, `elsewhere` of a page on another site."""

    url: str
    elsewhere: str
    app: Flask
    cast: Cast

    def code(
        self, asked: str = "exit", version: int = 1, *, stage: str = "", until: date | None = None
    ) -> str:
        """A new code, as it stands on paper."""
        facts = Facts(questionnaire=asked, version=version, stage=stage or asked)
        with self.app.app_context(), transaction():
            [code] = stack.give(facts, 1, until or first_of(today(), 2))
            record(Kind.SURVEY_GIVEN, actor=None)
        return as_typed(code)

    def link(self, *of: Any, **more: Any) -> str:
        return f"{self.url}/s/{self.code(*of, **more)}"

    def take_out(self) -> list[Waiting]:
        """What was sent since the last time."""
        with self.app.app_context(), transaction():
            box = take_box()
            put_back((), box.let_out_in)
        return list(box.waiting)

    def forget_who_guessed(self) -> None:
        install_limiter(self.app)


@pytest.fixture(scope="module")
def nobodys_house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NobodysHouse]:
    home = tmp_path_factory.mktemp("nobody") / "home"
    with (
        running_app(open_app(copy_home(peopled_home[0], home))) as app,
        served(app) as port,
        served(weather) as other,
    ):
        elsewhere = f"http://localhost:{other}/"
        app.config["SURVEY_LEAVE_TO"] = elsewhere
        yield NobodysHouse(f"http://127.0.0.1:{port}", elsewhere, app, peopled_home[1])


@contextmanager
def served(app: Callable[..., Iterable[bytes]]) -> Iterator[int]:
    """The port on which it is served meanwhile."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def weather(_: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [CALM.encode()]


def press(page: Page, words: str) -> None:
    """A button, and the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def go_on(page: Page, times: int = 1) -> None:
    """The main button of a page, in whichever language."""
    for _ in range(times):
        with page.expect_navigation():
            page.locator("main button.main").click()


def switch(page: Page, *, language: str = "", easy: str = "") -> None:
    """Press a button above the page."""
    button = page.locator(f"header button[value='{language or easy}']")
    choices = page.locator("header details")
    if language and choices.get_attribute("open") is None:
        choices.locator("summary").click()
    with page.expect_navigation():
        button.click()


def arrive(page: Page, link: str) -> None:
    """At the first question."""
    page.goto(link)
    go_on(page)
    expect(page).to_have_url(link.partition("/s/")[0] + "/s/questions/1")
