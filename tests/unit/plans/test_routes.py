"""Writing and reading plans through the door, as each of the cast."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.cases.actions import raise_flag
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.people.models import FlagBody, FlagHead, FlagStep
from caseapp.plans.models import Plan, PlanVersion
from tests.cast import Cast, open_a_case
from tests.unit.plans.conftest import WritePlan
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
ANSWERS = {
    "own_home": "I go to my aunt.",
    "worker_home": "Her number is in the phone.",
    "agreed_by": "person",
    "agreed_on-day": "4",
    "agreed_on-month": "5",
    "agreed_on-year": "2026",
    "copy_is_safe": "yes",
}


@pytest.fixture(autouse=True)
def frozen() -> object:
    with time_machine.travel("2026-05-04 12:00", tick=False):
        yield


@pytest.fixture
def plans_url(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/plans"


def review_on(day: str, month: str, year: str) -> dict[str, str]:
    return {"review_on-day": day, "review_on-month": month, "review_on-year": year}


IN_JUNE = review_on("1", "6", "2026")


def write_first(client: FlaskClient, url: str, **answers: str) -> TestResponse:
    return send(client, f"{url}/new/youth_violence", **(ANSWERS | IN_JUNE | answers))


def versions(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        found = db.session.query(PlanVersion).all()
        return sorted((one.number, one.body.sections[0].own) for one in found)


def test_an_advocate_writes_a_plan_and_reads_it(
    client_of: ClientOf, app: Flask, plans_url: str
) -> None:
    client = client_of("assigned_advocate")
    saved = write_first(client, plans_url, own_online="I blocked four accounts.")
    assert saved.status_code == 302
    page = client.get(saved.location).text
    assert "I go to my aunt." in page
    assert "Her number is in the phone." in page
    assert "I blocked four accounts." in page
    assert "1 June 2026" in page
    assert versions(app) == [(1, "I go to my aunt.")]


def test_the_form_proposes_the_review_that_the_risk_asks_for(
    client_of: ClientOf, plans_url: str
) -> None:
    page = client_of("assigned_advocate").get(f"{plans_url}/new/youth_violence").text
    # High risk: four weeks from the fourth of May.
    for part, value in (("day", "1"), ("month", "6"), ("year", "2026")):
        assert f'name="review_on-{part}"' in page
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (review_on("3", "5", "2026"), "The review date must be today or in the future"),
        (review_on("1", "6", "2029"), "The review date must be within a year"),
        (review_on("31", "2", "2026"), "review"),
        ({"own_home": " ", "worker_home": ""}, "Write something in at least one section"),
        ({"agreed_on-day": ""}, "Date they agreed must include a day"),
        (
            {"agreed_on-day": "", "agreed_on-month": "", "agreed_on-year": ""},
            "Enter the date on which they agreed",
        ),
        ({"agreed_on-day": "5"}, "Date they agreed must be today or in the past"),
        ({"agreed_by": "", "agreed_on-day": "3"}, "Choose who agreed, or take the date away"),
        ({"agreed_by": "nobody"}, "Choose who agreed to this plan? from the list"),
        ({"copy_is_safe": ""}, "Say whether it is safe for them to keep a copy"),
        ({"own_home": "x" * 60_001}, "Home: in their own words must be 60,000 characters"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_typed_is_lost(
    client_of: ClientOf, app: Flask, plans_url: str, answers: dict[str, str], message: str
) -> None:
    refused = write_first(client_of("assigned_advocate"), plans_url, **answers)
    assert refused.status_code == 422
    assert message in refused.text
    assert "Her number" in refused.text or "worker_home" in answers
    assert versions(app) == []


def test_sending_a_form_twice_makes_one_version(
    client_of: ClientOf, app: Flask, plans_url: str
) -> None:
    client = client_of("assigned_advocate")
    page = client.get(f"{plans_url}/new/youth_violence")
    data = {**hidden_fields(page), **ANSWERS, **IN_JUNE}
    first = client.post(f"{plans_url}/new/youth_violence", data=data)
    again = client.post(f"{plans_url}/new/youth_violence", data=data)
    assert first.location == again.location
    assert len(versions(app)) == 1


def test_a_change_is_the_next_version_and_the_first_can_be_read_still(
    client_of: ClientOf, app: Flask, plans_url: str
) -> None:
    client = client_of("assigned_advocate")
    plan_url = write_first(client, plans_url).location
    form = client.get(f"{plan_url}/edit")
    assert "I go to my aunt." in form.text
    changed = send(client, f"{plan_url}/edit", **(ANSWERS | IN_JUNE | {"own_home": "To my gran."}))
    assert changed.status_code == 302
    assert versions(app) == [(1, "I go to my aunt."), (2, "To my gran.")]
    assert "To my gran." in client.get(plan_url).text
    old = client.get(f"{plan_url}/versions/1").text
    assert "I go to my aunt." in old
    assert "This is an older version" in old


def test_agreement_and_safety_are_asked_anew_for_each_version(
    client_of: ClientOf, plans_url: str
) -> None:
    client = client_of("assigned_advocate")
    plan_url = write_first(client, plans_url).location
    ticked = re.findall(r'name="(\w+)"[^>]* checked', client.get(f"{plan_url}/edit").text)
    assert ticked == ["reading_format", "language"]  # which are proposed, and no promise


def test_two_people_at_once_both_see_both_texts_and_nothing_is_lost(
    client_of: ClientOf, app: Flask, plans_url: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    plan_url = write_first(advocate, plans_url).location
    hers, his = (hidden_fields(one.get(f"{plan_url}/edit")) for one in (advocate, manager))
    rest = ANSWERS | IN_JUNE
    quick = advocate.post(f"{plan_url}/edit", data={**hers, **rest, "own_home": "Hers"})
    slow = manager.post(f"{plan_url}/edit", data={**his, **rest, "own_home": "His"})
    assert (quick.status_code, slow.status_code) == (302, 409)
    assert "Hers" in slow.text
    assert "His" in slow.text
    assert versions(app) == [(1, "I go to my aunt."), (2, "Hers")]
    both = {**hidden_fields(slow), **rest, "own_home": "Hers and his"}
    assert manager.post(f"{plan_url}/edit", data=both).status_code == 302
    assert versions(app)[-1] == (3, "Hers and his")


def test_two_first_versions_at_once_become_one_plan_and_a_conflict(
    client_of: ClientOf, app: Flask, plans_url: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    new = f"{plans_url}/new/youth_violence"
    hers, his = (hidden_fields(one.get(new)) for one in (advocate, manager))
    rest = ANSWERS | IN_JUNE
    assert advocate.post(new, data={**hers, **rest, "own_home": "Hers"}).status_code == 302
    slow = manager.post(new, data={**his, **rest, "own_home": "His"})
    assert slow.status_code == 409
    assert "Hers" in slow.text
    assert "His" in slow.text
    with app.app_context():
        assert db.session.query(Plan).count() == 1


def test_a_closed_case_takes_no_plan_and_the_text_stays_on_the_page(
    client_of: ClientOf, app: Flask, plans_url: str, cast: Cast
) -> None:
    client = client_of("assigned_advocate")
    closing = {
        "reason": "needs_met",
        "risk_level": "high",
        "on-day": "4",
        "on-month": "5",
        "on-year": "2026",
    }
    closed = send(client_of("manager"), f"/cases/{cast.case_id}/close", **closing)
    refused = write_first(client, plans_url)
    assert (closed.status_code, refused.status_code) == (302, 422)
    assert "This case is closed" in refused.text
    assert "I go to my aunt." in refused.text
    assert versions(app) == []


def test_a_colleague_reads_a_plan_but_cannot_write_or_print_it(
    client_of: ClientOf, plans_url: str
) -> None:
    plan_url = write_first(client_of("assigned_advocate"), plans_url).location
    colleague = client_of("colleague")
    page = colleague.get(plan_url)
    assert page.status_code == 200
    assert "Change the plan" not in page.text
    assert "Print the plan" not in page.text
    for path in ("edit", "print"):
        assert colleague.get(f"{plan_url}/{path}").status_code == 404
    assert colleague.get(f"{plans_url}/new/youth_violence").status_code == 404


@pytest.mark.parametrize("who", ["other_team", "other_manager", "analyst", "administrator"])
def test_others_are_told_that_there_is_no_such_case(
    client_of: ClientOf, plans_url: str, who: str
) -> None:
    plan_url = write_first(client_of("assigned_advocate"), plans_url).location
    stranger = client_of(who)
    missing = stranger.get(f"/cases/{uuid4()}/plans").text
    for path in ("", "/edit", "/print", "/versions/1"):
        answer = stranger.get(plan_url + path)
        assert (answer.status_code, answer.text) == (404, missing)


def test_a_plan_of_another_case_is_not_found_under_this_one(
    client_of: ClientOf, app: Flask, cast: Cast, plans_url: str, write_plan: WritePlan
) -> None:
    client = client_of("assigned_advocate")
    plan_url = write_first(client, plans_url).location
    plan_id = plan_url.rpartition("/")[2]
    other = _another_case(app, cast)
    for path in ("", "/edit", "/print", "/versions/1"):
        assert client.get(f"/cases/{other}/plans/{plan_id}{path}").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_a_version_that_does_not_exist_is_not_found(
    client_of: ClientOf, plans_url: str, number: str
) -> None:
    client = client_of("assigned_advocate")
    plan_url = write_first(client, plans_url).location
    assert client.get(f"{plan_url}/versions/{number}").status_code == 404
    assert client.get(f"{plans_url}/new/no_such_kind").status_code == 404


def test_the_case_shows_its_plans_and_an_overdue_review(
    client_of: ClientOf, plans_url: str, cast: Cast
) -> None:
    client = client_of("assigned_advocate")
    write_first(client, plans_url)
    timeline = client.get(f"/cases/{cast.case_id}").text
    assert "Safety plan, version 1" in timeline
    assert "I go to my aunt." not in timeline
    assert "Its review is overdue" not in timeline
    assert "Review overdue" not in client.get(plans_url).text
    with time_machine.travel("2026-06-02 12:00", tick=False):
        later = client_of("assigned_advocate")
        assert "Its review is overdue" in later.get(f"/cases/{cast.case_id}").text
        assert "Review overdue" in later.get(plans_url).text


def _another_case(app: Flask, cast: Cast) -> object:
    with app.app_context(), transaction():
        return open_a_case(cast.assigned_advocate, given_name="Ada").id


def test_easy_read_is_proposed_for_whoever_needs_it_and_what_they_say_goes_before(
    client_of: ClientOf, app: Flask, cast: Cast, plans_url: str
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        flag = FlagHead(
            list_name="slcn", code="understanding", status="diagnosed", raised_on=date(2026, 5, 1)
        )
        step = FlagStep(on=flag.raised_on, what="raised", status=flag.status)
        raise_flag(uuid4(), case, flag, FlagBody(steps=(step,)), cast.assigned_advocate)
    client = client_of("assigned_advocate")
    assert proposed(client.get(f"{plans_url}/new/youth_violence")) == "easy_read"
    plan_url = write_first(client, plans_url, reading_format="easy_read").location
    shown = client.get(plan_url).text
    assert "Easy read" in shown
    send(client, f"{plan_url}/edit", **(ANSWERS | IN_JUNE | {"reading_format": "large_print"}))
    assert proposed(client.get(f"{plan_url}/edit")) == "large_print"
    assert "Easy read" in client.get(f"{plan_url}/versions/1").text


def test_a_plan_without_a_chosen_format_is_a_standard_one_and_prints_without_a_word(
    client_of: ClientOf, plans_url: str
) -> None:
    client = client_of("assigned_advocate")
    assert proposed(client.get(f"{plans_url}/new/youth_violence")) == "standard"
    shown = client.get(write_first(client, plans_url).location).text
    assert "Standard" in shown


def proposed(page: TestResponse) -> str:
    found = re.search(r'name="reading_format"[^>]*value="(\w+)"[^>]* checked', page.text)
    assert found
    return found[1]
