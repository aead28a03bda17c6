"""Every page there is, found in the URL map itself, so that a new one is looked at by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from flask import Flask, abort
from msgspec.structs import replace
from playwright.sync_api import Page, ViewportSize, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db, transaction
from caseapp.people.models import Person
from caseapp.web.errors import PAGES
from caseapp.web.gate import public
from tests.architecture.permission_matrix import Door, doors, fill_in
from tests.browser.accessibility import assert_accessible
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client

OpenPage = Callable[..., Page]
PEOPLE = ("manager", "assigned_advocate", "administrator", "analyst", "anonymous")
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 800}
LONG_NAME = "Rasoanaivorakotomalalandriamampionona-Featherstonehaugh"
ERRORS = "/error/"

# What is no page of HTML, and what shows a page only at a certain step, with the journey that
# looks at it there.
FILES = {
    "/static/<path:filename>",
    "/cases/<uuid:case_id>/files/<uuid:attachment_id>",
    "/cases/<uuid:case_id>/marac/<uuid:referral_id>/referral.pdf",
    "/cases/<uuid:case_id>/who-opened/list.pdf",
    "/packs/<uuid:pack_id>/download",
    "/directory/services.json",
    "/figures/<year>.csv",
    "/action-plan/plan.csv",
    "/board/board.pdf",
    "/voice/findings/<uuid:finding_id>/poster.pdf",
    "/voice/results.csv",
}
STEPS = {
    "/": "test_work_a_case.py",
    "/account/kept-form": "test_come_back_too_late.py",
    "/account/recovery-codes": "test_join_the_team.py",
    "/accounts/<uuid:user_id>/start-password": "test_join_the_team.py",
    "/cases/<uuid:case_id>/close/decision": "test_close_a_case.py",
    "/cases/<uuid:case_id>/close/request": "test_close_a_case.py",
    "/cases/<uuid:case_id>/reopen": "test_close_a_case.py",
    "/cases/<uuid:case_id>/risk/new": "test_judge_the_risk.py",
    "/cases/filters/new": "test_start_the_day.py",
    "/catalogue": "test_choose_the_tables.py",
    "/data-quality/cases": "test_see_what_is_missing.py",
    "/imports/<uuid:import_id>": "test_bring_a_caseload_in.py",
    "/imports/<uuid:import_id>/faulty-rows.csv": "test_bring_a_caseload_in.py",
    "/imports/<uuid:import_id>/preview": "test_bring_a_caseload_in.py",
    "/packs/<uuid:pack_id>/options": "test_make_a_pack.py",
    "/releases/<period>/download": "test_release_a_month.py",
    "/releases/jobs/<uuid:job_id>": "test_release_a_month.py",
    "/s/end": "test_answer_a_survey.py",
    "/s/leave": "test_answer_a_survey.py",
    "/s/questions/<int:number>": "test_answer_a_survey.py",
    "/s/start": "test_answer_a_survey.py",
    "/sign-in/code": "test_join_the_team.py",
    "/sign-in/new-password": "test_join_the_team.py",
    "/sign-in/second-factor": "test_join_the_team.py",
    "/transfers/<uuid:transfer_id>": "test_share_and_refer.py",
}


class QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the faults matter, not the visits."""


class House(NamedTuple):
    """The app on loopback, with a case that has one of everything."""

    url: str
    app: Flask
    cast: Cast
    doors: list[Door]


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("house") / "home")
    with running_app(open_app(settings)) as app:
        cast = peopled_home[1]
        give_a_long_name(app, cast)
        found = [door for door in doors(app, fill_in(app, cast)) if door.method == "GET"]
        add_doors_that_fail(app)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield House(f"http://127.0.0.1:{server.server_port}", app, cast, found)
        server.shutdown()
        thread.join()
        server.server_close()


def give_a_long_name(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        person = db.session.get_one(Person, cast.person_id)
        person.head = replace(person.head, given_name="Nomvuyisekokuthula", family_name=LONG_NAME)
        record(Kind.PERSON_CHANGED, actor=None, case_id=cast.case_id)


def add_doors_that_fail(app: Flask) -> None:
    def fail(code: int) -> str:
        abort(code)

    app.add_url_rule(f"{ERRORS}<int:code>", "fail", public(fail))


class Visitors:
    """A browser for each person."""

    def __init__(self, house: House, open_page: OpenPage) -> None:
        self.house, self.open_page = house, open_page
        self.pages: dict[str, Page] = {}

    def page_of(self, person: str) -> Page:
        if person not in self.pages:
            self.pages[person] = page = self.open_page(viewport=WIDE)
            if person != "anonymous":
                client = signed_in_client(self.house.app, self.house.cast.actors[person])
                cookie = client.get_cookie("caseapp")
                assert cookie
                page.context.add_cookies(
                    [{"name": "caseapp", "value": cookie.value, "url": self.house.url}]
                )
        return self.pages[person]

    def find_one_for(self, door: Door) -> tuple[Page, str]:
        """The page of the first person whom the door lets in, and what is behind it."""
        for person in PEOPLE:
            page = self.page_of(person)
            answer = page.request.get(self.house.url + door.path, max_redirects=0)
            kind = answer.headers["content-type"].split(";")[0]
            if answer.status == 200:
                return page, kind
        return page, "nobody is shown anything"


def test_every_page_passes_axe_and_fits_a_narrow_screen(open_page: OpenPage, house: House) -> None:
    visitors = Visitors(house, open_page)
    files, steps, faults = set(), set(), []
    for door in house.doors:
        page, kind = visitors.find_one_for(door)
        if kind == "text/html":
            page.goto(house.url + door.path)
            faults += faults_of(page)
        elif kind == "nobody is shown anything":
            steps.add(door.rule)
        else:
            files.add(door.rule)
    assert faults == []
    assert files == FILES
    assert steps == set(STEPS)
    assert [name for name in STEPS.values() if not Path(__file__).with_name(name).exists()] == []


@pytest.mark.parametrize("person", ["anonymous", "manager"])
def test_every_page_of_an_error_passes_axe_and_fits_a_narrow_screen(
    open_page: OpenPage, house: House, person: str
) -> None:
    page = Visitors(house, open_page).page_of(person)
    faults = []
    for code in sorted(PAGES):
        page.goto(f"{house.url}{ERRORS}{code}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        faults += faults_of(page)
    assert faults == []


def faults_of(page: Page) -> list[str]:
    """What axe says at both widths, and whether the page is too wide for the narrow one."""
    faults = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        try:
            assert_accessible(page)
        except AssertionError as error:
            faults.append(str(error))
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        faults.append(f"{page.url} is {width} pixels wide on a screen of {NARROW['width']}")
    return faults
