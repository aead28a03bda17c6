"""The questions about safe contact: what cannot be meant, and what is kept of what was typed."""

from collections.abc import Callable
from datetime import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.database import db
from caseapp.people.forms import PersonForm
from caseapp.people.models import Person, SafeContact, SafeWindow
from tests.cast import Cast
from tests.visits import hidden_fields

Answers = dict[str, str | list[str]]

PERSON: Answers = {
    "given_name": "Zalika",
    "sex": "female",
    "ethnicity": "not_asked",
    "ward": "not_known",
    "residence": "not_known",
}
HOURS: Answers = {"any_hour": "no", "days": ["monday", "friday"], "starts": "4pm", "ends": "5pm"}
OTHER: Answers = {"other_days": ["saturday"], "other_starts": "10pm", "other_ends": "2am"}


@pytest.fixture
def save(
    client_of: Callable[[str], FlaskClient], cast: Cast
) -> Callable[[Answers], tuple[int, str]]:
    """Send the form of the person with these answers; the status and the page."""
    client, path = client_of("assigned_advocate"), f"/cases/{cast.case_id}/person/edit"

    def send_answers(answers: Answers) -> tuple[int, str]:
        hidden = hidden_fields(client.get(path))
        page = client.post(path, data={**hidden, **PERSON, **answers})
        return page.status_code, page.text

    return send_answers


def contact_of(app: Flask, cast: Cast) -> SafeContact:
    with app.app_context():
        return db.session.get_one(Person, cast.person_id).body.safe_contact


def test_two_stretches_of_hours_are_kept_as_they_were_said(
    app: Flask, cast: Cast, save: Callable[[Answers], tuple[int, str]]
) -> None:
    ways: Answers = {"channels": ["phone", "text"], "unsafe_channels": ["letter"]}
    status, _ = save({**HOURS, **OTHER, **ways, "hours": "not in August"})
    assert status == 302
    contact = contact_of(app, cast)
    assert contact.windows == (
        SafeWindow(days=("monday", "friday"), starts=time(16), ends=time(17)),
        SafeWindow(days=("saturday",), starts=time(22), ends=time(2)),
    )
    assert (contact.channels, contact.unsafe_channels) == (("phone", "text"), ("letter",))
    assert (contact.any_hour, contact.hours) == (False, "not in August")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({**HOURS, "days": []}, "Choose the days on which it is safe"),
        ({**HOURS, "starts": ""}, "Enter the time from which it is safe"),
        ({**HOURS, "ends": ""}, "Enter the time until which it is safe"),
        ({**HOURS, "ends": "4pm"}, "must not be the time it begins"),
        ({**HOURS, "ends": "16:61"}, "must be a time"),
        ({**HOURS, "any_hour": "yes"}, "any hour is safe and gave hours too"),
        ({**HOURS, **OTHER, "other_ends": ""}, "Enter the time until which it is safe"),
        ({"any_hour": "no", "hours": ""}, "days and times that are safe, or say in words when"),
        ({"channels": ["text"], "unsafe_channels": ["text"]}, "as safe and as not safe: text"),
        ({"channels": ["pigeon"]}, "from the list"),
        ({**HOURS, "days": ["someday"]}, "from the list"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_question(
    app: Flask,
    cast: Cast,
    save: Callable[[Answers], tuple[int, str]],
    answers: Answers,
    message: str,
) -> None:
    before = contact_of(app, cast)
    status, page = save({**answers, "wording": "Say it is the library"})
    assert status == 422
    assert message in page
    assert "Say it is the library" in page
    assert contact_of(app, cast) == before


@pytest.mark.parametrize(
    "answers",
    [
        {"any_hour": "yes"},
        {"any_hour": "no", "hours": "after school"},
        {"hours": "after school"},
        {**HOURS, "starts": "midnight", "ends": "midnight"},  # the whole day
        {**HOURS, "starts": "10pm", "ends": "6am"},  # into the next morning
        {"unsafe_channels": ["phone", "text", "email", "letter", "visit"]},
        {},
    ],
)
def test_what_can_be_meant_is_kept(
    save: Callable[[Answers], tuple[int, str]], answers: Answers
) -> None:
    assert save(answers)[0] == 302


def test_what_is_stored_comes_back_into_the_form_unchanged(app: Flask) -> None:
    contact = SafeContact(
        phone="07700 900123",
        hours="not in August",
        channels=("phone",),
        any_hour=False,
        windows=(
            SafeWindow(days=("monday",), starts=time(16), ends=time(17)),
            SafeWindow(days=("saturday",), starts=time(22), ends=time(2)),
        ),
    )
    with app.test_request_context():
        form = PersonForm(formdata=None, data=PersonForm.stored_contact(contact))
        assert form.safe_contact() == contact
