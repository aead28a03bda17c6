"""The attacker's aim: find a plan on the server's disk that somebody printed, even for a moment,
even in a file that has no name, even of a print that was cut short."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple
from uuid import uuid4

import pytest

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import SectionWords, VersionBody
from tests.attacks.watched_server import Answer, Watched
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.unit.plans.conftest import version_head
from tests.unit.prints.conftest import SAFE
from tests.visits import ATTRIBUTE, HIDDEN

CANARY = "Zugvogel-wartet-am-Kanal"
PASSWORD = "Laternenpfahl-47-11"
LONG = " ".join(f"{CANARY} {number}." for number in range(6_000))
Serve = Callable[..., "Visit"]


class Visit(NamedTuple):
    """A watched server, somebody signed in there, and two plans: one page, and very many."""

    watched: Watched
    cookie: str
    short: str
    long: str

    def print_it(self, plan: str, **answers: str) -> Answer:
        path = f"{plan}/print"
        page = self.watched.ask(path, self.cookie).body.decode()
        hidden = [dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(page)]
        sent = {field["name"]: field.get("value", "") for field in hidden if "name" in field}
        return self.watched.ask(path, self.cookie, **{**sent, **SAFE, **answers})


@pytest.fixture(scope="module")
def serve(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serve]:
    started = []

    def start(leak: str = "") -> Visit:
        folder = tmp_path_factory.mktemp("watched")
        settings = copy_home(peopled_home[0], folder / "house")
        with running_app(open_app(settings)) as app:
            with app.app_context():
                short, long = (write(peopled_home[1], words) for words in (CANARY, LONG))
            client = signed_in_client(app, peopled_home[1].manager)
            cookie = client.get_cookie("caseapp")
        assert cookie
        watched = Watched(settings, folder / "watched", leak=leak)
        started.append(watched)
        visit = Visit(watched, cookie.value, short, long)
        # What comes once, such as unpacked fonts, comes now.
        assert visit.print_it(short).body.startswith(b"%PDF")
        return visit

    yield start
    for watched in started:
        watched.close()


def write(cast: Cast, words: str) -> str:
    kind = "domestic_abuse" if words == LONG else "youth_violence"
    section = "at_home" if words == LONG else "home"
    body = VersionBody(sections=(SectionWords(code=section, own=words),))
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        by = cast.assigned_advocate
        version = write_first_version(uuid4(), case, kind, version_head(), body, by)
    return f"/cases/{cast.case_id}/plans/{version.plan_id}"


@pytest.fixture(scope="module")
def visit(serve: Serve) -> Visit:
    return serve()


@pytest.mark.parametrize("form", ["standard", "easy_read"])
def test_nothing_of_a_printed_plan_is_ever_in_a_file(visit: Visit, form: str) -> None:
    visit.print_it(visit.short, plan_format=form)  # its pictures and fonts
    with visit.watched.looking_for(CANARY) as found:
        answer = visit.print_it(visit.short, plan_format=form)
    assert (answer.status, answer.body[:5]) == (200, b"%PDF-")
    assert found == []


def test_neither_is_a_locked_one_nor_its_password(visit: Visit) -> None:
    with visit.watched.looking_for(CANARY, PASSWORD) as found:
        answer = visit.print_it(visit.short, password=PASSWORD)
    assert answer.status == 200
    assert b"/Encrypt" in answer.body
    assert found == []


def print_and_kill(visit: Visit) -> Answer:
    """What is answered where every process that would print is killed."""
    over = Event()

    def kill() -> None:
        while not over.wait(0.1):
            visit.watched.kill_workers()

    killer = Thread(target=kill)
    killer.start()
    try:
        return visit.print_it(visit.long, password=PASSWORD)
    finally:
        over.set()
        killer.join()


def test_nothing_stays_of_a_print_that_is_killed_and_the_house_goes_on(visit: Visit) -> None:
    watched = visit.watched
    print_and_kill(visit)  # the page that says so is put together once, and kept
    with watched.looking_for(CANARY, PASSWORD) as found:
        answer = print_and_kill(visit)
    assert answer.status == 503
    assert "The plan was not printed" in answer.body.decode()
    assert found == []
    assert visit.print_it(visit.short).body.startswith(b"%PDF")
    assert CANARY in watched.ask(visit.long, visit.cookie).body.decode()


@pytest.mark.parametrize("leak", ["named", "nameless"])
def test_the_watch_sees_a_file_that_is_there_for_half_a_second(serve: Serve, leak: str) -> None:
    leaking = serve(leak)
    with leaking.watched.looking_for(CANARY) as found:
        assert leaking.print_it(leaking.short).status == 200
    assert any(line.startswith("open: ") for line in found), found  # by looking at what is open
    assert any(line.split(" ", 1)[-1].startswith(("open /", "tempfile.")) for line in found), found
