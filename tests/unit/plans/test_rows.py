"""Steps, places and people: any number of them, in order, and none half filled in."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from caseapp.database import db
from caseapp.plans.models import Place, PlanVersion, SafePerson, Step, VersionBody
from caseapp.plans.row_fields import MOST
from caseapp.reference import code_list
from caseapp.reference.in_force import use_editions
from tests.cast import Cast
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
STEP = {"steps-0-when": "he rings", "steps-0-then": "hang up"}
PLACE = {"places-0-kind": "unsafe_place", "places-0-words": "The park after dark"}
PERSON = {"people-0-who": "Aunt May", "people-0-reach": "Next door", "people-0-may_know": "yes"}
REST = {
    "copy_is_safe": "yes",
    "review_on-day": "1",
    "review_on-month": "6",
    "review_on-year": "2026",
}


@pytest.fixture(autouse=True)
def frozen() -> object:
    with time_machine.travel("2026-05-04 12:00", tick=False):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def new(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/plans/new/youth_violence"


@pytest.fixture(autouse=True)
def shipped_lists_again_afterwards() -> Iterator[None]:
    yield
    use_editions([])


def newest(app: Flask) -> VersionBody:
    with app.app_context():
        return max(db.session.query(PlanVersion), key=lambda version: version.number).body


def test_rows_of_each_kind_are_kept_in_order_and_empty_ones_vanish(
    advocate: FlaskClient, app: Flask, new: str
) -> None:
    rows = {
        **STEP, "steps-1-when": "", "steps-1-then": " ",
        "steps-4-when": "they follow me", "steps-4-then": "go into a shop",
        **PLACE, **PERSON, "people-1-who": "", "people-1-reach": "",
        "people-2-who": "My tutor",
    }  # fmt: skip
    assert send(advocate, new, **rows, **REST).status_code == 302
    body = newest(app)
    assert body.steps == (
        Step(when="he rings", then="hang up"),
        Step(when="they follow me", then="go into a shop"),
    )
    assert body.places == (Place(kind="unsafe_place", words="The park after dark"),)
    assert body.people == (
        SafePerson(who="Aunt May", reach="Next door", may_know=True),
        SafePerson(who="My tutor"),
    )


@pytest.mark.parametrize(
    ("rows", "box", "message"),
    [
        ({"steps-1-when": "he rings"}, "steps-1-then", "Write what they will do then"),
        ({"steps-0-then": "hang up"}, "steps-0-when", "Write what happens first"),
        ({"places-2-words": "The park"}, "places-2-kind", "Choose whether this is safe"),
        ({"places-0-kind": "safe_place"}, "places-0-words", "Write which place or way"),
        ({"places-0-kind": "moon", "places-0-words": "x"}, "places-0-kind", "from the list"),
        ({"people-0-reach": "0770"}, "people-0-who", "Write who this is"),
        ({"people-0-may_know": "yes"}, "people-0-who", "Write who this is"),
        ({"steps-0-when": "x" * 301, "steps-0-then": "y"}, "steps-0-when", "300 characters"),
    ],
)
def test_a_half_filled_row_is_told_beside_its_box_and_nothing_is_saved_or_lost(
    advocate: FlaskClient, app: Flask, new: str, rows: dict[str, str], box: str, message: str
) -> None:
    refused = send(advocate, new, own_home="I lock the door.", **rows, **REST)
    assert refused.status_code == 422
    assert f'id="{box}-error"' in refused.text
    assert message in refused.text.partition(f'id="{box}-error"')[2][:300]
    assert f'href="#{box}"' in refused.text
    assert "I lock the door." in refused.text
    with app.app_context():
        assert db.session.query(PlanVersion).count() == 0


def test_more_rows_without_a_script_keep_everything_and_save_nothing(
    advocate: FlaskClient, app: Flask, new: str
) -> None:
    page = advocate.get(new)
    typed = {**hidden_fields(page), **STEP, "steps-2-then": "half", "own_home": "Not done yet"}
    more = advocate.post(new, data={**typed, "more": "steps"})
    assert more.status_code == 200
    assert "There is a problem" not in more.text
    for kept in ("he rings", "hang up", "half", "Not done yet", typed["record_id"]):
        assert kept in more.text
    assert 'name="steps-5-when"' in more.text
    assert 'name="places-3-kind"' not in more.text
    first_new = more.text.partition('id="steps-3-when"')[2]
    assert "autofocus" in first_new[: first_new.index(">")]
    assert more.text.count("autofocus") == 1
    with app.app_context():
        assert db.session.query(PlanVersion).count() == 0


def test_there_is_an_end_to_more_rows(advocate: FlaskClient, new: str) -> None:
    full = send(advocate, new, more="steps", **{f"steps-{MOST - 2}-when": ""})
    assert f'name="steps-{MOST - 1}-when"' in full.text
    assert f'name="steps-{MOST}-when"' not in full.text
    assert f"There is room for {MOST}" in full.text


def test_the_next_version_begins_with_the_rows_of_the_last_and_some_empty_ones(
    advocate: FlaskClient, app: Flask, new: str
) -> None:
    plan = send(advocate, new, **STEP, **PLACE, **PERSON, **REST).location
    page = advocate.get(f"{plan}/edit")
    assert 'value="he rings"' in page.text
    assert 'name="steps-2-when"' in page.text
    assert '<option value="unsafe_place" selected>' in page.text
    cleared = {"steps-0-when": "", "steps-0-then": ""}
    assert send(advocate, f"{plan}/edit", **cleared, **PLACE, **REST).status_code == 302
    assert newest(app).steps == ()
    assert newest(app).people == (SafePerson(who="Aunt May", reach="Next door", may_know=True),)


def test_two_people_who_change_rows_at_once_both_see_both(
    client_of: ClientOf, app: Flask, advocate: FlaskClient, new: str
) -> None:
    manager = client_of("manager")
    plan = send(advocate, new, **STEP, **REST).location
    hers, his = (hidden_fields(one.get(f"{plan}/edit")) for one in (advocate, manager))
    quick = {**hers, **REST, **STEP, "steps-1-when": "it is dark", "steps-1-then": "take the bus"}
    slow = {**his, **REST, "steps-0-when": "he rings", "steps-0-then": "call my aunt"}
    assert advocate.post(f"{plan}/edit", data=quick).status_code == 302
    met = manager.post(f"{plan}/edit", data=slow)
    assert met.status_code == 409
    for words in ("take the bus", "call my aunt", "merge-steps"):
        assert words in met.text
    undecided = manager.post(f"{plan}/edit", data={**slow, **hidden_fields(met)})
    assert undecided.status_code == 422
    more = manager.post(f"{plan}/edit", data={**slow, **hidden_fields(met), "more": "people"})
    assert more.status_code == 200
    assert "merge-steps" in more.text  # the question is not lost on the way
    theirs = {**slow, **hidden_fields(met), "merge-steps": "theirs"}
    assert manager.post(f"{plan}/edit", data=theirs).status_code == 302
    assert [step.then for step in newest(app).steps] == ["hang up", "take the bus"]


def test_ten_thousand_words_are_kept_and_more_is_told_kindly(
    advocate: FlaskClient, app: Flask, new: str
) -> None:
    long = "words " * 10_000
    refused = send(advocate, new, own_home=long + "and more", **REST)
    assert refused.status_code == 422
    assert "Home: in their own words must be 60,000 characters or fewer. You typed" in refused.text
    assert "and more" in refused.text
    assert send(advocate, new, own_home=long, **REST).status_code == 302
    assert len(newest(app).sections[0].own.split()) == 10_000


def test_the_children_have_a_plan_of_their_own(advocate: FlaskClient, app: Flask, new: str) -> None:
    folded = advocate.get(new).text
    assert '<details class="govuk-details" id="childs-part">' in folded
    words = {"child_own_safe_place": "Under the stairs.", "child_worker_people": "Ask the school."}
    plan = send(advocate, new, **words, **REST).location
    body = newest(app)
    assert [(part.code, part.own, part.worker) for part in body.child] == [
        ("safe_place", "Under the stairs.", ""),
        ("people", "", "Ask the school."),
    ]
    assert body.sections == ()
    shown = advocate.get(f"{plan}/edit").text
    assert '<section id="childs-part"' in shown
    assert "Under the stairs." in shown


def test_rows_stand_somewhere_though_a_home_has_retired_every_section(
    advocate: FlaskClient, app: Flask, new: str
) -> None:
    plan = send(advocate, new, **STEP, **REST).location
    of_kind = code_list("plan_section_youth_violence")
    retired = tuple(replace(each, retired=True) for each in of_kind.entries)
    use_editions([(date(2020, 1, 1), replace(of_kind, version=99, entries=retired))])
    for page in ("", "/edit", "/words", "/versions/1"):
        assert "hang up" in advocate.get(f"{plan}{page}").text
    for page in ("/compare", "/print"):
        assert advocate.get(f"{plan}{page}").status_code == 200
    assert send(advocate, f"{plan}/edit", **STEP, **PLACE, **REST).status_code == 302
    assert len(newest(app).places) == 1
