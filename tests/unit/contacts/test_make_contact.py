"""Making contact: a number is shown when it is safe, or for a reason that is kept and audited."""

from collections.abc import Callable, Iterator
from datetime import time
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.models import AuditEntry
from caseapp.cases.actions import change_person
from caseapp.cases.models import Case
from caseapp.contacts.contact_routes import ways_of
from caseapp.contacts.models import Note
from caseapp.database import db, transaction
from caseapp.people.models import Person, PersonBody, SafeContact, SafeWindow
from caseapp.reference import choices
from tests.cast import Cast
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
PHONE, EMAIL, ADDRESS = "07700 900123", "safe@example.org", "9 Heronsgate Walk"
SAFE = SafeContact(
    phone=PHONE,
    email=EMAIL,
    channels=("phone", "in_person_at_ours"),
    unsafe_channels=("letter",),
    wording="Say it is the library",
    windows=(SafeWindow(days=("wednesday",), starts=time(10), ends=time(10, 45)),),
)
WITHIN, AFTER = "2026-05-20 09:30Z", "2026-05-20 09:45Z"  # 10:30 and 10:45 in the borough


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(WITHIN):
        yield


@pytest.fixture
def place(app: Flask, cast: Cast) -> str:
    """The page, once the person has said how they may be reached."""
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        person = db.session.get_one(Person, cast.person_id)
        body = replace(person.body, safe_contact=SAFE)
        change_person(case, person, person.head, body, cast.assigned_advocate)
    return f"/cases/{cast.case_id}/contact"


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


def audited(app: Flask, kind: str) -> list[AuditEntry]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind)))


def shown_in(page: TestResponse) -> set[str]:
    return {secret for secret in (PHONE, EMAIL, ADDRESS) if secret in page.text}


def test_the_page_itself_holds_no_number(advocate: FlaskClient, place: str) -> None:
    page = advocate.get(place)
    assert shown_in(page) == set()
    assert "Wednesday, 10:00am to 10:45am" in page.text


def test_the_number_is_shown_in_the_safe_hour_with_what_to_say(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    page = send(advocate, place, channel="phone")
    assert page.status_code == 200
    assert shown_in(page) == {PHONE}
    assert "Say it is the library" in page.text
    (entry,) = audited(app, "contact_shown")
    assert "phone" in str(entry.detail)
    assert audited(app, "safe_contact_overridden") == []


@pytest.mark.parametrize(
    ("moment", "channel"),
    [
        (AFTER, "phone"),  # the hour is over
        (WITHIN, "text"),  # was not asked about
        (WITHIN, "letter"),  # they said that it is not safe
        (WITHIN, "visit"),
    ],
)
def test_what_is_not_known_to_be_safe_is_shown_for_a_reason_alone(
    app: Flask, advocate: FlaskClient, place: str, moment: str, channel: str
) -> None:
    with time_machine.travel(moment):
        asked = send(advocate, place, channel=channel)
        assert asked.status_code == 422
        assert shown_in(asked) == set()
        assert 'href="#why_not_safe"' in asked.text
        assert audited(app, "contact_shown") == []
        why = "Her brother is away this week"
        sent = {**hidden_fields(asked), "channel": channel, "why_not_safe": why}
        for _ in range(2):  # sent twice: shown again, kept once
            page = advocate.post(place, data=sent)
            assert page.status_code == 200
    assert len(shown_in(page)) == 1
    with app.app_context():
        note = db.session.scalars(select(Note)).one()
        assert (note.body.why_not_safe, note.head.contact_outcome) == (why, "not_a_contact")
    (entry,) = audited(app, "safe_contact_overridden")
    assert (channel in str(entry.detail), why in str(entry.detail)) == (True, False)


def test_looking_a_number_up_is_no_first_contact(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    send(advocate, place, channel="text", why_not_safe="He asked us to")
    with app.app_context():
        assert db.session.get_one(Case, cast.case_id).head.first_contact_on is None


def test_a_channel_that_nobody_knows_is_refused(advocate: FlaskClient, place: str) -> None:
    for channel in ("", "pigeon"):
        page = send(advocate, place, channel=channel)
        assert page.status_code == 422
        assert shown_in(page) == set()


@pytest.mark.parametrize("path", ["", "/person", "/tasks", "/notes/new", "/contact", "/plans"])
def test_no_other_page_of_the_case_shows_a_number_or_address(
    advocate: FlaskClient, cast: Cast, place: str, path: str
) -> None:
    assert place
    assert shown_in(advocate.get(f"/cases/{cast.case_id}{path}")) == set()


@pytest.mark.usefixtures("place")
def test_the_number_is_where_it_is_edited(advocate: FlaskClient, cast: Cast) -> None:
    assert PHONE in advocate.get(f"/cases/{cast.case_id}/person/edit").text


def test_where_no_way_is_safe_the_page_says_so(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    every_way = tuple(code for code, _ in choices("contact_channel"))
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        person = db.session.get_one(Person, cast.person_id)
        contact = replace(SAFE, channels=(), unsafe_channels=every_way)
        body = replace(person.body, safe_contact=contact)
        change_person(case, person, person.head, body, cast.assigned_advocate)
    page = advocate.get(place)
    assert "no way that we know of" in page.text
    assert "speak with your manager" in page.text
    assert send(advocate, place, channel="in_person_at_ours").status_code == 422


@pytest.mark.parametrize("channel", [code for code, _ in choices("contact_channel")])
def test_a_channel_shows_what_it_needs_and_nothing_more(channel: str) -> None:
    body = PersonBody(
        address=ADDRESS, postcode="W10 9ZZ", school="Westway College", safe_contact=SAFE
    )
    needs = {
        "phone": {"Phone"},
        "text": {"Phone"},
        "video": {"Phone", "Email"},
        "email": {"Email"},
        "letter": {"Address"},
        "visit": {"Address"},
        "at_school": {"School, college or work"},
    }
    assert {what for what, _ in ways_of(body, channel)} == needs.get(channel, set())
    assert all(value for _, value in ways_of(body, channel))


def test_a_colleague_who_covers_can_make_contact_and_nobody_else(
    client_of: ClientOf, place: str
) -> None:
    assert send(client_of("colleague"), place, channel="phone").status_code == 200
    for stranger in ("other_team", "other_manager", "analyst", "administrator"):
        assert client_of(stranger).get(place).status_code == 404
    missing = place.replace(place.split("/")[2], str(uuid4()))
    assert client_of("colleague").get(missing).status_code == 404
