"""Cases with plans, and packs of them made through the pages, as a manager makes them."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from itertools import count as count_up
from itertools import islice
from threading import enumerate as living_threads
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.clock import now, today
from caseapp.database import db, transaction
from caseapp.packs.files import FOLDER
from caseapp.packs.models import PackProgress
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import SectionWords, VersionBody, VersionHead
from tests.cast import Cast, open_a_case
from tests.visits import hidden_fields

PASSWORD = "harbour-quilt-comet-47"
WORDS = "I go to my aunt Heronsgate and ring her bell."
NUMBERS = count_up()  # names in the order of the alphabet, in whichever test
ANSWERS = {
    "format": "own",
    "language": "own",
    "unsafe": "leave_out",
    "shape": "zip",
    "password": PASSWORD,
}


def write_plan(cast: Cast, case: Case, kind: str = "youth_violence", **head: object) -> None:
    """The first version of a plan; the caller commits."""
    told = VersionHead(
        written_at=now(),
        review_on=today() + timedelta(weeks=4),
        is_agreed=True,
        copy_is_safe=True,
        reading_format="easy_read",
    )
    body = VersionBody(sections=(SectionWords(code="home", own=WORDS),))
    write_first_version(uuid4(), case, kind, replace(told, **head), body, cast.manager)


def open_cases(app: Flask, cast: Cast, count: int, **head: object) -> list[UUID]:
    """Cases of the manager's team, each with a plan, in the order of their names."""
    with app.app_context(), transaction():
        found = []
        for number in islice(NUMBERS, count):
            name = {"given_name": f"Abla{number:03}", "family_name": "Kestrelwood"}
            case = open_a_case(cast.assigned_advocate, **name)
            write_plan(cast, case, "youth_violence", **head)
            found.append(case.id)
        return found


def choose(client: FlaskClient, cases: Sequence[UUID], **more: str) -> TestResponse:
    """Tick these cases and go on."""
    form = hidden_fields(client.get("/packs/new"))
    ticked = [("case", str(each)) for each in cases]
    sent = [*form.items(), *ticked, ("do", "go"), *more.items()]
    return client.post("/packs/new", data=_several(sent))


def begin(client: FlaskClient, cases: Sequence[UUID], **answers: str) -> str:
    """Choose, say how, and begin; the address of the pack."""
    options = choose(client, cases).location
    with send_options(client, options, **answers) as begun:
        assert begun.status_code == 303
        return begun.location


def send_options(client: FlaskClient, options: str, **answers: str) -> TestResponse:
    form = hidden_fields(client.get(options))
    return client.post(options, data={**form, **ANSWERS, **answers})


def make(client: FlaskClient, cases: Sequence[UUID], **answers: str) -> str:
    """Begin, and wait until it is made."""
    place = begin(client, cases, **answers)
    wait_for_it()
    return place


def wait_for_it() -> None:
    for thread in living_threads():
        if thread.name == "pack":
            thread.join(120)
            assert not thread.is_alive()


def press(client: FlaskClient, place: str, button: str) -> TestResponse:
    """One of the buttons of a pack's page."""
    form = hidden_fields(client.get(place))
    return client.post(f"{place}/{button}", data=form)


def zip_of(client: FlaskClient, place: str) -> zipfile.ZipFile:
    with client.get(f"{place}/download") as answer:
        assert answer.status_code == 200
        return zipfile.ZipFile(io.BytesIO(answer.data))


def id_in(place: str) -> UUID:
    found = re.search(r"[0-9a-f-]{36}", place)
    assert found
    return UUID(found[0])


def files_of(app: Flask) -> list[str]:
    folder = app.extensions["settings"].home / FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def _several(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


def state_in_list(client: FlaskClient) -> str:
    """What the list of packs says of the newest one."""
    page = client.get("/packs").text
    found = re.search(r'data-label="State">([^<]+)<', page)
    assert found
    return found[1]


def count_of(app: Flask, kind: Kind) -> int:
    with app.app_context():
        query = select(func.count()).where(AuditEntry.kind == kind.value)
        return db.session.scalar(query) or 0


def state_of(app: Flask, place: str) -> str:
    with app.app_context():
        return db.session.get_one(PackProgress, id_in(place)).state
