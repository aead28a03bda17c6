"""Where a review that is called for is shown, and that calling for it is in nobody's way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import Place, ReviewCall, SafePerson, SectionWords, Step, VersionBody
from tests.cast import Cast
from tests.unit.incidents.answers import INCIDENT, on
from tests.unit.plans.conftest import version_head
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
HAPPENED = {**INCIDENT, **on("happened_on", 3)}
AGREED = {
    "agreed_by": "person", "agreed_on-day": "5", "agreed_on-month": "5", "agreed_on-year": "2026",
    "copy_is_safe": "yes",
}  # fmt: skip
SAVED = AGREED | {"review_on-day": "1", "review_on-month": "6", "review_on-year": "2026"}
WHY = "A new incident was recorded"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-05-05 12:00", tick=False) as travelling:
        yield travelling


@pytest.fixture
def plan_url(app: Flask, cast: Cast) -> str:
    """Of a plan with something in every field, to be reviewed on 1 June."""
    body = VersionBody(
        sections=(SectionWords(code="home", own="I go to my aunt."),),
        child=(SectionWords(code="code_word", own="Our word is lighthouse."),),
        steps=(Step(when="They wait at the gate", then="I go back in."),),
        places=(Place(kind="unsafe_place", words="The car park"),),
        people=(SafePerson(who="My cousin", reach="His mobile", may_know=True),),
        pictures={"I go to my aunt.": "people"},
    )
    agreed = replace(
        version_head(), written_at=now(), language="ar", agreed_by=("person", "trusted_adult"),
        agreed_on=now().date(),
    )  # fmt: skip
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        by = cast.assigned_advocate
        version = write_first_version(uuid4(), case, "youth_violence", agreed, body, by)
        return f"/cases/{case.id}/plans/{version.plan_id}"


def log_an_incident(client: FlaskClient, cast: Cast) -> None:
    assert send(client, f"/cases/{cast.case_id}/incidents/new", **HAPPENED).status_code == 302


def test_the_page_of_a_plan_shows_rows_agreement_and_how_it_is_read(
    client_of: ClientOf, plan_url: str
) -> None:
    page = client_of("assigned_advocate").get(plan_url).text
    for words in (
        "They wait at the gate", "I go back in.", "A place I stay away from", "The car park",
        "My cousin", "His mobile", "May know of this plan", "Our word is lighthouse.",
        "The person themselves, An adult whom they trust, on 5 May 2026", "Arabic (العربية)",
    ):  # fmt: skip
        assert words in page
    assert "has to be reviewed" not in page


def test_what_is_still_empty_is_named_in_one_line(client_of: ClientOf, plan_url: str) -> None:
    page = client_of("assigned_advocate").get(plan_url).text
    empty = page.split("Nothing is written yet: ")[1].split("</p>")[0]
    assert "Getting around" in empty
    assert "My safe people" not in empty
    assert page.count("Getting around") == 1


def test_an_incident_calls_for_a_review_on_every_page_that_shows_the_plan(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    client = client_of("assigned_advocate")
    clock.shift(timedelta(minutes=5))
    log_an_incident(client, cast)
    plan = client.get(plan_url).text
    assert f"This plan has to be reviewed. {WHY}" in plan
    assert "If nothing has changed, save it as it is" in plan
    assert "Review the plan" in plan
    assert f"5 May 2026. {WHY}" in client.get(plan_url.rpartition("/")[0]).text
    assert f"It has to be reviewed: {WHY}" in client.get(f"/cases/{cast.case_id}").text
    assert WHY in client.get("/today").text


@pytest.mark.parametrize("who", ["assigned_advocate", "manager"])
def test_advocate_and_manager_see_by_how_many_days_it_is_overdue_and_why(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller, who: str
) -> None:
    clock.shift(timedelta(minutes=5))
    log_an_incident(client_of("assigned_advocate"), cast)
    clock.shift(timedelta(days=2))
    client = client_of(who)
    today = client.get("/today").text
    overdue = today.split("Review the safety plan")[1].split("</tr>")[0]
    assert WHY in overdue
    assert "2 days late" in overdue
    assert ("Assigned Advocate" in overdue) == (who == "manager")
    assert f"The review of this plan is overdue: 2 days late. {WHY}" in client.get(plan_url).text
    assert f"Its review is overdue: {WHY}" in client.get(f"/cases/{cast.case_id}").text


def test_other_teams_are_not_told_of_it(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=5))
    log_an_incident(client_of("assigned_advocate"), cast)
    for who in ("other_team", "other_manager"):
        assert WHY not in client_of(who).get("/today").text
        assert client_of(who).get(plan_url).status_code == 404


def test_saving_the_plan_unchanged_is_a_review(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    client = client_of("assigned_advocate")
    clock.shift(timedelta(minutes=5))
    log_an_incident(client, cast)
    clock.shift(timedelta(minutes=5))
    page = client.get(f"{plan_url}/edit")
    kept = {"own_home": "I go to my aunt.", "review_on-day": "1", "review_on-month": "6",
            "review_on-year": "2026"}  # fmt: skip
    saved = client.post(f"{plan_url}/edit", data={**hidden_fields(page), **AGREED, **kept})
    assert saved.status_code == 302
    assert "has to be reviewed" not in client.get(plan_url).text
    assert WHY not in client.get("/today").text


def test_an_incident_logged_while_a_plan_is_open_elsewhere_makes_no_conflict(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    writer, other = client_of("assigned_advocate"), client_of("manager")
    page = writer.get(f"{plan_url}/edit")
    clock.shift(timedelta(minutes=5))
    log_an_incident(other, cast)
    answers = {"own_home": "I go to my gran.", "review_on-day": "1", "review_on-month": "6",
               "review_on-year": "2026"}  # fmt: skip
    saved = writer.post(f"{plan_url}/edit", data={**hidden_fields(page), **AGREED, **answers})
    assert saved.status_code == 302


def test_who_wrote_without_knowing_of_the_incident_has_not_reviewed_the_plan(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    hers, colleague = client_of("assigned_advocate"), client_of("manager")
    opened = hidden_fields(hers.get(f"{plan_url}/edit"))
    clock.shift(timedelta(minutes=2))
    log_an_incident(colleague, cast)
    clock.shift(timedelta(minutes=2))
    saved = hers.post(f"{plan_url}/edit", data={**opened, **SAVED, "own_home": "To my friend."})
    assert saved.status_code == 302
    assert WHY in hers.get(plan_url).text
    again = hers.get(f"{plan_url}/edit")
    assert WHY in again.text  # whoever saves this page knows of it
    hers.post(f"{plan_url}/edit", data={**hidden_fields(again), **SAVED, "own_home": "To Jo."})
    assert WHY not in hers.get(plan_url).text


def test_a_page_that_comes_back_with_its_mistakes_tells_what_happened_meanwhile(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    hers = client_of("assigned_advocate")
    opened = hidden_fields(hers.get(f"{plan_url}/edit"))
    clock.shift(timedelta(minutes=2))
    log_an_incident(client_of("manager"), cast)
    words = {**SAVED, "own_home": "To my friend."}
    refused = hers.post(f"{plan_url}/edit", data={**opened, **words, "copy_is_safe": ""})
    assert (refused.status_code, WHY in refused.text) == (422, True)
    clock.shift(timedelta(minutes=2))
    hers.post(f"{plan_url}/edit", data={**hidden_fields(refused), **words})
    assert WHY not in hers.get(plan_url).text


def test_choosing_a_picture_is_no_review(
    app: Flask, client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    client = client_of("assigned_advocate")
    clock.shift(timedelta(minutes=2))
    log_an_incident(client, cast)
    clock.shift(timedelta(minutes=2))
    question = f"picture_{sha256(b'I go to my aunt.').hexdigest()[:16]}"
    assert send(client, f"{plan_url}/words", **{question: "home"}).status_code == 302
    page = client.get(plan_url).text
    assert (WHY in page, "Version 2" in page) == (True, True)
    log_an_incident(client, cast)
    with app.app_context():
        assert db.session.query(ReviewCall).count() == 1  # it waits already


def test_a_closed_case_calls_nobody(
    client_of: ClientOf, cast: Cast, plan_url: str, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=5))
    log_an_incident(client_of("assigned_advocate"), cast)
    manager = client_of("manager")
    closing = {
        "reason": "needs_met", "risk_level": "high", "on-day": "5", "on-month": "5",
        "on-year": "2026",
    }  # fmt: skip
    assert send(manager, f"/cases/{cast.case_id}/close", **closing).status_code == 302
    page = manager.get(plan_url).text
    assert "has to be reviewed" not in page
    assert WHY not in page
