"""Nobody who is said to have done it is among those who may answer the phone."""

import re
from datetime import date
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from werkzeug.test import TestResponse

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db, transaction
from caseapp.people.models import Person, SafeContact
from caseapp.perpetrators import actions
from caseapp.perpetrators.models import PerpetratorHead
from tests.cast import Cast, open_a_case
from tests.unit.perpetrators.conftest import (
    Add,
    ClientOf,
)
from tests.visits import hidden_fields


def let_answer(app: Flask, cast: Cast, who: str) -> None:
    with app.app_context(), transaction():
        person = db.session.get_one(Person, cast.person_id)
        safe = SafeContact(phone="07700 900123", who_may_answer=who)
        person.body = replace(person.body, safe_contact=safe)
        record(Kind.PERSON_CHANGED, actor=None, case_id=cast.case_id)


def test_one_who_may_answer_the_phone_is_asked_about_once_and_nothing_is_lost(
    app: Flask, cast: Cast, advocate: FlaskClient, add: Add
) -> None:
    let_answer(app, cast, "Mum, or torvald if she is out")
    page = add()
    assert page.status_code == 422
    assert "may be among those who may answer the phone" in page.text
    assert 'value="Grimshaw"' in page.text
    saved = add(save_all_the_same="yes")
    assert saved.status_code == 302
    case = advocate.get(f"/cases/{cast.case_id}")
    assert "may be among those who may answer the phone" in case.text


def test_safe_contact_cannot_be_changed_to_name_who_did_it(
    app: Flask, cast: Cast, advocate: FlaskClient, recorded: str
) -> None:
    page = advocate.get(f"/cases/{cast.case_id}/person/edit")
    answers = {
        **hidden_fields(page),
        "given_name": "Zalika",
        "sex": "female",
        "ethnicity": "black_caribbean",
        "ward": "E05009394",
        "residence": "in_borough",
        "who_may_answer": "her friend Torvald",
    }
    refused = advocate.post(f"/cases/{cast.case_id}/person/edit", data=answers)
    assert refused.status_code == 422
    assert "recorded as an alleged perpetrator" in refused.text
    assert "her friend Torvald" in refused.text
    answers["who_may_answer"] = "her aunt"
    assert advocate.post(f"/cases/{cast.case_id}/person/edit", data=answers).status_code == 302


def another_case_names_torvald(app: Flask, cast: Cast, by: Actor) -> UUID:
    """A second case of the same person, in which he is recorded."""
    with app.app_context(), transaction():
        case = open_a_case(by)
        case.person_id = cast.person_id
        record(Kind.CASE_CHANGED, actor=None, team_id=case.team_id, case_id=case.id)
        head = PerpetratorHead(is_known=True, recorded_on=date(2026, 5, 20), given_name="Torvald")
        actions.add_perpetrator(uuid4(), case, head, source="person", confidence="likely", by=by)
        return case.id


def let_torvald_answer(advocate: FlaskClient, cast: Cast) -> TestResponse:
    page = advocate.get(f"/cases/{cast.case_id}/person/edit")
    answers = {
        "given_name": "Zalika",
        "sex": "female",
        "ethnicity": "black_caribbean",
        "ward": "E05009394",
        "residence": "in_borough",
        "who_may_answer": "her friend Torvald",
    }
    path = f"/cases/{cast.case_id}/person/edit"
    return advocate.post(path, data={**hidden_fields(page), **answers})


def test_safe_contact_cannot_name_who_did_it_through_another_case_of_the_person(
    app: Flask, cast: Cast, advocate: FlaskClient
) -> None:
    another_case_names_torvald(app, cast, cast.assigned_advocate)
    refused = let_torvald_answer(advocate, cast)
    assert refused.status_code == 422
    assert "recorded as an alleged perpetrator" in refused.text


def test_a_case_of_another_team_is_warned_of_who_may_answer_and_nobody_else_learns_of_it(
    app: Flask, cast: Cast, advocate: FlaskClient, client_of: ClientOf
) -> None:
    theirs = another_case_names_torvald(app, cast, cast.other_team)
    saved = let_torvald_answer(advocate, cast)
    assert saved.status_code == 302
    pages = advocate.get(saved.location).text + advocate.get(f"/cases/{cast.case_id}").text
    assert not re.search("lleged perpetrator may be|Speak to your manager", pages)
    their_page = client_of("other_team").get(f"/cases/{theirs}").text
    assert "may be among those who may answer the phone" in their_page
    who_opened = client_of("other_team").get(f"/cases/{theirs}/who-opened").text
    assert "Assigned Advocate" not in who_opened


def test_a_warning_about_who_may_answer_goes_when_safe_contact_is_put_right(
    app: Flask, cast: Cast, advocate: FlaskClient, add: Add
) -> None:
    let_answer(app, cast, "Torvald")
    add(save_all_the_same="yes")
    page = advocate.get(f"/cases/{cast.case_id}/person/edit")
    answers = {
        "given_name": "Zalika",
        "sex": "female",
        "ethnicity": "black_caribbean",
        "ward": "E05009394",
        "residence": "in_borough",
        "who_may_answer": "nobody",
    }
    advocate.post(f"/cases/{cast.case_id}/person/edit", data={**hidden_fields(page), **answers})
    assert "may answer the phone" not in advocate.get(f"/cases/{cast.case_id}").text
