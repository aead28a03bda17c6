"""The pages of the directory: found, kept right, closed; and who may do it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from caseapp.database import db
from caseapp.directory.queries import find_service, services_for
from tests.cast import Cast
from tests.unit.directory.entries import keep, make_entry, stored
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


def found(app: Flask, **asked: Any) -> list[str]:
    with app.app_context():
        return [service.name for service in services_for(**asked).rows]


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
