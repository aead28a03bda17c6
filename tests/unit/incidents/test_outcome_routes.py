"""What the law did, and the rights of the victim: each step is added, and nothing is replaced."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.incidents.models import RightsRecord
from tests.unit.incidents.answers import CHARGED, MET, how_many, on, the_incident
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]


def test_an_outcome_is_recorded_twice_and_both_are_shown_with_who_said_so(
    advocate: FlaskClient, client_of: ClientOf, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}"
    first = {
        "outcome": "18",
        "no_outcome_reasons": "no_suspect",
        "said_by": "police_letter",
        "victim_told": "no",
        "note": "They closed it in a week.",
    }
    assert send(advocate, f"{path}/outcome", **first).location == path
    second = {
        **CHARGED,
        "said_by": "witness_care",
        "victim_told": "yes",
        **on("victim_told_on", 20),
    }
    assert send(client_of("manager"), f"{path}/outcome", **second).location == path
    page = advocate.get(path).text
    assert page.index("Charged or summonsed") < page.index("no suspect identified")
    for words in (
        "Told by: witness care unit",
        "The person was told on 20 May 2026",
        "Told by: letter or email from the police",
        "Why there was none: No suspect",
        "The person was not told",
        "They closed it in a week.",
        "Manager",
    ):
        assert words in page


def test_an_outcome_recorded_by_mistake_stays_and_is_marked(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}"
    send(advocate, f"{path}/outcome", **CHARGED)
    send(advocate, f"{path}/outcome", outcome="0", corrects_last="yes")
    page = advocate.get(path).text
    assert "Was a mistake: corrected above" in page
    assert "Charged or summonsed" in page
    assert the_incident(app)[0].outcome == "0"


def test_saying_that_the_person_was_told_leaves_the_outcome_and_the_reminder_as_they_were(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}/outcome"
    send(advocate, path, **CHARGED, **on("ask_again_on", 28))
    send(advocate, path, victim_told="yes", **on("victim_told_on", 20))
    head, body = the_incident(app)
    assert (head.outcome, head.outcome_on) == ("1", date(2026, 5, 19))
    assert head.ask_again_on == date(2026, 5, 28)
    assert (body.victim_told, body.victim_told_on) == (True, date(2026, 5, 20))
    assert [step.outcome for step in body.steps] == ["1", "1"]


def test_a_new_outcome_takes_the_reminder_away_and_has_to_be_told_anew(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}/outcome"
    waiting = {"outcome": "0", "no_outcome_reasons": "delay", "victim_told": "yes"}
    send(advocate, path, **waiting, **on("ask_again_on", 28))
    send(advocate, path, **CHARGED)
    head, body = the_incident(app)
    assert (head.outcome, head.ask_again_on) == ("1", None)
    assert (body.no_outcome_reasons, body.victim_told) == ((), None)


def test_a_conviction_is_recorded_beside_the_charge_and_the_right_that_it_begins_is_missing(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}"
    news = "Be told about the offender after a conviction"
    page = send(advocate, f"{path}/outcome", **on("convicted_on", 20))
    assert page.status_code == 422
    assert "There is a conviction: choose “Charged or summonsed”" in page.text
    send(advocate, f"{path}/outcome", **CHARGED)
    before = advocate.get(path).text.count("Missing")
    assert send(advocate, f"{path}/outcome", **on("convicted_on", 20)).location == path
    assert the_incident(app)[0].convicted_on == date(2026, 5, 20)
    page = advocate.get(path)
    assert "Convicted on 20 May 2026" in page.text
    assert page.text.count("Missing") == before + 1
    assert news in page.text
    assert "Convicted on 20 May 2026" in advocate.get(place).text


def test_a_reason_against_the_outcome_that_stands_is_refused(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}/outcome"
    send(advocate, path, **CHARGED)
    page = send(advocate, path, no_outcome_reasons="evidence")
    assert page.status_code == 422
    assert "Choose an outcome against a suspect, or why there was none" in page.text
    assert "What you leave empty stays" in page.text
    assert len(the_incident(app)[1].steps) == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Choose the outcome, or why there is none"),
        ({"note": "Nothing new"}, "Choose the outcome, or why there is none"),
        ({**CHARGED, "outcome_on-day": "7"}, "The outcome cannot be before the incident"),
        ({**CHARGED, "outcome_on-day": "21"}, "today or in the past"),
        ({"no_outcome_reasons": "not_reported"}, "It was reported to the police"),
        ({"outcome": "99"}, "from the list"),
        ({"no_outcome_reasons": "boredom"}, "from the list"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(
    app: Flask,
    advocate: FlaskClient,
    place: str,
    incident_id: UUID,
    answers: dict[str, str],
    message: str,
) -> None:
    page = send(advocate, f"{place}/incidents/{incident_id}/outcome", **answers)
    assert page.status_code == 422
    assert message in page.text
    assert the_incident(app)[1].steps == ()


def test_two_who_record_an_outcome_at_once_both_add_a_step(
    advocate: FlaskClient, client_of: ClientOf, app: Flask, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}/outcome"
    manager = client_of("manager")
    seen = hidden_fields(manager.get(path))
    send(advocate, path, **CHARGED)
    assert manager.post(path, data={**seen, "outcome": "18"}).status_code == 302
    assert [step.outcome for step in the_incident(app)[1].steps] == ["1", "18"]


def test_nobody_calls_an_entry_a_mistake_that_they_have_not_seen(
    advocate: FlaskClient, client_of: ClientOf, app: Flask, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}/outcome"
    manager = client_of("manager")
    send(advocate, path, outcome="18")
    sent = {**hidden_fields(manager.get(path)), "outcome": "0", "corrects_last": "yes"}
    send(advocate, path, **CHARGED)
    page = manager.post(path, data=sent)
    assert page.status_code == 422
    assert "Somebody added an entry since you opened this page" in page.text
    assert "The last entry was a mistake: Charged or summonsed" in page.text
    assert len(the_incident(app)[1].steps) == 2
    assert manager.post(path, data={**sent, **hidden_fields(page)}).status_code == 302


def test_several_rights_are_recorded_at_once_and_what_is_missing_is_shown(
    advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}"
    form = hidden_fields(advocate.get(f"{path}/rights"))
    rights = ["understand", "support", "investigation_news"]
    sent = {**form, **MET, "rights": rights, "note": "At the station."}
    assert advocate.post(f"{path}/rights", data=sent).location == path
    page = advocate.get(path).text
    assert page.count("At the station.") == 3
    assert page.count("Missing") == 5
    assert "3 recorded, 5 missing" in advocate.get(f"{place}/incidents").text


def test_what_is_recorded_for_the_whole_case_is_missing_of_no_incident(
    advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents"
    assert "0 recorded, 8 missing" in advocate.get(path).text
    send(advocate, f"{place}/rights", **MET)
    assert "0 recorded, 7 missing" in advocate.get(path).text
    assert advocate.get(f"{path}/{incident_id}").text.count("Missing") == 7
    outcome = {"outcome": "18", "no_outcome_reasons": "delay"}
    send(advocate, f"{path}/{incident_id}/outcome", **outcome)
    assert "Not told" in advocate.get(path).text
    unwanted = {**MET, "rights": "outcome_news", "standing": "not_wanted"}
    send(advocate, f"{place}/rights", **unwanted)
    assert "Not told" not in advocate.get(path).text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"rights": None}, "Choose at least one right"),
        ({"standing": ""}, "Choose where they stand"),
        ({"rights": "be_happy"}, "from the list"),
        ({"on-day": "21"}, "today or in the past"),
        ({"on-day": "7"}, "The date cannot be before the incident"),
    ],
)
def test_a_right_that_cannot_be_is_refused(
    app: Flask,
    advocate: FlaskClient,
    place: str,
    incident_id: UUID,
    answers: dict[str, str | None],
    message: str,
) -> None:
    sent = {name: value for name, value in {**MET, **answers}.items() if value is not None}
    page = send(advocate, f"{place}/incidents/{incident_id}/rights", **sent)
    assert page.status_code == 422
    assert message in page.text
    assert how_many(app, RightsRecord) == 0
