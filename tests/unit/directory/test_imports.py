"""A list of services brought in: looked at before, all of it or nothing, and nothing known lost."""

import io
import json
import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.directory import actions
from caseapp.directory.actions import DirectoryHasChanged
from caseapp.directory.entries import Entry
from caseapp.directory.models import Service
from caseapp.directory.queries import services_for
from caseapp.directory.writing import write_feed
from tests.cast import Cast
from tests.unit.directory.entries import fed, keep, make_entry, stored
from tests.visits import hidden_fields, send


def read_in(client: FlaskClient, data: bytes, name: str = "list.json") -> TestResponse:
    page = client.get("/directory/import")
    return client.post(
        "/directory/import",
        data={**hidden_fields(page), "file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )


def test_a_list_is_looked_at_before_any_of_it_is_saved(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    same, changed, closed = make_entry(name="A"), make_entry(name="B"), make_entry(name="C")
    keep(app, cast, same, changed, closed)
    with app.app_context():
        before = db.session.scalar(select(Service.revision).where(Service.id == same.id))
    new = [
        same,
        Entry(**{**_facts(changed), "waiting_time": "2 days"}),
        Entry(**{**_facts(closed), "is_open": False}),
        make_entry(name="D"),
    ]
    preview = read_in(manager, write_feed(new))
    page = manager.get(preview.location)
    for row in ("New", "Changed", "Closed", "As they are"):
        assert _figure(page.text, row) == "1"
    assert len(stored(app)) == 3
    send(manager, preview.location)
    names = {entry.name: entry for entry in stored(app)}
    assert names.keys() == {"A", "B", "C", "D"}
    assert names["B"].waiting_time == "2 days"
    assert not names["C"].is_open
    with app.app_context():
        assert db.session.scalar(select(Service.revision).where(Service.id == same.id)) == before
        noted = db.session.scalars(
            select(AuditEntry.detail).where(AuditEntry.kind == Kind.DIRECTORY_CHANGED)
        ).all()
    assert '{"changed":1,"closed":1,"new":1,"what":"imported"}' in noted
    again = read_in(manager, write_feed(new))
    assert _figure(manager.get(again.location).text, "As they are") == "4"


def test_what_a_list_says_nothing_about_stays_as_it_is_known_here(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    entry = make_entry(sexes="female", email="hello@westway.example", eligibility="No fee")
    keep(app, cast, entry)
    sparse = fed(entry.id, name=entry.name, organization={"name": entry.organisation})
    for _ in range(2):  # the same list again
        preview = read_in(manager, json.dumps([sparse]).encode()).location
        assert _figure(manager.get(preview).text, "As they are") == "1"
        send(manager, preview)
    assert stored(app) == [entry]


def test_what_a_list_says_is_taken_over_and_shown_before_as_it_was_and_as_it_will_be(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    entry = make_entry(sexes="female")
    keep(app, cast, entry)
    newer = fed(
        entry.id, name=entry.name, organization={"name": entry.organisation}, wait_time="2 days",
        maximum_age=18, assured_date="2026-01-02", service_areas=[{"name": "Holland"}],
    )  # fmt: skip
    preview = read_in(manager, json.dumps([newer]).encode()).location
    page = " ".join(_words(manager.get(preview).text).split())
    assert "Waiting time: 6 weeks becomes 2 days" in page
    assert "Areas: Dalgarno, Golborne becomes Holland" in page
    assert "From what age?: 11 becomes nothing" in page
    for kept in ("For whom?", "Languages", "Last checked", "Phone number"):
        assert f"{kept}:" not in page
    send(manager, preview)
    (now,) = stored(app)
    assert (now.waiting_time, now.areas, now.sexes) == ("2 days", ("Holland",), "female")
    assert (now.minimum_age, now.maximum_age) == (None, 18)  # one answer in two parts
    assert now.last_checked_on == entry.last_checked_on  # the later of the two


def test_a_service_that_a_list_opens_again_is_shown_as_that(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    entry = make_entry(is_open=False)
    keep(app, cast, entry)
    preview = read_in(manager, write_feed([replace(entry, is_open=True)])).location
    assert "Closed: Yes becomes No" in " ".join(_words(manager.get(preview).text).split())


def test_one_faulty_service_keeps_the_whole_list_out(app: Flask, manager: FlaskClient) -> None:
    data = json.dumps([fed(), fed(UUID(int=9), status="open")]).encode()
    page = read_in(manager, data)
    assert page.status_code == 422
    assert "Service 2: its status is none of the standard" in page.text
    assert stored(app) == []


def test_an_import_is_asked_about_again_when_the_directory_has_changed_meanwhile(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    entry = make_entry()
    keep(app, cast, entry)
    newer = Entry(**{**_facts(entry), "waiting_time": "2 days"})
    preview = read_in(manager, write_feed([newer])).location
    shown = hidden_fields(manager.get(preview))
    place = f"/directory/services/{entry.id}"
    send(manager, f"{place}/close", shown_at=place)
    met = manager.post(preview, data=shown)
    assert met.status_code == 409
    assert "Nothing was imported" in met.text
    assert stored(app)[0].waiting_time == "6 weeks"
    send(manager, preview)
    assert stored(app)[0].waiting_time == "2 days"


def test_an_import_that_fails_half_way_leaves_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            kept = actions.keep_import(UUID(int=3), "list", [make_entry()], cast.manager)
        actions.carry_out(kept, cast.manager)
        db.session.flush()
        assert services_for().total == 1
        db.session.rollback()  # as when the power goes
    assert stored(app) == []


def test_a_stale_preview_is_refused_by_the_action_itself(app: Flask, cast: Cast) -> None:
    entry = make_entry()
    keep(app, cast, entry)
    with app.app_context(), transaction():
        newer = Entry(**{**_facts(entry), "name": "Newer"})
        kept = actions.keep_import(UUID(int=3), "list", [newer], cast.manager)
        actions.check_service(db.session.get_one(Service, entry.id), cast.manager)
        with pytest.raises(DirectoryHasChanged):
            actions.carry_out(kept, cast.manager)


def test_no_address_is_fetched_that_the_administrator_has_not_allowed(
    manager: FlaskClient,
) -> None:
    for address in ("https://example.org/", "http://example.org/", "ftp://x", "https://", "x"):
        page = send(manager, "/directory/import", address=address)
        assert page.status_code == 422
        assert address in page.text
    assert "has not allowed any address" in page.text


def test_the_whole_directory_leaves_as_open_referral_and_comes_back(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    keep(app, cast, make_entry(), make_entry(name="Other", is_open=False))
    answer = manager.get("/directory/services.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    preview = manager.get(read_in(manager, answer.data).location)
    assert _figure(preview.text, "As they are") == "2"


def test_an_upload_of_fifty_megabytes_is_refused(manager: FlaskClient) -> None:
    answer = read_in(manager, b" " * 50_000_000)
    answer.request.input_stream.close()  # the client's own copy of the form
    assert answer.status_code == 413


def _facts(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__}


def _figure(page: str, row: str) -> str:
    after = page.split(f'summary-list__key">{row}</dt>')[1]
    return after.split("</dd>")[0].rsplit(">", 1)[1].strip()


def _words(page: str) -> str:
    return re.sub("<[^>]*>", "", page)
