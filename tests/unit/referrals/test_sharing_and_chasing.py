"""A referral tells the sharing log by itself, reminds us to ask again, and keeps its steps."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.referrals.models import Referral
from caseapp.referrals.queries import due_reminders
from caseapp.sharing.queries import SharingRecord, sharing_of
from tests.cast import Cast
from tests.unit.referrals.test_routes import ACCEPTED, ANSWERS, WITHOUT
from tests.unit.sharing.log_book import AGAINST, AGREED
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 20, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/referrals"


def log(app: Flask, cast: Cast) -> SharingRecord:
    with app.app_context():
        (record,) = sharing_of(db.session.get_one(Case, cast.case_id))
        for version in record.versions:
            _ = version.head, version.body
        return record


def the_referral(app: Flask) -> Referral:
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        _ = referral.head, referral.body
        return referral


def due(app: Flask, cast: Cast) -> list[tuple[str, date, str]]:
    with app.app_context():
        found = due_reminders(db.session(), [cast.case_id])
        return [(d.kind, d.on, d.what) for d in found]


def make(client: FlaskClient, place: str, **answers: str) -> None:
    assert send(client, f"{place}/new", **{**ANSWERS, **answers}).location == place


def ask_again(client: FlaskClient, app: Flask, place: str) -> None:
    token = hidden_fields(client.get(place))["csrf_token"]
    path = f"{place}/{the_referral(app).id}/chased"
    assert client.post(path, data={"csrf_token": token}).location == place


def test_the_log_holds_what_the_referral_shared_and_nobody_types_it_again(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place, **WITHOUT, conditions="offences")
    record = log(app, cast)
    assert record.entry.subject_id == the_referral(app).id
    assert (record.head.with_whom, record.head.shared_on) == (ANSWERS["agency"], date(2026, 5, 4))
    assert (record.head.consent, record.head.basis) == ("refused", "public_task")
    assert ANSWERS["need"] in record.body.what
    assert ANSWERS["safe_contact"] in record.body.what
    assert record.body.purpose == "Referral: Speech and language therapy"
    assert record.body.why_without_consent == WITHOUT["why_without_consent"]
    assert record.body.necessity == WITHOUT["necessity"]
    assert record.body.conditions == ("offences",)
    assert record.is_open


def test_a_correction_of_what_was_shared_corrects_the_log(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    path = f"{place}/{the_referral(app).id}/edit"
    send(advocate, path, **{**ANSWERS, "agency": "Eastway Clinic"})
    record = log(app, cast)
    assert [version.head.with_whom for version in record.versions] == [
        ANSWERS["agency"],
        "Eastway Clinic",
    ]


def test_a_correction_of_the_log_outlives_one_of_a_typing_error_in_the_referral(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    entry_id = log(app, cast).entry.id
    send(advocate, f"/cases/{cast.case_id}/sharing/{entry_id}/correct", **AGAINST)
    path = f"{place}/{the_referral(app).id}/edit"
    send(advocate, path, **{**ANSWERS, "need": "An assessment of hearing"})
    record = log(app, cast)
    assert [each.head.consent for each in record.versions] == ["given", "refused", "refused"]
    assert record.head.with_whom == AGAINST["with_whom"]
    assert record.body.why_without_consent == AGAINST["why_without_consent"]
    assert record.body.what == "An assessment of hearing\n\nSafe contact: Call after 4pm only"
    assert record.is_open


def test_a_correction_that_the_log_holds_already_adds_nothing_to_it(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    entry_id = log(app, cast).entry.id
    corrected = {**AGREED, "with_whom": "Eastway Clinic"}
    send(advocate, f"/cases/{cast.case_id}/sharing/{entry_id}/correct", **corrected)
    path = f"{place}/{the_referral(app).id}/edit"
    send(advocate, path, **{**ANSWERS, "agency": "Eastway Clinic"})
    assert len(log(app, cast).versions) == 2


def test_a_decision_shares_nothing_new(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    send(advocate, f"{place}/{the_referral(app).id}/decision", **ACCEPTED)
    assert len(log(app, cast).versions) == 1


def test_a_childs_nrm_referral_needs_no_agreement_and_no_senior(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    nrm = {"kind": "nrm", "first_responder": "The council", "consent": "not_needed"}
    make(advocate, place, **nrm, consent_basis="public_task")
    assert not log(app, cast).is_open
    assert the_referral(app).body.first_responder == "The council"


def test_telling_an_agency_nothing_about_safe_contact_is_audited_with_a_reason(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    make(advocate, place, safe_contact="", why_no_safe_contact="They write to us alone")
    with app.app_context():
        overridden = AuditEntry.kind == "safe_contact_overridden"
        entry = db.session.scalars(select(AuditEntry).where(overridden)).one()
    assert entry.subject_id == the_referral(app).id
    assert "They write to us alone" in advocate.get(place).text


def test_a_referral_that_waits_is_due_to_be_asked_about(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    what = "Speech and language therapy: Westway Speech Clinic"
    assert due(app, cast) == [("chase_referral", date(2026, 5, 25), what)]
    assert "Ask them again on 25 May 2026" in " ".join(advocate.get(place).text.split())


def test_one_press_notes_that_they_were_asked_and_puts_the_next_time_off(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    ask_again(advocate, app, place)
    assert [on for _, on, _ in due(app, cast)] == [date(2026, 6, 10)]
    assert "20 May 2026: asked them again" in advocate.get(place).text
    step = the_referral(app).body.steps[0]
    assert (step.on, step.by) == (date(2026, 5, 20), cast.assigned_advocate.user_id)


def test_pressing_twice_on_one_day_makes_one_step(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    make(advocate, place)
    ask_again(advocate, app, place)
    ask_again(advocate, app, place)
    assert len(the_referral(app).body.steps) == 1
    assert "You asked today already" in advocate.get(place).text


def test_what_is_decided_is_not_asked_about(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    send(advocate, f"{place}/{the_referral(app).id}/decision", **ACCEPTED)
    assert due(app, cast) == []
    ask_again(advocate, app, place)
    assert "nothing to ask" in advocate.get(place).text
    assert the_referral(app).head.chased_on is None


def test_each_change_in_how_far_it_is_taken_up_is_a_dated_step(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    make(advocate, place)
    path = f"{place}/{the_referral(app).id}/decision"
    since = {"engaged_on-day": "19", "engaged_on-month": "5", "engaged_on-year": "2026"}
    send(advocate, path, **ACCEPTED, **since)
    send(advocate, path, **ACCEPTED)  # nothing new
    send(advocate, path, **{**ACCEPTED, "engagement": "completed"})
    steps = the_referral(app).body.steps
    assert [(step.on.day, step.what) for step in steps] == [(19, "engaging"), (20, "completed")]
    assert "19 May 2026: Engaging" in advocate.get(place).text


def test_the_reminders_of_many_cases_are_found_in_as_many_queries_as_of_one(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    with app.app_context():
        statements: list[str] = []
        event.listen(
            db.engine, "before_cursor_execute", lambda *told: statements.append(str(told[2]))
        )
        list(due_reminders(db.session(), [cast.case_id]))
        one = len(statements)
        statements.clear()
        list(due_reminders(db.session(), [cast.case_id] * 500))
    assert len(statements) <= one
