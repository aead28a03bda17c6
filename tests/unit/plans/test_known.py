"""What a first plan begins with: nothing is asked twice, and nothing leaves a case it may not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace as changed
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.households.actions import add_child
from caseapp.households.models import ChildBody, ChildHead
from caseapp.people.models import Person
from caseapp.plans.actions import write_first_version
from caseapp.plans.known import FACTS, PARTS_OF_LIFE, Known, first_body, texts_of, without
from caseapp.plans.models import (
    Place,
    PlanVersion,
    SafePerson,
    SectionWords,
    Step,
    VersionBody,
)
from caseapp.plans.rules import KINDS, sections_of
from caseapp.risk.actions import judge_youth_risk
from caseapp.risk.models import YouthBody, YouthHead
from tests.cast import Cast, open_a_case
from tests.unit.plans.conftest import version_head
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]
DAY = date(2026, 5, 4)
MARKED = "From the record: check it with them"
EARLIER = VersionBody(
    sections=(SectionWords(code="home", own="My gran's key", worker="She knows"),),
    child=(SectionWords(code="people", own="Miss Hall"),),
    steps=(Step(when="he rings", then="hang up"),),
    places=(Place(kind="safe_place", words="The library"),),
    people=(SafePerson(who="Gran", reach="0770"),),
)
FULL = Known(
    life={"places": "Not the park", "peers": "Two cousins", "weapons": "A knife"},
    school="Holland Park School",
    children=("Ada Quill", "", "Ben"),
    who_may_answer="her sister",
    helps=("Short sentences", "Pictures"),
    earlier=EARLIER,
)


@pytest.fixture(autouse=True)
def frozen() -> object:
    with time_machine.travel("2026-05-04 12:00", tick=False):
        yield


def worker(body: VersionBody) -> dict[str, str]:
    return {part.code: part.worker for part in body.sections}


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_for_a_fact_is_a_section_of_its_plan(kind: str) -> None:
    codes = {section.code for section in sections_of(kind)}
    assert {*PARTS_OF_LIFE[kind].values(), *FACTS[kind].values()} <= codes


def test_facts_of_the_record_become_the_workers_words_in_their_sections() -> None:
    young = worker(first_body("youth_violence", replace(FULL, earlier=None)))
    assert young == {
        "neighbourhood": "Not the park",
        "peers": "Two cousins",
        "safe_people": "May answer the phone: her sister.",
        "school": "School, college or work: Holland Park School.",
        "after_incident": "What helps: Short sentences, Pictures.",
    }
    grown = worker(first_body("domestic_abuse", replace(FULL, earlier=None)))
    assert grown["children"] == "Children: Ada, Ben."
    assert "A knife" not in str(young) + str(grown)


def test_an_empty_record_proposes_nothing() -> None:
    assert first_body("domestic_abuse", Known()) == VersionBody(sections=())


def test_an_earlier_plan_comes_whole_and_what_it_says_already_is_not_said_twice() -> None:
    body = first_body("youth_violence", replace(FULL, school="", life={}))
    assert body.steps == EARLIER.steps
    assert body.child == EARLIER.child
    again = first_body("youth_violence", replace(FULL, earlier=body))
    assert worker(again)["safe_people"] == "May answer the phone: her sister."
    assert worker(again)["home"] == "She knows"


def test_confirmed_names_of_another_case_are_not_carried_over() -> None:
    marked = changed(EARLIER, somebody_else=("mark",))
    assert first_body("youth_violence", Known(earlier=marked)).somebody_else == ()


def test_a_text_that_names_somebody_is_left_out_wherever_it_stands() -> None:
    for text in texts_of(EARLIER):
        assert text not in texts_of(without(EARLIER, {text}))
    assert len(texts_of(EARLIER)) == 8
    assert without(EARLIER, set()) == EARLIER


def put_on_record(cast: Cast) -> None:
    """In an app context: everything that a plan can begin with."""
    with transaction():
        case, by = db.session.get_one(Case, cast.case_id), cast.assigned_advocate
        person = db.session.get_one(Person, case.person_id)
        contact = changed(person.body.safe_contact, who_may_answer="her sister")
        person.body = changed(person.body, school="Holland Park School", safe_contact=contact,
                              first_language="Somali")  # fmt: skip
        record(Kind.PERSON_CHANGED, actor=by, case_id=case.id)
        head = YouthHead(on=DAY, concerns=(), proposed="high", level="high")
        words = (("places", "Not the park"), ("harm_from_others", "Three older boys"))
        judge_youth_risk(uuid4(), case, head, YouthBody(words=words), by)
        child = ChildHead(name="Ada Quill", date_of_birth=date(2019, 1, 1))
        add_child(uuid4(), case, child, ChildBody(note="Hides"), by)


def earlier_case(cast: Cast, by: Actor) -> UUID:
    """Another case of the same person with a plan, worked by somebody else perhaps."""
    with transaction():
        person_id = db.session.get_one(Case, cast.case_id).person_id
        other = open_a_case(by)
        other.person_id = person_id
        record(Kind.CASE_CHANGED, actor=by, team_id=other.team_id, case_id=other.id)
        write_first_version(uuid4(), other, "youth_violence", version_head(), EARLIER, by)
        return other.id


def test_the_form_of_a_first_plan_is_filled_in_from_the_record_and_says_so(
    client_of: ClientOf, app: Flask, cast: Cast
) -> None:
    with app.app_context():
        put_on_record(cast)
    client, new = client_of("assigned_advocate"), f"/cases/{cast.case_id}/plans/new/"
    page = client.get(f"{new}youth_violence").text
    for words in ("Holland Park School", "Not the park", "her sister"):
        assert words in page.partition("<form")[2]
    assert page.count(MARKED) == 3
    assert "Three older boys" not in page
    assert 'value="so" checked' in page
    assert '<section id="childs-part"' in page
    refused = send(client, f"{new}youth_violence", worker_school="I asked: another school")
    assert refused.status_code == 422
    assert refused.text.count(MARKED) == 2  # what was changed is theirs now
    assert "Ada." in client.get(f"{new}domestic_abuse").text


def test_a_saved_plan_is_not_filled_in_again(client_of: ClientOf, app: Flask, cast: Cast) -> None:
    client, new = client_of("assigned_advocate"), f"/cases/{cast.case_id}/plans/new/youth_violence"
    review = {"review_on-day": "1", "review_on-month": "6", "review_on-year": "2026"}
    saved = send(client, new, own_home="Mine", copy_is_safe="yes", **review)
    with app.app_context():
        put_on_record(cast)
    page = client.get(f"{saved.location}/edit").text
    assert "Not the park" not in page
    assert MARKED not in page


def test_an_earlier_plan_of_the_same_person_is_gone_on_from_and_its_reading_is_noted(
    client_of: ClientOf, app: Flask, cast: Cast
) -> None:
    with app.app_context():
        other = earlier_case(cast, cast.assigned_advocate)
    new = f"/cases/{cast.case_id}/plans/new/youth_violence"
    page = client_of("assigned_advocate").get(new).text
    assert "My gran&#39;s key" in page
    assert 'value="hang up"' in page
    assert "Miss Hall" in page
    with app.app_context():
        noted = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == Kind.PLAN_READ))
        assert [entry.case_id for entry in noted] == [other]


def test_an_earlier_plan_of_another_team_is_not_read(
    client_of: ClientOf, app: Flask, cast: Cast
) -> None:
    with app.app_context():
        earlier_case(cast, cast.other_team)
    new = f"/cases/{cast.case_id}/plans/new/youth_violence"
    page = client_of("assigned_advocate").get(new).text
    assert "My gran" not in page
    with app.app_context():
        noted = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == Kind.PLAN_READ))
        assert list(noted) == []
        assert db.session.query(PlanVersion).count() == 1
