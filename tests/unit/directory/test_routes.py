"""The pages of the directory: found, kept right, closed, brought in; and who may do it."""

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.directory import actions
from caseapp.directory.actions import DirectoryHasChanged
from caseapp.directory.entries import Entry, entry_of
from caseapp.directory.models import Service
from caseapp.directory.queries import find_service, services_for
from caseapp.directory.writing import write_feed
from tests.cast import Cast
from tests.unit.directory.entries import fed, make_entry
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

ANSWERS = {
    "name": "Turning point",
    "organisation": "Borough Trust",
    "needs": "referral_kind/perpetrator_programme",
    "areas": "Kensington, Chelsea, kensington",
    "languages": "Farsi",
    "minimum_age": "18",
    "sexes": "everybody",
    "takes_from_outside": "no",
    "url": "https://example.org/",
    "last_checked_on-day": "4",
    "last_checked_on-month": "5",
    "last_checked_on-year": "2026",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def manager(client_of: ClientOf) -> FlaskClient:
    return client_of("manager")


def keep(app: Flask, cast: Cast, *entries: Entry) -> None:
    with app.app_context(), transaction():
        for entry in entries:
            actions.add_service(entry, cast.manager)


def stored(app: Flask) -> list[Entry]:
    with app.app_context():
        return [entry_of(each) for each in db.session.scalars(select(Service))]


def found(app: Flask, **asked: Any) -> list[str]:
    with app.app_context():
        return [service.name for service in services_for(**asked).rows]


def read_in(client: FlaskClient, data: bytes, name: str = "list.json") -> TestResponse:
    page = client.get("/directory/import")
    return client.post(
        "/directory/import",
        data={**hidden_fields(page), "file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    with app.app_context():
        event.remove(db.engine, "before_cursor_execute", note)


def test_services_are_found_by_each_thing_and_by_all_of_them(app: Flask, cast: Cast) -> None:
    keep(
        app, cast, make_entry(name="A"),
        make_entry(name="B", needs=("other_need/debt",), areas=("Holland",), access=()),
        make_entry(name="C", languages=("Fársi",), takes_from_outside=None, maximum_age=16),
        make_entry(name="D", is_open=False),
    )  # fmt: skip
    assert found(app) == ["A", "B", "C"]
    assert found(app, need="other_need/debt") == ["B"]
    assert found(app, area="golborne") == ["A", "C"]
    assert found(app, language="farsi") == ["C"]
    assert found(app, accessible="wheelchair") == ["A", "C"]
    assert found(app, outside=True) == ["A", "B"]
    assert found(app, age=20) == ["A", "B"]
    assert found(app, text="westway B") == ["B"]
    assert found(app, area="golborne", outside=True, language="Somali") == ["A"]
    assert found(app, include_closed=True) == ["A", "B", "C", "D"]
    assert found(app, text="100%_") == []


def test_a_closed_service_is_still_found_by_its_id(app: Flask, cast: Cast) -> None:
    entry = make_entry(is_open=False)
    keep(app, cast, entry)
    with app.app_context():
        service = find_service(entry.id)
        assert service
        assert not service.is_open
        assert find_service(UUID(int=1)) is None


def test_a_page_takes_as_many_queries_for_a_hundred_services_as_for_one(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    keep(app, cast, make_entry())
    manager.get("/directory")
    with counted(app) as few:
        manager.get("/directory?area=Golborne")
    keep(app, cast, *(make_entry(name=f"Service {n:03}") for n in range(100)))
    with counted(app) as many:
        page = manager.get("/directory?area=Golborne")
    assert len(many) == len(few)
    assert "101 services" in page.text
    assert "page=2" in page.text
    assert "area=Golborne" in page.text


def test_a_service_is_added_once_changed_and_shown(app: Flask, manager: FlaskClient) -> None:
    data = {**hidden_fields(manager.get("/directory/services/new")), **ANSWERS}
    first = manager.post("/directory/services/new", data=data)
    assert manager.post("/directory/services/new", data=data).location == first.location
    (entry,) = stored(app)
    assert entry.areas == ("Chelsea", "Kensington")
    assert (entry.minimum_age, entry.takes_from_outside, entry.sexes) == (18, False, "")
    send(manager, f"{first.location}/edit", **{**ANSWERS, "areas": "Chelsea", "name": "Turned"})
    assert (stored(app)[0].name, stored(app)[0].areas) == ("Turned", ("Chelsea",))
    assert "Turned" in manager.get(first.location).text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": ""}, "Enter the name of the service"),
        ({"url": "javascript:alert(1)"}, "must begin with https://"),
        ({"minimum_age": "30", "maximum_age": "20"}, "cannot be under the lowest"),
        ({"needs": "referral_kind/unheard_of"}, "from the list"),
        ({"last_checked_on-year": "2030"}, "Last checked"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_typed_is_lost(
    app: Flask, manager: FlaskClient, answers: dict[str, str], message: str
) -> None:
    page = send(manager, "/directory/services/new", **{**ANSWERS, **answers})
    assert page.status_code == 422
    assert message in page.text
    assert "Borough Trust" in page.text
    assert stored(app) == []


def test_two_people_who_edit_meet_on_a_page_that_keeps_both(
    app: Flask, cast: Cast, manager: FlaskClient, client_of: ClientOf
) -> None:
    entry = make_entry()
    keep(app, cast, entry)
    path = f"/directory/services/{entry.id}/edit"
    shown = hidden_fields(manager.get(path))
    send(client_of("other_manager"), path, **{**ANSWERS, "name": "Theirs"})
    met = manager.post(path, data={**shown, **ANSWERS, "name": "Mine"})
    assert met.status_code == 409
    assert "Theirs" in met.text
    assert "Mine" in met.text


def test_six_months_without_a_check_are_shown_until_somebody_checks(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    entry = make_entry(last_checked_on=date(2025, 11, 1))
    keep(app, cast, entry)
    place = f"/directory/services/{entry.id}"
    assert "for six months" in manager.get(place).text
    assert "Check before you refer" in manager.get("/directory").text
    send(manager, f"{place}/checked", shown_at=place)
    assert stored(app)[0].last_checked_on == date(2026, 5, 20)
    assert "for six months" not in manager.get(place).text


def test_a_service_is_closed_and_opened_again(app: Flask, cast: Cast, manager: FlaskClient) -> None:
    entry = make_entry()
    keep(app, cast, entry)
    place = f"/directory/services/{entry.id}"
    send(manager, f"{place}/close", shown_at=place)
    assert found(app) == []
    assert "Nobody can be referred to it" in manager.get(place).text
    send(manager, f"{place}/reopen", shown_at=place)
    assert found(app) == ["Westway clinic"]


def test_closed_services_are_listed_for_whoever_asks_and_opened_again_from_there(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    entry = make_entry(is_open=False)
    keep(app, cast, entry, make_entry(name="Open house"))
    place = f"/directory/services/{entry.id}"
    assert place not in manager.get("/directory").text
    page = manager.get("/directory?closed=yes")
    assert place in page.text
    assert "2 services" in page.text
    assert page.text.count(">Closed<") == 1
    assert re.search(r'<input[^>]*name="closed"[^>]*checked', page.text)
    assert "closed=yes" not in manager.get("/directory").text
    send(manager, f"{place}/reopen", shown_at=place)
    assert place in manager.get("/directory").text


def test_an_advocate_looks_and_changes_nothing(app: Flask, cast: Cast, client_of: ClientOf) -> None:
    entry = make_entry()
    keep(app, cast, entry)
    advocate = client_of("assigned_advocate")
    assert "Westway clinic" in advocate.get("/directory").text
    place = f"/directory/services/{entry.id}"
    assert "Close this service" not in advocate.get(place).text
    assert advocate.get(f"{place}/edit").status_code == 404
    assert send(advocate, f"{place}/close", shown_at="/account").status_code == 404
    assert client_of("analyst").get("/directory").status_code == 404


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
