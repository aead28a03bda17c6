"""Writing about incidents as a worker does: what is refused, what is kept, what the pages show."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import event, select

from caseapp.cases import contributions
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import Incident, IncidentBody, IncidentHead, RightsRecord
from tests.cast import Cast
from tests.unit.incidents.answers import CHARGED, INCIDENT, MET, close, how_many, on, the_incident
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]


def test_a_new_incident_with_its_outcome_begins_the_history(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    answers = {**INCIDENT, **CHARGED, "reported_to_police": "yes", "said_by": "police_officer"}
    assert send(advocate, f"{place}/incidents/new", **answers).location == place
    head, body = the_incident(app)
    assert (head.outcome, head.outcome_on) == ("1", date(2026, 5, 19))
    (step,) = body.steps
    assert (step.outcome, step.said_by) == ("1", "police_officer")


def test_a_new_incident_without_an_outcome_has_no_step(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    send(advocate, f"{place}/incidents/new", **INCIDENT)
    assert the_incident(app)[1].steps == ()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"offence": ""}, "Choose what it was"),
        ({"happened_on-year": "2027"}, "today or in the past"),
        ({"happened_on-year": "2001"}, "before the person was born"),
        ({**CHARGED, "outcome_on-day": "17"}, "The outcome cannot be before the incident"),
        ({"reported_to_police": "no", "outcome": "1"}, "There can be no outcome if it was not"),
        (
            {"reported_to_police": "no", "crime_number": "CR/123456"},
            "There can be no crime number if it was not reported",
        ),
        ({"outcome": "1", "no_outcome_reasons": "evidence"}, "or why there was none"),
        ({**on("outcome_on", 19)}, "choose the outcome"),
        ({**on("victim_told_on", 19)}, "choose yes"),
        ({"victim_told": "yes", **on("victim_told_on", 17)}, "told before the incident"),
        ({"victim_told": "yes", **on("victim_told_on", 21)}, "today or in the past"),
        ({**on("ask_again_on", 19)}, "today or in the future"),
        ({"perpetrator": str(uuid4())}, ""),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(
    app: Flask, advocate: FlaskClient, place: str, answers: dict[str, str], message: str
) -> None:
    page = send(advocate, f"{place}/incidents/new", **{**INCIDENT, **answers})
    if not message:  # nobody is alleged here, so the question is not asked
        assert the_incident(app)[0].perpetrator_id is None
        return
    assert page.status_code == 422
    assert message in page.text
    assert "Outside the college gate." in page.text
    assert how_many(app, Incident) == 0


WRITING = {
    "an incident": ("incidents/new", INCIDENT),
    "an outcome": ("incidents/{}/outcome", CHARGED),
    "a right of an incident": ("incidents/{}/rights", MET),
    "a right of the case": ("rights", MET),
}


def traces(app: Flask) -> tuple[int, int, int]:
    """How many incidents, steps of outcomes and steps of rights there are."""
    with app.app_context():
        incidents = db.session.scalars(select(Incident)).all()
        rights = db.session.scalars(select(RightsRecord)).all()
        steps = sum(len(each.body.steps) for each in incidents)
        return len(incidents), steps, sum(len(each.head.steps) for each in rights)


@pytest.mark.parametrize("what", WRITING)
def test_what_is_sent_twice_is_saved_once(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID, what: str
) -> None:
    path, answers = WRITING[what]
    address, before = f"{place}/{path.format(incident_id)}", traces(app)
    sent = {**hidden_fields(advocate.get(address)), **answers}
    pages = [advocate.post(address, data=sent) for _ in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert sum(traces(app)) == sum(before) + 1


@pytest.mark.parametrize("what", WRITING)
def test_a_closed_case_takes_nothing_and_says_so(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, incident_id: UUID, what: str
) -> None:
    close(app, cast)
    path, answers = WRITING[what]
    before = traces(app)
    page = send(advocate, f"{place}/{path.format(incident_id)}", **answers)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert traces(app) == before


@pytest.mark.parametrize("what", WRITING)
def test_what_is_sent_without_the_token_of_the_session_is_not_saved(
    app: Flask,
    advocate: FlaskClient,
    client_of: ClientOf,
    place: str,
    incident_id: UUID,
    what: str,
) -> None:
    path, answers = WRITING[what]
    address, before = f"{place}/{path.format(incident_id)}", traces(app)
    foreign = hidden_fields(client_of("manager").get(address))
    for token in ("", "x", foreign["csrf_token"]):
        assert advocate.post(address, data={**answers, "csrf_token": token}).status_code == 400
    assert traces(app) == before


def test_the_second_of_two_who_correct_an_incident_sees_both(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}/edit"
    manager = client_of("manager")
    seen = hidden_fields(manager.get(path))
    send(advocate, path, **{**INCIDENT, "description": "At the bus stop."})
    page = manager.post(path, data={**seen, **INCIDENT, "description": "By the canal."})
    assert page.status_code == 409
    assert "By the canal." in page.text
    assert "At the bus stop." in page.text
    again = {**hidden_fields(page), **INCIDENT, "description": "By the canal, at the bus stop."}
    assert manager.post(path, data=again).status_code == 302
    assert the_incident(app)[1].description == again["description"]


def test_a_correction_keeps_what_stood_before_and_leaves_the_outcome(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents/{incident_id}"
    send(advocate, f"{path}/outcome", **CHARGED)
    answers = {**INCIDENT, "offence": "sexual_assault", "reported_to_police": "yes"}
    assert send(advocate, f"{path}/edit", **answers).location == path
    page = advocate.get(path).text
    assert "What it said before" in page
    assert "Personal robbery" in page
    assert "CR/9" in page
    head, body = the_incident(app)
    assert (head.offence, head.outcome, len(body.steps)) == ("sexual_assault", "1", 1)
    before = dict(body.corrections[0].before)
    assert before["What was it?"] == "Personal robbery"
    assert "What happened?" not in before  # it was not changed


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {"reported_to_police": "no", "crime_number": ""},
            "There is an outcome, so it was reported",
        ),
        ({"happened_on-day": "20"}, "The incident cannot be after its outcome"),
    ],
)
def test_a_correction_cannot_contradict_the_outcome(
    advocate: FlaskClient, place: str, incident_id: UUID, answers: dict[str, str], message: str
) -> None:
    path = f"{place}/incidents/{incident_id}"
    send(advocate, f"{path}/outcome", **CHARGED)
    page = send(advocate, f"{path}/edit", **{**INCIDENT, **answers})
    assert page.status_code == 422
    assert message in page.text


def test_the_list_shows_outcome_reasons_and_telling_at_a_glance(
    app: Flask, advocate: FlaskClient, place: str, incident_id: UUID
) -> None:
    path = f"{place}/incidents"
    assert "No outcome, no reason" in advocate.get(path).text
    outcome = {"outcome": "18", "no_outcome_reasons": "delay"}
    send(advocate, f"{path}/{incident_id}/outcome", **outcome)
    page = advocate.get(path).text
    assert "No outcome, no reason" not in page
    assert "Why none: Delay" in page
    assert "Not told" in page
    told = {**outcome, "victim_told": "yes", **on("victim_told_on", 20)}
    send(advocate, f"{path}/{incident_id}/outcome", **told)
    assert "Told 20 May 2026" in advocate.get(path).text


def test_an_alleged_perpetrator_is_chosen_and_named_only_to_those_who_may_see_them(
    app: Flask,
    advocate: FlaskClient,
    client_of: ClientOf,
    place: str,
    incident_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    somebody = uuid4()
    source = lambda _case: [(somebody, "Rufus Nightjar")]  # noqa: E731
    monkeypatch.setattr("caseapp.incidents.routes.alleged_sources", [source])
    path = f"{place}/incidents/{incident_id}"
    answers = {**INCIDENT, "reported_to_police": "yes", "perpetrator": str(somebody)}
    assert send(advocate, f"{path}/edit", **answers).location == path
    assert the_incident(app)[0].perpetrator_id == somebody
    assert "Rufus Nightjar" in advocate.get(path).text
    assert "Rufus Nightjar" not in client_of("colleague").get(path).text
    refused = send(advocate, f"{path}/edit", **{**answers, "perpetrator": str(uuid4())})
    assert refused.status_code == 422
    assert contributions.alleged_sources is not None


def test_an_incident_of_another_case_is_not_found(
    app: Flask, client_of: ClientOf, cast: Cast, incident_id: UUID, place: str
) -> None:
    for path in ("", "/edit", "/outcome", "/rights"):
        address = f"{place}/incidents/{uuid4()}{path}"
        assert client_of("assigned_advocate").get(address).status_code == 404
        assert (
            client_of("other_team").get(f"{place}/incidents/{incident_id}{path}").status_code == 404
        )


def test_a_colleague_reads_and_does_not_change(
    client_of: ClientOf, place: str, incident_id: UUID
) -> None:
    colleague = client_of("colleague")
    path = f"{place}/incidents/{incident_id}"
    assert "Record the outcome" not in colleague.get(path).text
    assert colleague.get(f"{place}/incidents").status_code == 200
    for rest in ("/edit", "/outcome", "/rights"):
        assert colleague.get(path + rest).status_code == 404


def test_two_hundred_incidents_are_shown_with_as_many_queries_as_one(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, incident_id: UUID
) -> None:
    def queries(path: str) -> int:
        asked: list[int] = []
        with app.app_context():
            engine = db.engine
        listen = ("before_cursor_execute", lambda *_: asked.append(1))
        event.listen(engine, *listen)
        assert advocate.get(path).status_code == 200
        event.remove(engine, *listen)
        return len(asked)

    paths = (f"{place}/incidents", place)
    _ = [queries(path) for path in paths]
    few = [queries(path) for path in paths]
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = IncidentHead(happened_on=date(2026, 5, 1), offence="threats_to_kill")
        for number in range(199):
            day = head.happened_on - timedelta(number)
            body = IncidentBody(description=f"Number {number}.")
            add_incident(
                uuid4(), case, replace(head, happened_on=day), body, cast.assigned_advocate
            )
    assert [queries(path) for path in paths] == few
    assert advocate.get(paths[0]).text.count('data-label="Outcome"') == 200
