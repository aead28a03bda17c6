"""The attacker has the disk, and looks over a shoulder.

Every question of every form was answered with a word that stands nowhere else, files were sent and
fetched, papers printed, a caseload brought in, the glass broken. Then every byte is searched, and
all that a browser or a proxy keeps of a visit.
"""

import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import enumerate as living_threads
from typing import Any

import pypdfium2
import pytest
from flask import Flask, Response, message_flashed, request, request_finished
from flask.testing import FlaskClient

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.documents.plan_paper import FORMATS
from config import PROJECT, Settings
from tests.architecture.permission_matrix import ANONYMOUS, Door, Visitors, doors, fill_in
from tests.attacks.byte_search import ByteSearch
from tests.attacks.typist import Answers, Given, Typist
from tests.cast import Cast, open_a_case
from tests.filled_questionnaires import FELT
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.serving import environment_of
from tests.shown_forms import shown_form
from tests.surveyed import fill_in as fill_in_survey
from tests.visits import code_now, give_second_factor, hidden_fields

WRITERS = (
    "assigned_advocate", "manager", "other_manager", "administrator", "analyst", ANONYMOUS,
)  # fmt: skip
# What ends something comes last, and the end of the case itself at the very end.
ENDINGS = (
    "attachments.remove", "households.end", "duplicates.", "transfers.answer", "transfers.ask",
    "questionnaires.drop_draft", "closure.",
)  # fmt: skip
SHOWN_ONLY_AT_A_STEP = {
    "accounts.choose_password", "accounts.enter_code", "accounts.set_up_second_factor",
    "surveys.start", "surveys.answer", "surveys.send",
}  # fmt: skip
# Their answers are a code of an app, another service's file, a person who is no client, or only
# codes and numbers that describe nobody.
NEVER_TAKEN = {
    "catalogues.add_table", "exports.make_release", "figures.enter_population",
    "accounts.change_password", "accounts.change_second_factor", "accounts.sign_in",
    "directory.import_services", "duplicates.merge_people", "imports.choose_columns",
    "surveys.enter",
}  # fmt: skip
BREAK_GLASS = "break_glass.break_glass"
BY = {BREAK_GLASS: ("other_manager",), "strategy.add_step": ("analyst",)}  # others only read there
LATER = {"packs.choose_how"}  # a pack is begun once the forms are filled in
PAPER_PASSWORD = "vexil locks all paper quern"
CONVICTED = ("convicted_on-day", "convicted_on-month", "convicted_on-year")
KEPT_IN_BROWSERS = re.compile(
    r'<title>.*?</title>|\b(?:href|src|action|formaction|content)="[^"]*"', re.DOTALL
)
OWN_FILE = "attachments.download_attachment"


@dataclass
class Walk:
    """What was typed, and all that left traces of it."""

    folder: Path
    settings: Settings
    typist: Typist
    refused: dict[str, str] = field(default_factory=dict)
    never_shown: set[str] = field(default_factory=set)
    pages: list[str] = field(default_factory=list)  # where the words belong
    kept_outside: list[str] = field(default_factory=list)  # where none belongs

    @property
    def search(self) -> ByteSearch:
        return ByteSearch(self.typist.words)


@pytest.fixture(scope="module")
def walk(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("walked")
    settings, cast = copy_home(peopled_home[0], folder / "disk"), peopled_home[1]
    with everything_on(folder), running_app(open_app(settings)) as app:
        typist = Typist(app, FILES, answers_by_form(app, cast), [PAPER_PASSWORD])
        walked = Walk(folder, settings, typist)
        with watching(app, walked):
            walk_through(app, cast, walked)
        yield walked


@contextmanager
def everything_on(folder: Path) -> Iterator[None]:
    """Temporary files and logs, to their last word, land beside the home."""
    (folder / "temp").mkdir()
    log = logging.FileHandler(folder / "every.log")
    root = logging.getLogger()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder / "temp"))
        patch.setattr(tempfile, "tempdir", str(folder / "temp"))
        patch.setattr(root, "level", logging.DEBUG)
        root.addHandler(log)
        yield
        root.removeHandler(log)
        log.close()


@contextmanager
def watching(app: Flask, walked: Walk) -> Iterator[None]:
    """Keep of each answer what browsers keep in their history, servers in logs, and the words."""

    def note(_app: Flask, response: Response, **_: Any) -> None:
        hides = {"Content-Disposition"} if request.endpoint == OWN_FILE else set()
        headers = [f"{k}: {v}" for k, v in response.headers if k not in hides]
        walked.kept_outside += [request.full_path, *headers]
        if response.mimetype == "text/html":
            page = response.get_data(as_text=True)
            walked.pages.append(page)
            walked.kept_outside += KEPT_IN_BROWSERS.findall(page)
        if response.mimetype == "application/pdf":
            paper = pypdfium2.PdfDocument(response.get_data(), password=PAPER_PASSWORD)
            told = paper.get_metadata_dict()
            walked.kept_outside.append(repr(told))

    def note_flash(_app: Flask, message: str, **_: Any) -> None:
        walked.kept_outside.append(message)

    with request_finished.connected_to(note, app), message_flashed.connected_to(note_flash, app):
        yield


FIGURES = "code,year,value,source,dated_on\nadvocates,2026-27,6,The council,2026-05-01\n"
FILES = {
    "attachments.add_attachment": lambda word: (f"{word}.txt", f"{word} was here".encode()),
    "directory.import_services": lambda _word: ("services.json", b"[]"),
    "figures.load_figures": lambda _word: ("figures.csv", FIGURES.encode()),
    "imports.list_imports": lambda word: (f"{word}.csv", caseload(word)),
}


def caseload(word: str) -> bytes:
    """A row that comes in, and one that comes back."""
    head = "First name,Surname,DOB,Opened,Risk,Notes\n"
    good, bad = (f"{word}{n},Of{word}{n},{{}},1 May 2026,High,Saw {word}{n}\n" for n in "ab")
    return (head + good.format("27/3/2009") + bad.format("31/2/2009")).encode()


def answers_by_form(app: Flask, cast: Cast) -> Answers:
    """The few answers that must fit to something else."""
    give_second_factor(app, cast.other_manager)
    with app.app_context(), transaction():
        kin = open_a_case(cast.assigned_advocate, given_name="Odette", family_name="Elsewhere")
        own = db.session.get_one(Case, cast.case_id)
        to_kin: Given = {"reference": kin.head.reference}
        to_own: Given = {"reference": own.head.reference}
    agreed: Given = {"consent": "given", "consent_basis": "agreed"}
    return {
        "households.add_relationship": {**to_kin, "code": "sibling"},
        "households.link_cases": to_kin,
        "duplicates.find_same_person": to_kin,
        BREAK_GLASS: to_own,
        # a conviction goes with no reason why there was no outcome
        "incidents.record_outcome": dict.fromkeys(CONVICTED, ""),
        "prints.print_plan": {"password": PAPER_PASSWORD},
        "packs.choose_how": {"password": PAPER_PASSWORD},
        "marac.refer_case": agreed,
        "marac.edit_referral": agreed,
        "marac.add_action": {"owner": ""},
        "marac.change_action": {"owner": ""},
        "referrals.record_decision": {"decision": "accepted"},
        "transfers.answer_transfer": {"answer": "declined"},
        "figures.enter_figure": {"value": "6"},
        # another question hangs on this one, and none stands before it
        "questionnaires.change_question": {
            "about": "own_scale",
            "own_name": FELT.code,
            "asked_after": "",
            "after_answers": None,
        },
    }


def walk_through(app: Flask, cast: Cast, walked: Walk) -> None:
    found = doors(app, fill_in(app, cast))
    shown = {door.path for door in found if door.method == "GET"}
    forms = [
        door
        for door in found
        if door.method == "POST" and door.path in shown and door.endpoint not in LATER
    ]
    for door in sorted(forms, key=how_late):
        answer_form(app, cast, walked, door)
        if door.endpoint == "prints.print_plan":
            print_in_every_format(signed_in_client(app, cast.manager), door.path)
            make_a_pack(signed_in_client(app, cast.manager), walked.typist, cast)
    bring_a_caseload(signed_in_client(app, cast.manager), walked.typist)
    answer_a_survey(app, walked.typist, found)
    visitors = Visitors(app, cast)
    for door in found:
        for person in WRITERS if door.method == "GET" else ():
            visitors.visit(person, "GET", door.path)


def how_late(door: Door) -> tuple[int, bool]:
    ends = [place for place, name in enumerate(ENDINGS, 1) if door.endpoint.startswith(name)]
    return (ends or [0])[0], not door.path.endswith("/new")


def answer_form(app: Flask, cast: Cast, walked: Walk, door: Door) -> None:
    path = f"{door.path}?risk=high" if door.endpoint.endswith("keep_filter") else door.path
    people = BY.get(door.endpoint, WRITERS)
    for person in people:
        # A code is good for half a minute, and the walk may have taken longer up to here.
        walked.typist.given[BREAK_GLASS]["secret_code"] = code_now()
        client = (
            app.test_client() if person == ANONYMOUS else signed_in_client(app, cast.actors[person])
        )
        if client.get(path).status_code == 200:
            answer = walked.typist.fill_in(client, path, door.endpoint)
            if answer.status_code >= 400:
                walked.refused[door.endpoint] = f"{person}: {answer.status_code}"
            return
    walked.never_shown.add(door.endpoint)


def print_in_every_format(client: FlaskClient, path: str) -> None:
    """All that was typed into the plan, and into its rows, leaves in each of them."""
    safe = {"copy_is_safe": "yes", "password": PAPER_PASSWORD}
    for form in FORMATS:
        answers = {**hidden_fields(client.get(path)), **safe, "language": "fa"}
        paper = client.post(path, data={**answers, "plan_format": form})
        assert paper.mimetype == "application/pdf", paper.text


def make_a_pack(client: FlaskClient, typist: Typist, cast: Cast) -> None:
    answers = {**hidden_fields(client.get("/packs/new")), "case": str(cast.case_id), "do": "go"}
    options = client.post("/packs/new", data=answers).location
    begun = typist.fill_in(client, options, "packs.choose_how")
    begun.close()  # then the work begins
    wait_for("pack")
    with client.get(f"{begun.location}/download") as pack:
        assert pack.data.startswith(b"PK")


def answer_a_survey(app: Flask, typist: Typist, found: list[Door]) -> None:
    """In somebody's own words, from the link to the last page."""
    link = next(door.path for door in found if door.endpoint == "surveys.begin")
    fill_in_survey(app.test_client(), link.rpartition("/")[2], Random(1), typist.word())


def wait_for(work: str) -> None:
    for thread in living_threads():
        if thread.name == work:
            thread.join(60)


def bring_a_caseload(client: FlaskClient, typist: Typist) -> None:
    """File, columns as they are guessed, a look before, and the rows, in and out again."""
    place = typist.fill_in(client, "/imports", "imports.list_imports").location
    client.post(f"{place}/columns", data=shown_form(client.get(f"{place}/columns")))
    page = client.get(f"{place}/preview")
    client.post(f"{place}/begin", data=hidden_fields(page)).close()
    wait_for("import")
    assert b"quern" in client.get(f"{place}/faulty-rows.csv").data


def test_every_form_was_answered_and_taken(walk: Walk) -> None:
    """Otherwise the search below looks for what was never stored."""
    assert {name: why for name, why in walk.refused.items() if name not in NEVER_TAKEN} == {}
    assert walk.never_shown == SHOWN_ONLY_AT_A_STEP
    read_again = walk.search.found_in("\n".join(walk.pages).encode())
    assert len(read_again) > 200


def test_no_word_is_found_in_any_byte_on_the_disk(
    walk: Walk, capfd: pytest.CaptureFixture[str]
) -> None:
    assert walk.search.found_under(walk.folder) == {}
    assert walk.search.found_in("".join(capfd.readouterr()).encode()) == set()


def test_no_word_stands_where_a_browser_a_proxy_or_a_log_would_keep_it(walk: Walk) -> None:
    """Addresses, titles, cookies and other headers, flashed messages, what a PDF says of itself."""
    assert len(walk.kept_outside) > 5_000
    found = {
        text: sorted(words)
        for text in set(walk.kept_outside)
        if (words := walk.search.found_in(text.encode()))
    }
    assert found == {}


@pytest.mark.parametrize("command", [["check"], ["audit", "verify"]])
def test_every_record_opens_and_the_audit_holds(walk: Walk, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "caseapp.cli", *command],
        cwd=PROJECT,
        env={**os.environ, **environment_of(walk.settings)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert walk.search.found_in((done.stdout + done.stderr).encode()) == set()
