"""Plans that are hard to print, and paper that cannot be made: a plain message, nothing lost."""

import shutil
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import page as pdf_checker
import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.documents.plan_paper import FORMATS
from caseapp.documents.printer import Printer
from caseapp.documents.problems import AssetsMissing, PrinterClosed, RenderTookTooLong
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import SectionWords, Step, VersionBody
from caseapp.plans.rules import sections_of
from config import PROJECT
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.paper_words import pages_of
from tests.serving import start_server
from tests.unit.plans.conftest import version_head
from tests.unit.prints.conftest import SAFE
from tests.visits import ATTRIBUTE, HIDDEN, send

pytestmark = pytest.mark.usefixtures("own_printer")

ClientOf = Callable[[str], FlaskClient]
Printed = Callable[[], list[dict[str, object]]]
Write = Callable[..., str]
MIXED = "Call Amira أميرة on 07700 900123 before ٦ مساءً, or go to 12 Elm Road (خلف المدرسة)."
EMOJI = "I feel 😀 when my friend 👩🏽‍🦱 is there, and ☹️ at the 🏟️. 🇬🇧 1️⃣"


@pytest.fixture
def write(app: Flask, cast: Cast) -> Write:
    """Writes the plan of the case with these words, and gives its address."""

    def write_plan(body: VersionBody) -> str:
        with app.app_context():
            return stored(cast, body)

    return write_plan


def stored(cast: Cast, body: VersionBody) -> str:
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        head, by = version_head(), cast.assigned_advocate
        version = write_first_version(uuid4(), case, "youth_violence", head, body, by)
    return f"/cases/{cast.case_id}/plans/{version.plan_id}"


def home(words: str) -> VersionBody:
    return VersionBody(sections=(SectionWords(code="home", own=words),))


def test_a_plan_of_forty_pages_is_printed_whole(client_of: ClientOf, write: Write) -> None:
    words = " ".join(f"Sentence {number} says what I do." for number in range(330))
    sections = [SectionWords(code=part.code, own=words) for part in sections_of("youth_violence")]
    plan_url = write(VersionBody(sections=tuple(sections)))
    answer = send(client_of("manager"), f"{plan_url}/print", **SAFE)
    pages = pages_of(answer.data)
    assert len(pages) >= 40
    assert " ".join(pages).count("Sentence 329 says what I do.") == len(sections)


@pytest.mark.parametrize("form", ["standard", "easy_read"])
def test_an_answer_of_ten_thousand_words_is_printed_whole(
    client_of: ClientOf, write: Write, form: str
) -> None:
    words = " ".join(f"w{n}." if n % 12 == 0 else f"w{n}" for n in range(10_000))
    answer = send(
        client_of("manager"), f"{write(home(words))}/print", **{**SAFE, "plan_format": form}
    )
    found = set(" ".join(pages_of(answer.data)).replace(".", " ").split())
    assert {f"w{number}" for number in range(10_000)} <= found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "words", [MIXED, EMOJI, "\N{REPLACEMENT CHARACTER}\u0378 \ue000", "x" * 3000]
)
def test_strange_words_are_printed_in_every_format(
    client_of: ClientOf, write: Write, form: str, words: str
) -> None:
    how = {**SAFE, "plan_format": form, "language": "ar"}
    body = VersionBody(
        sections=(SectionWords(code="home", own=words, worker=words),),
        steps=(Step(when=words, then=words),),
    )
    answer = send(client_of("manager"), f"{write(body)}/print", **how)
    assert answer.mimetype == "application/pdf"
    assert pdf_checker.validate_pdf_bytes(answer.data, profile="ua1").is_compliant


def test_a_plan_of_one_empty_section_after_another_is_printed(
    client_of: ClientOf, write: Write
) -> None:
    plan_url = write(VersionBody(sections=(), steps=(Step(when="I am followed", then="I ring"),)))
    for form in ("standard", "large_print", "easy_read", "pocket_card", "worker"):
        answer = send(client_of("manager"), f"{plan_url}/print", **{**SAFE, "plan_format": form})
        assert "I am followed" in " ".join(pages_of(answer.data))


@pytest.fixture
def hasty_printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stops every document that takes longer than a few milliseconds."""
    hasty = Printer(workers=1, time_limit=0.005)
    monkeypatch.setattr("caseapp.prints.printing.printer", hasty)
    yield
    hasty.close()


@pytest.mark.usefixtures("hasty_printer")
def test_a_paper_that_takes_too_long_is_said_and_did_not_leave(
    client_of: ClientOf, write: Write, printed: Printed
) -> None:
    """The audit tells the person what left; a paper that was never made did not."""
    plan_url, client = write(home("I go to my aunt.")), client_of("manager")
    answer = send(client, f"{plan_url}/print", **SAFE, password="lantern orchard")
    assert answer.status_code == 503
    assert RenderTookTooLong.sentence in answer.text
    assert "lantern orchard" not in answer.text
    assert f'href="{plan_url}/print"' in answer.text
    assert printed() == []
    assert "I go to my aunt." in client.get(plan_url).text


def test_a_server_that_stops_says_so(
    client_of: ClientOf, write: Write, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = Printer(workers=1)
    closed.close()
    monkeypatch.setattr("caseapp.prints.printing.printer", closed)
    answer = send(client_of("manager"), f"{write(home('Mine.'))}/print", **SAFE)
    assert answer.status_code == 503
    assert PrinterClosed.sentence in answer.text
    assert printed() == []


def test_a_missing_typeface_is_said_and_the_plan_is_kept(
    peopled_home: tuple[Path, Cast], tmp_path: Path
) -> None:
    """A whole server on a copy of the program that lost one file of its fonts."""
    folder, cast = peopled_home
    project = copy_of_the_program(tmp_path / "program")
    next((project / "static/vendor/fonts").glob("vazirmatn*400*")).unlink()
    settings = copy_home(folder, tmp_path / "house")
    with running_app(open_app(settings)) as app:
        with app.app_context():
            plan_url = stored(cast, home("I go to my aunt."))
        cookie = signed_in_client(app, cast.manager).get_cookie("caseapp")
    assert cookie
    server = start_server(settings, project=project)
    try:
        path, carried = f"{plan_url}/print", f"caseapp={cookie.value}"
        _, page = ask(server.port, path, carried)
        hidden = [dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(page)]
        answers = {field["name"]: field.get("value", "") for field in hidden if "name" in field}
        status, page = ask(server.port, path, carried, **answers, **SAFE)
        kept = ask(server.port, plan_url, carried)
    finally:
        server.kill()
    assert status == 503
    assert AssetsMissing.sentence in page
    assert "I go to my aunt." in kept[1]


def copy_of_the_program(project: Path) -> Path:
    for name in ("caseapp", "templates", "static", "migrations"):
        unneeded = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(PROJECT / name, project / name, ignore=unneeded)
    shutil.copy(PROJECT / "config.py", project)
    return project


def ask(port: int, path: str, cookie: str, **answers: str) -> tuple[int, str]:
    wire = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    wire.request("POST" if answers else "GET", path, urlencode(answers), headers)
    answer = wire.getresponse()
    page = answer.read().decode()
    wire.close()
    return answer.status, page
