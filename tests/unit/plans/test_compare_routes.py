"""Comparing two versions through the door: what a reader is told, and who may ask."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.plans.actions import write_first_version, write_version
from caseapp.plans.models import Place, Plan, SafePerson, SectionWords, Step, VersionBody
from tests.cast import Cast, open_a_case
from tests.unit.plans.conftest import version_head

ClientOf = Callable[[str], FlaskClient]
FIRST = VersionBody(
    sections=(
        SectionWords(code="home", own="I go to my aunt. I lock the door.", worker="She has a key."),
        SectionWords(code="online", own="I blocked four accounts."),
        SectionWords(code="peers", own="Old friends."),
    ),
    steps=(Step(when="They wait", then="I go back in."),),
    places=(Place(kind="safe_place", words="The library"),),
    people=(SafePerson(who="My aunt", may_know=True),),
)
SECOND = VersionBody(
    sections=(
        SectionWords(code="home", own="I go to my gran. I lock the door.", worker="She has a key."),
        SectionWords(code="online", own="I blocked four  accounts."),
        SectionWords(code="school", own="<b>Leave early</b>"),
    ),
    child=(SectionWords(code="code_word", own="Our word is lighthouse."),),
    steps=(Step(when="They wait", then="I go back in."),),
    places=(Place(kind="unsafe_place", words="The library"),),
    people=(SafePerson(who="My aunt", reach="Her mobile"),),
    pictures={"I lock the door.": "lock"},
)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel("2026-05-05 12:00", tick=False):
        yield


@pytest.fixture
def compare_url(app: Flask, cast: Cast) -> str:
    """Of a plan with three versions; the third says what the second does."""
    by = cast.assigned_advocate
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        first = write_first_version(uuid4(), case, "youth_violence", version_head(), FIRST, by)
        plan = db.session.get_one(Plan, first.plan_id)
        later = version_head(copy_is_safe=False, review_on=date(2026, 7, 1))
        for _ in range(2):
            write_version(uuid4(), case, plan, later, SECOND, by)
        return f"/cases/{case.id}/plans/{plan.id}/compare"


def plain(page: str) -> str:
    """What a screen reader says: words, with one space between them."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_words_that_were_added_and_removed_are_said_to_be(
    client_of: ClientOf, compare_url: str
) -> None:
    page = client_of("assigned_advocate").get(f"{compare_url}?from=1&to=2").text
    assert "What changed from version 1 to version 2" in page
    assert "I go to my [removed: aunt.] [added: gran.] I lock the door." in plain(page)
    assert "<del>" in page
    assert "<ins>" in page
    assert "[added: &lt;b&gt;Leave early&lt;/b&gt;]" in plain(page)
    assert "[removed: Old friends.]" in plain(page)


def test_rows_and_the_childrens_own_plan_are_compared_too(
    client_of: ClientOf, compare_url: str
) -> None:
    page = plain(client_of("assigned_advocate").get(f"{compare_url}?from=1&to=2").text)
    assert "A [removed: safe place:] [added: place I stay away from:] The library" in page
    assert "My aunt; [removed: may know of this plan] [added: Her mobile]" in page
    assert "[added: Our word is lighthouse.]" in page
    assert "If: They wait; I will: I go back in." in page


def test_what_is_asked_about_the_plan_is_compared(client_of: ClientOf, compare_url: str) -> None:
    page = client_of("assigned_advocate").get(f"{compare_url}?from=1&to=2").text
    rows = re.findall(r'<th scope="row".*?</th>', page, re.DOTALL)
    changed = {plain(row).removesuffix(" Changed") for row in rows if "Changed" in row}
    assert changed == {"Safe to keep a copy", "Pictures chosen", "Next review"}
    assert "[added: I lock the door. – Lock, private]" in plain(page)
    assert "1 July 2026" in page


def test_sections_that_stayed_are_folded_to_a_line_and_empty_ones_are_named(
    client_of: ClientOf, compare_url: str
) -> None:
    page = client_of("assigned_advocate").get(f"{compare_url}?from=1&to=2").text
    folded = re.findall(r"<summary.*?</summary>", page, re.DOTALL)
    assert "Phone and online" in [plain(summary) for summary in folded]
    assert "Nothing is written in either version: " in page
    assert "Getting around" in page.split("Nothing is written in either version")[1]


def test_two_versions_that_say_the_same_are_said_to(client_of: ClientOf, compare_url: str) -> None:
    page = client_of("assigned_advocate").get(f"{compare_url}?from=2&to=3").text
    assert "Both versions say the same." in page
    assert "<del>" not in page


def test_the_order_in_which_they_are_asked_for_does_not_matter_and_the_last_two_are_proposed(
    client_of: ClientOf, compare_url: str
) -> None:
    client = client_of("assigned_advocate")
    assert "from version 1 to version 3" in client.get(f"{compare_url}?from=3&to=1").text
    assert "from version 2 to version 3" in client.get(compare_url).text


def test_the_same_version_twice_is_answered_kindly(client_of: ClientOf, compare_url: str) -> None:
    page = client_of("assigned_advocate").get(f"{compare_url}?from=2&to=2")
    assert page.status_code == 200
    assert "You chose version 2 twice." in page.text
    assert "Compare the versions" in page.text


def test_a_plan_of_one_version_has_nothing_to_compare_yet(
    client_of: ClientOf, app: Flask, cast: Cast
) -> None:
    by = cast.assigned_advocate
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        first = write_first_version(uuid4(), case, "youth_violence", version_head(), FIRST, by)
        plan_url = f"/cases/{case.id}/plans/{first.plan_id}"
    client = client_of("assigned_advocate")
    assert "There is nothing to compare yet" in client.get(f"{plan_url}/compare").text
    assert "Compare two versions" not in client.get(plan_url).text


@pytest.mark.parametrize(
    "asked", ["from=0&to=1", "from=1&to=4", "from=one&to=2", "from=-1&to=2", "from=&to=2",
              "from=٢&to=1", f"from=1&to={'9' * 5000}", "from=1.0&to=2"],
)  # fmt: skip
def test_what_is_no_number_of_a_version_is_not_found(
    client_of: ClientOf, compare_url: str, asked: str
) -> None:
    assert client_of("assigned_advocate").get(f"{compare_url}?{asked}").status_code == 404


def test_the_form_on_the_page_of_the_plan_works_without_a_script(
    client_of: ClientOf, compare_url: str
) -> None:
    page = client_of("assigned_advocate").get(compare_url.removesuffix("/compare")).text
    form = page.split("Compare two versions")[0].rsplit("<form", 1)[1]
    assert 'method="get"' in form
    assert f'action="{compare_url}"' in form
    chosen = re.findall(r'<option value="(\d)" selected', page)
    assert chosen == ["2", "3"]


def test_comparing_is_noted_as_reading_the_plan(
    client_of: ClientOf, app: Flask, cast: Cast, compare_url: str
) -> None:
    client_of("colleague").get(f"{compare_url}?from=1&to=2")
    with app.app_context():
        entries = db.session.scalars(
            select(AuditEntry).where(AuditEntry.kind == Kind.PLAN_READ)
        ).all()
    assert [(entry.case_id, entry.actor_id) for entry in entries] == [
        (cast.case_id, cast.colleague.user_id)
    ]


@pytest.mark.parametrize("who", ["other_team", "other_manager", "analyst", "administrator"])
def test_others_are_told_that_there_is_no_such_case(
    client_of: ClientOf, compare_url: str, who: str
) -> None:
    stranger = client_of(who)
    missing = stranger.get(f"/cases/{uuid4()}/plans/{uuid4()}/compare").text
    answer = stranger.get(f"{compare_url}?from=1&to=2")
    assert (answer.status_code, answer.text) == (404, missing)


def test_a_plan_of_another_case_is_not_compared_under_this_one(
    client_of: ClientOf, app: Flask, cast: Cast, compare_url: str
) -> None:
    with app.app_context(), transaction():
        other: UUID = open_a_case(cast.assigned_advocate, given_name="Ada").id
    url = compare_url.replace(str(cast.case_id), str(other))
    assert client_of("assigned_advocate").get(url).status_code == 404
