"""Somebody is referred to us: written down once, kept waiting, declined, or made into a case."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, read_snapshot
from caseapp.intake.forms import NewCaseForm
from caseapp.oversight.record_check import check_records
from caseapp.people.models import Person
from caseapp.referrals.incoming_forms import IncomingForm, answers_for_case
from caseapp.referrals.incoming_models import IncomingReferral, ReceivedReferral
from caseapp.vault.owner_keys import owner_keys
from tests.cast import Cast
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

TOLD = {
    "received_on-day": "18",
    "received_on-month": "5",
    "received_on-year": "2026",
    "given_name": "Tariro",
    "family_name": "Moyo",
    "date_of_birth-day": "27",
    "date_of_birth-month": "3",
    "date_of_birth-year": "2009",
    "sex": "not_known",
    "ethnicity": "not_asked",
    "ward": "not_known",
    "residence": "not_known",
    "phone": "07700 900456",
    "voicemail_allowed": "no",
    "wording": "Say that you ring from the college",
    "alerts": "Her brother answers her phone",
    "referral_source": "school_or_college",
    "referred_by": "Ms Ojo, Kensington Academy",
    "themes": "youth_violence",
    "summary": "Followed on the way home and robbed twice",
    "consent": "given",
    "consent_basis": "agreed",
}
DECLINED = {
    "decision": "declined",
    "declined_reason": "out_of_area",
    "signposted_to": "Brent youth service",
    "words": "Told Ms Ojo by phone",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 20, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


def write_down(client: FlaskClient, **answers: str) -> TestResponse:
    return send(client, "/referrals-in/new", **{**TOLD, **answers})


def the_incoming(app: Flask) -> IncomingReferral:
    with app.app_context():
        incoming = db.session.scalars(select(IncomingReferral)).one()
        _ = incoming.head, incoming.body
        return incoming


def path_of(app: Flask) -> str:
    return f"/referrals-in/{the_incoming(app).id}"


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def open_case(client: FlaskClient, path: str, **answers: str) -> TestResponse:
    """Sends what the page shows, as a browser would, with what has to be added."""
    page = client.get(f"{path}/case")
    added = {"risk_level": "high", "themes": "youth_violence", **TOLD, **answers}
    opened = {"opened_on-day": "20", "opened_on-month": "5", "opened_on-year": "2026"}
    return client.post(f"{path}/case", data={**hidden_fields(page), **opened, **added})


def test_who_was_referred_stands_in_the_teams_list(app: Flask, advocate: FlaskClient) -> None:
    assert write_down(advocate).location == "/referrals-in"
    page = advocate.get("/referrals-in").text
    assert "Tariro Moyo" in page
    assert "Ms Ojo, Kensington Academy" in page
    assert "2 days" in page


def test_everything_that_was_told_is_kept(app: Flask, advocate: FlaskClient) -> None:
    write_down(advocate)
    incoming = the_incoming(app)
    assert incoming.head.received_on == date(2026, 5, 18)
    assert incoming.head.person.given_name == "Tariro"
    assert incoming.body.summary == TOLD["summary"]
    assert (incoming.body.consent, incoming.body.consent_basis) == ("given", "agreed")
    assert incoming.body.details.safe_contact.wording == TOLD["wording"]


@pytest.mark.parametrize("who", ["other_team", "other_manager"])
def test_another_team_sees_nothing_of_it(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, who: str
) -> None:
    write_down(advocate)
    client, missing = client_of(who), f"/referrals-in/{UUID(int=1)}"
    assert "Moyo" not in client.get("/referrals-in").text
    for rest in ("", "/case"):
        page = client.get(path_of(app) + rest)
        assert (page.status_code, page.data) == (404, client.get(missing + rest).data)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"given_name": ""}, "Enter their first name"),
        ({"received_on-year": "2027"}, "must be today or in the past"),
        ({"referral_source": ""}, "Choose who referred them"),
        ({"summary": " "}, "Enter what they need"),
        ({"summary": "x" * 5001}, "5,000"),
        ({"consent": ""}, "Choose whether they agreed"),
        ({"date_of_birth-day": "31", "date_of_birth-month": "2"}, "Date of birth"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_the_question(
    app: Flask, advocate: FlaskClient, answers: dict[str, str], message: str
) -> None:
    page = write_down(advocate, **answers)
    assert page.status_code == 422
    assert message in page.text
    assert TOLD["alerts"] in page.text
    assert count(app, IncomingReferral) == 0


def test_sent_twice_it_is_one_referral(app: Flask, advocate: FlaskClient) -> None:
    sent = {**hidden_fields(advocate.get("/referrals-in/new")), **TOLD}
    answers = [advocate.post("/referrals-in/new", data=sent) for _ in range(2)]
    assert [answer.location for answer in answers] == ["/referrals-in"] * 2
    assert count(app, IncomingReferral) == 1


def test_the_form_of_the_case_begins_with_all_that_was_told(
    app: Flask, advocate: FlaskClient
) -> None:
    write_down(advocate)
    page = advocate.get(f"{path_of(app)}/case")
    typed = ("given_name", "family_name", "phone", "wording", "alerts", "referred_by", "summary")
    for name in typed:
        assert TOLD[name] in page.text, name
    assert 'value="school_or_college" selected' in page.text


def test_each_question_about_a_referral_is_one_of_a_new_case(
    app: Flask, advocate: FlaskClient
) -> None:
    """By its name, or it would have to be typed again."""
    write_down(advocate)
    incoming = the_incoming(app)
    with app.test_request_context():
        known = set(NewCaseForm(formdata=None).data)
        asked = set(IncomingForm(formdata=None).data) - {"received_on", "consent"}
        assert asked - known == set()
        assert {"referred_by", "summary", "phone"} <= answers_for_case(incoming).keys()


def test_accepting_makes_a_case_and_seals_what_was_told_under_its_key(
    app: Flask, advocate: FlaskClient
) -> None:
    write_down(advocate)
    incoming = the_incoming(app)
    done = open_case(advocate, path_of(app))
    case_id = UUID((done.location or "").rsplit("/", 1)[-1])
    with app.app_context():
        received = db.session.scalars(select(ReceivedReferral)).one()
        assert received.case_id == case_id
        assert received.body.summary == TOLD["summary"]
        case = db.session.get_one(Case, case_id)
        assert case.body.referred_on == date(2026, 5, 18)
        assert db.session.scalars(select(IncomingReferral)).all() == []
        keys = select(owner_keys.c.owner_id).where(owner_keys.c.owner_id == incoming.id)
        assert db.session.scalar(keys) is None


def test_the_case_tells_where_it_came_from(app: Flask, advocate: FlaskClient) -> None:
    write_down(advocate)
    done = open_case(advocate, path_of(app))
    page = advocate.get(done.location or "").text
    assert "Referred to us by Ms Ojo, Kensington Academy" in page
    assert "Accepted after 2 days" in page


def test_the_records_and_the_audit_agree_after_an_acceptance(
    app: Flask, advocate: FlaskClient
) -> None:
    write_down(advocate)
    open_case(advocate, path_of(app))
    with app.app_context(), read_snapshot() as session:
        heads, vault = app.extensions["audit_heads"], app.extensions["vault"]
        assert check_records(session, vault, heads).faults == ()


def test_a_case_that_cannot_be_right_leaves_the_referral_waiting(
    app: Flask, advocate: FlaskClient
) -> None:
    write_down(advocate)
    page = open_case(advocate, path_of(app), risk_level="")
    assert page.status_code == 422
    assert the_incoming(app).status == "waiting"
    assert count(app, ReceivedReferral) == 0


def test_of_two_who_accept_the_second_opens_no_case_and_loses_nothing(
    app: Flask, advocate: FlaskClient, client_of: ClientOf
) -> None:
    write_down(advocate)
    path, second = path_of(app), client_of("colleague")
    seen = hidden_fields(second.get(f"{path}/case"))
    open_case(advocate, path)
    people = count(app, Person)
    opened = {"opened_on-day": "20", "opened_on-month": "5", "opened_on-year": "2026"}
    sent = {**seen, **opened, **TOLD, "risk_level": "high", "risk_reasons": "Threats go on"}
    page = second.post(f"{path}/case", data=sent)
    assert page.status_code == 409
    assert "answered this referral already" in page.text
    assert "Threats go on" in page.text
    assert count(app, Person) == people


def test_the_same_form_sent_twice_opens_one_case(app: Flask, advocate: FlaskClient) -> None:
    write_down(advocate)
    path = path_of(app)
    seen = hidden_fields(advocate.get(f"{path}/case"))
    opened = {"opened_on-day": "20", "opened_on-month": "5", "opened_on-year": "2026"}
    sent = {**seen, **opened, **TOLD, "risk_level": "high"}
    answers = [advocate.post(f"{path}/case", data=sent) for _ in range(2)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].location == answers[1].location


def test_a_referral_is_declined_with_a_reason_and_kept(app: Flask, advocate: FlaskClient) -> None:
    write_down(advocate)
    assert send(advocate, path_of(app), **DECLINED).location == "/referrals-in"
    incoming = the_incoming(app)
    assert (incoming.status, incoming.decided_month) == ("declined", "2026-05")
    assert incoming.head.decided_on == date(2026, 5, 20)
    assert "Moyo" not in advocate.get("/referrals-in").text
    assert "Tariro Moyo" in advocate.get("/referrals-in?status=declined").text
    page = advocate.get(path_of(app)).text
    assert "Lives outside the area served" in page
    assert DECLINED["signposted_to"] in page
    assert "Accept and open a case" not in page


def test_declining_asks_why(app: Flask, advocate: FlaskClient) -> None:
    write_down(advocate)
    page = send(advocate, path_of(app), **{**DECLINED, "declined_reason": ""})
    assert page.status_code == 422
    assert "Choose why it is declined" in page.text
    assert DECLINED["words"] in page.text


def test_somebody_who_has_to_wait_stays_in_the_list_with_what_was_said(
    app: Flask, advocate: FlaskClient
) -> None:
    write_down(advocate)
    send(advocate, path_of(app), decision="waiting", words="Asked for her own number")
    assert the_incoming(app).status == "waiting"
    assert "Asked for her own number" in advocate.get(path_of(app)).text


def test_of_two_who_decide_at_once_the_second_is_told(
    app: Flask, advocate: FlaskClient, client_of: ClientOf
) -> None:
    write_down(advocate)
    path, second = path_of(app), client_of("manager")
    seen = hidden_fields(second.get(path))
    send(advocate, path, **DECLINED)
    page = second.post(path, data={**seen, **DECLINED, "words": "Mine"})
    assert page.status_code == 409
    assert "decided on this referral already" in page.text
    assert "Mine" in page.text


def test_a_declined_referral_opens_no_case(app: Flask, advocate: FlaskClient) -> None:
    write_down(advocate)
    path = path_of(app)
    send(advocate, path, **DECLINED)
    assert advocate.get(f"{path}/case").location == path


def test_each_step_is_written_into_the_audit(app: Flask, advocate: FlaskClient) -> None:
    write_down(advocate)
    incoming = the_incoming(app)
    advocate.get("/referrals-in")
    open_case(advocate, path_of(app))
    with app.app_context():
        mine = AuditEntry.subject_id == incoming.id
        found = db.session.scalars(select(AuditEntry).where(mine).order_by("number")).all()
    assert [entry.kind for entry in found] == [
        "referral_in_recorded",
        "referral_in_opened",
        "referral_in_opened",
        "referral_in_decided",
    ]
    assert {entry.reason for entry in found} == {"caseworker"}
    assert {entry.chain_id for entry in found} == {incoming.team_id}


def test_a_longer_list_asks_the_database_no_more_often(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    def statements() -> int:
        told: list[object] = []
        with app.app_context():
            note = lambda *more: told.append(more[2])  # noqa: E731
            event.listen(db.engine, "before_cursor_execute", note)
        advocate.get("/referrals-in")
        with app.app_context():
            event.remove(db.engine, "before_cursor_execute", note)
        return len(told)

    write_down(advocate)
    statements()
    one = statements()
    for name in ("Ada", "Bola", "Chidi"):
        write_down(advocate, given_name=name)
    statements()
    assert statements() == one
