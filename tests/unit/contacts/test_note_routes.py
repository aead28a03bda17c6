"""Writing a note: what cannot be right, what was sent twice, and contact against what they said."""

from collections.abc import Callable, Iterator
from datetime import time

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import func, select

from caseapp.audit.models import AuditEntry
from caseapp.cases.actions import change_person
from caseapp.cases.models import Case
from caseapp.contacts.due import tasks_due
from caseapp.contacts.models import Note, Task
from caseapp.database import db, read_snapshot, transaction
from caseapp.people.models import Person, SafeContact, SafeWindow
from tests.cast import Cast
from tests.closings import close
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

NOTE = {"contact": "phone_spoke", "fact": "Said that he is safer."}
THEN = {"on-day": "19", "on-month": "5", "on-year": "2026"}
MORNINGS = SafeContact(
    phone="07700 900123",
    windows=(SafeWindow(days=("tuesday", "wednesday"), starts=time(9), ends=time(11)),),
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:30Z"):  # a Wednesday, 10:30 in the borough
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/notes/new"


@pytest.fixture
def only_mornings(app: Flask, cast: Cast) -> None:
    say_when(app, cast, MORNINGS)


def say_when(app: Flask, cast: Cast, contact: SafeContact) -> None:
    """As if the person had said when and how contact is safe."""
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        person = db.session.get_one(Person, cast.person_id)
        body = replace(person.body, safe_contact=contact)
        change_person(case, person, person.head, body, cast.assigned_advocate)


def how_many(app: Flask, model: type[Note] | type[Task] = Note) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(model.id))) or 0


def the_note(app: Flask) -> Note:
    with app.app_context():
        note = db.session.scalars(select(Note)).one()
        _ = (note.head, note.body)  # opened while there is a session
        return note


def test_a_note_that_is_sent_twice_is_saved_once_and_so_is_its_task(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    sent = {**hidden_fields(advocate.get(place)), **NOTE, "next_action": "Ring the school"}
    pages = [advocate.post(place, data=sent) for _ in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert (how_many(app), how_many(app, Task)) == (1, 1)


def test_a_note_without_the_token_of_the_session_is_not_saved(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, place: str
) -> None:
    foreign = hidden_fields(client_of("manager").get(place))
    for token in ("", "x", foreign["csrf_token"]):
        assert advocate.post(place, data={**NOTE, "csrf_token": token}).status_code == 400
    assert how_many(app) == 0


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"contact": ""}, "Choose what contact it was"),
        ({"contact": "telepathy"}, "from the list"),
        ({"fact": " \n "}, "Enter what happened"),
        ({"at": "25:00"}, "Time"),
        ({"at": "11:45"}, "The time of the contact must be in the past"),
        ({"minutes": "-1"}, "Minutes"),
        ({**THEN, "on-day": "3"}, "The contact cannot be before the case began on 4 May 2026"),
        ({"on-year": "2009", "on-month": "3", "on-day": "26"}, "before the person was born"),
        ({**THEN, "on-day": "21"}, "today or in the past"),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(
    app: Flask, advocate: FlaskClient, place: str, answers: dict[str, str], message: str
) -> None:
    page = send(advocate, place, **{**NOTE, "opinion": "He is worn out.", **answers})
    assert page.status_code == 422
    assert message in page.text
    assert "He is worn out." in page.text
    assert how_many(app) == 0


def test_nothing_is_chosen_for_the_worker(advocate: FlaskClient, place: str) -> None:
    """A default would put a contact into the record that nobody made."""
    page = advocate.get(place).text
    contacts = page[page.index('name="contact"') :]
    assert '<option value="" selected>' in contacts[: contacts.index("</select>")]


def test_twenty_thousand_characters_are_kept_and_one_more_is_refused_without_loss(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    long = "ß" * 20_000
    page = send(advocate, place, **{**NOTE, "fact": long + "!"})
    assert page.status_code == 422
    assert "20,000 characters or fewer" in page.text
    assert long + "!" in page.text
    assert send(advocate, place, **{**NOTE, "fact": long}).status_code == 302
    assert the_note(app).body.fact == long


def test_a_closed_case_takes_no_note_and_says_so(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    with app.app_context(), transaction():
        close(db.session.get_one(Case, cast.case_id), cast.manager)
    page = send(advocate, place, **NOTE)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert how_many(app) == 0


@pytest.mark.usefixtures("only_mornings")
def test_a_call_outside_the_safe_hours_asks_why_beside_the_question(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    page = send(advocate, place, **{**NOTE, **THEN, "at": "11:00"})
    assert page.status_code == 422
    assert "It is safe Tuesday and Wednesday, 9:00am to 11:00am." in page.text
    assert 'href="#why_not_safe"' in page.text
    assert NOTE["fact"] in page.text
    assert how_many(app) == 0
    why = "He rang us from school"
    page = advocate.post(
        place,
        data={**hidden_fields(page), **NOTE, **THEN, "at": "11:00", "why_not_safe": why},
    )
    assert page.status_code == 302
    assert the_note(app).body.why_not_safe == why
    assert overrides(app) == 1


@pytest.mark.usefixtures("only_mornings")
@pytest.mark.parametrize(
    "answers",
    [
        {"at": "10:00"},  # within the hours
        {"at": "11:00", "contact": "office_spoke"},  # came to us
        {"at": "11:00", "contact": "agency"},  # reached somebody else
        {"at": "11:00", "contact": "family"},
    ],
)
def test_contact_that_was_safe_asks_for_no_reason_and_keeps_none(
    app: Flask, advocate: FlaskClient, place: str, answers: dict[str, str]
) -> None:
    sent = {**NOTE, **THEN, "why_not_safe": "Typed before the time was put right", **answers}
    assert send(advocate, place, **sent).status_code == 302
    assert the_note(app).body.why_not_safe == ""
    assert overrides(app) == 0


@pytest.mark.usefixtures("only_mornings")
def test_naming_somebody_else_does_not_pass_by_the_safe_hours(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    sent = {**NOTE, **THEN, "at": "03:05", "with_whom": "Interpreter Xenobia"}
    page = send(advocate, place, **sent)
    assert page.status_code == 422
    assert 'href="#why_not_safe"' in page.text
    assert send(advocate, place, **sent, why_not_safe="She rang us").status_code == 302
    assert the_note(app).body.why_not_safe == "She rang us"
    assert overrides(app) == 1


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        (False, "They said that a voicemail is not safe."),
        (None, "Nobody has written down whether a voicemail is safe."),
    ],
)
def test_a_message_is_not_left_unasked_where_voicemail_is_not_known_to_be_safe(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, allowed: bool | None, said: str
) -> None:
    say_when(app, cast, SafeContact(phone="07700 900123", voicemail_allowed=allowed))
    left = {**NOTE, "contact": "phone_message"}
    page = send(advocate, place, **left)
    assert page.status_code == 422
    assert said in page.text
    assert send(advocate, place, **left, why_not_safe="She asked for it").status_code == 302
    assert overrides(app) == 1


def test_a_message_is_left_without_a_reason_where_they_said_that_it_is_safe(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    say_when(app, cast, SafeContact(phone="07700 900123", voicemail_allowed=True))
    assert send(advocate, place, **{**NOTE, "contact": "phone_message"}).status_code == 302
    assert overrides(app) == 0


def test_what_comes_next_reaches_them_by_a_way_whose_safety_stands_beside_the_task(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    sent = {**NOTE, "next_action": "Ring her back", "next_action_kind": "phone"}
    assert send(advocate, place, **sent).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Task)).one().head.kind == "phone"
    with app.app_context(), read_snapshot() as session:
        (due,) = tasks_due(session, session.scalars(select(Case.id)).all())
    assert due.kind == "contact_task"


def test_hours_in_words_alone_ask_for_no_reason_after_the_call(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    """Nobody asked for hours that a rule can read; the page shows the words instead."""
    page = advocate.get(place)
    assert "school days, 4 to 5pm" in page.text
    assert send(advocate, place, **NOTE).status_code == 302
    assert overrides(app) == 0


@pytest.mark.usefixtures("only_mornings")
def test_the_case_page_says_that_contact_was_against_what_they_said(
    advocate: FlaskClient, cast: Cast, place: str
) -> None:
    send(advocate, place, **{**NOTE, **THEN, "at": "11:00", "why_not_safe": "He rang us"})
    page = advocate.get(f"/cases/{cast.case_id}")
    assert "Against what is known of safe contact: He rang us" in page.text


def test_all_that_was_typed_of_a_contact_stands_on_the_case_page(
    advocate: FlaskClient, cast: Cast, place: str
) -> None:
    more = {"with_whom": "Interpreter Xenobia", "minutes": "35", "safe_to_talk": "yes"}
    assert send(advocate, place, **NOTE, **more).status_code == 302
    page = advocate.get(f"/cases/{cast.case_id}").text
    assert "35 minutes. With: Interpreter Xenobia. It was safe to talk." in page


def overrides(app: Flask) -> int:
    with app.app_context():
        kind = AuditEntry.kind == "safe_contact_overridden"
        return len(db.session.scalars(select(AuditEntry).where(kind)).all())
