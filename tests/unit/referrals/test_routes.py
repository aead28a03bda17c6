"""Making a referral and recording what came of it, as an advocate does it in the browser."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.referrals.models import Referral
from tests import closings
from tests.cast import Cast, open_a_case
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

ANSWERS = {
    "kind": "speech_and_language",
    "agency": "Westway Speech Clinic",
    "made_on-day": "4",
    "made_on-month": "5",
    "made_on-year": "2026",
    "need": "An assessment of understanding",
    "safe_contact": "Call after 4pm only",
    "consent": "given",
    "consent_basis": "agreed",
    "person_told": "yes",
}
WITHOUT = {
    "consent": "refused",
    "consent_basis": "public_task",
    "why_without_consent": "A child is at risk",
    "necessity": "The address alone",
}
ACCEPTED = {
    "decision": "accepted",
    "decided_on-day": "18",
    "decided_on-month": "5",
    "decided_on-year": "2026",
    "engagement": "engaging",
    "outcome": "First session on 1 June",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/referrals"


def make(client: FlaskClient, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/new", **{**ANSWERS, **answers})


def decide(client: FlaskClient, app: Flask, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/{the_referral(app).id}/decision", **{**ACCEPTED, **answers})


def correct(client: FlaskClient, app: Flask, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/{the_referral(app).id}/edit", **{**ANSWERS, **answers})


def the_referral(app: Flask) -> Referral:
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        _ = referral.head, referral.body  # opened while the session is there
        return referral


def how_many(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Referral.id)).all())


def close(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        closings.close(db.session.get_one(Case, cast.case_id), cast.manager)


def test_a_referral_is_kept_as_it_was_made(app: Flask, advocate: FlaskClient, place: str) -> None:
    assert make(advocate, place).location == place
    referral = the_referral(app)
    assert referral.head.made_on == date(2026, 5, 4)
    assert (referral.head.kind, referral.head.agency) == ("speech_and_language", ANSWERS["agency"])
    assert (referral.head.decision, referral.head.decided_on) == ("waiting", None)
    assert referral.body.need == ANSWERS["need"]
    assert referral.body.safe_contact == ANSWERS["safe_contact"]
    assert referral.body.person_told is True


def test_the_form_begins_with_what_is_known_of_safe_contact(
    advocate: FlaskClient, place: str
) -> None:
    page = advocate.get(f"{place}/new").text
    assert "07700 900123" in page
    assert "school days, 4 to 5pm" in page


def test_the_days_of_waiting_are_shown(advocate: FlaskClient, place: str) -> None:
    make(advocate, place)
    assert "Waiting for 16 days" in advocate.get(place).text


def test_an_accepted_referral_shows_after_how_many_days(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    make(advocate, place)
    assert decide(advocate, app, place).location == place
    page = advocate.get(place).text
    assert "Accepted after 14 days" in page
    assert "First session on 1 June" in page


def test_the_timeline_tells_of_the_referral_and_of_the_decision(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    decide(advocate, app, place)
    page = advocate.get(f"/cases/{cast.case_id}").text
    assert "Referral made: Speech and language therapy" in page
    assert "Referral accepted: Speech and language therapy" in page
    assert "Assigned Advocate" in page


def test_sharing_without_consent_stands_out_on_the_timeline(
    advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place, **WITHOUT)
    assert "Shared without their agreement" in advocate.get(f"/cases/{cast.case_id}").text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"kind": ""}, "Choose the kind of help"),
        ({"kind": "telepathy"}, "from the list"),
        ({"agency": " "}, "enter the name of the agency"),
        ({"need": ""}, "Enter what they need"),
        ({"made_on-day": "31", "made_on-month": "2"}, "Date of the referral"),
        ({"made_on-year": "2027"}, "must be today or in the past"),
        ({"consent_basis": ""}, "Choose a basis"),
        ({"consent": ""}, "Choose whether they agreed"),
        ({"consent": "refused"}, "Choose another basis"),
        ({**WITHOUT, "why_without_consent": ""}, "Say why you share this without their agreement"),
        ({**WITHOUT, "necessity": ""}, "why less would not be enough"),
        ({"person_told": "no"}, "Say why they are not told"),
        ({"safe_contact": ""}, "Say why the agency is not told"),
        ({"kind": "nrm"}, "Enter the first-responder organisation"),
        ({"need": "x" * 5001}, "5,000"),
        ({"agency": "x" * 151}, "150"),
    ],
)
def test_a_referral_that_cannot_be_right_is_refused_beside_the_question(
    app: Flask, advocate: FlaskClient, place: str, answers: dict[str, str], message: str
) -> None:
    page = make(advocate, place, **answers)
    assert page.status_code == 422
    assert message in page.text
    assert answers.get("need", ANSWERS["need"]) in page.text  # what was typed is still there
    assert how_many(app) == 0


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"decision": ""}, "Choose what they decided"),
        ({"decided_on-day": "3"}, "The decision cannot be before the referral"),
        ({"decision": "declined"}, "Choose why it was declined"),
        ({"decision": "waiting"}, "Leave the date empty until they decide"),
        ({"decided_on-year": "2027"}, "must be today or in the past"),
        ({"engaged_on-day": "1", "engaged_on-month": "5", "engaged_on-year": "2026"}, "take it up"),
    ],
)
def test_a_decision_that_cannot_be_right_is_refused_beside_the_question(
    app: Flask, advocate: FlaskClient, place: str, answers: dict[str, str], message: str
) -> None:
    make(advocate, place)
    page = decide(advocate, app, place, **answers)
    assert page.status_code == 422
    assert message in page.text
    assert ACCEPTED["outcome"] in page.text
    assert the_referral(app).head.decision == "waiting"


def test_all_that_is_wrong_is_said_at_once(advocate: FlaskClient, place: str) -> None:
    page = make(advocate, place, **{**WITHOUT, "need": "", "why_without_consent": ""})
    assert "Enter what they need" in page.text
    assert "Say why you share this without their agreement" in page.text


def test_a_correction_changes_what_was_asked_and_keeps_what_was_decided(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    make(advocate, place)
    decide(advocate, app, place)
    assert correct(advocate, app, place, agency="Eastway Speech Clinic").location == place
    referral = the_referral(app)
    assert referral.head.agency == "Eastway Speech Clinic"
    assert (referral.head.decision, referral.head.decided_on) == ("accepted", date(2026, 5, 18))
    assert referral.body.outcome == ACCEPTED["outcome"]


def test_a_correction_does_not_move_the_referral_behind_its_decision(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    make(advocate, place)
    decide(advocate, app, place)
    page = correct(advocate, app, place, **{"made_on-day": "19"})
    assert page.status_code == 422
    assert "The referral cannot be after the decision" in page.text
    assert the_referral(app).head.made_on == date(2026, 5, 4)


def test_the_first_day_is_not_called_a_wait_of_no_days(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    make(advocate, place, **{"made_on-day": "20"})
    assert "Waiting since today" in advocate.get(place).text
    decide(advocate, app, place, **{"decided_on-day": "20"})
    assert "Accepted on the same day" in advocate.get(place).text


def test_a_referral_sent_twice_is_one_referral(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    sent = {**hidden_fields(advocate.get(f"{place}/new")), **ANSWERS}
    answers = [advocate.post(f"{place}/new", data=sent) for _ in range(2)]
    assert [answer.location for answer in answers] == [place, place]
    assert how_many(app) == 1


def test_the_answers_of_another_decision_are_let_go(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    """Radio buttons cannot be cleared: a reason may be left from an earlier click."""
    make(advocate, place)
    decide(advocate, app, place, declined_reason="threshold")
    assert the_referral(app).body.declined_reason == ""
    decide(advocate, app, place, decision="declined", declined_reason="threshold")
    assert the_referral(app).body.engagement == ""


def test_of_two_people_who_decide_at_once_the_second_sees_both(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, place: str
) -> None:
    make(advocate, place)
    path = f"{place}/{the_referral(app).id}/decision"
    manager = client_of("manager")
    seen = hidden_fields(manager.get(path))
    decide(advocate, app, place)
    page = manager.post(path, data={**seen, **ACCEPTED, "outcome": "They will ring on Friday"})
    assert page.status_code == 409
    assert "They will ring on Friday" in page.text
    assert "First session on 1 June" in page.text
    assert the_referral(app).body.outcome == "First session on 1 June"
    again = {**hidden_fields(page), **ACCEPTED, "outcome": "Both"}
    assert manager.post(path, data=again).location == place
    assert the_referral(app).body.outcome == "Both"


def test_nothing_is_referred_from_a_closed_case(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    close(app, cast)
    page = make(advocate, place)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert ANSWERS["need"] in page.text
    assert how_many(app) == 0


def test_nothing_is_decided_on_a_closed_case(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    close(app, cast)
    page = decide(advocate, app, place)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert the_referral(app).head.decision == "waiting"


def test_a_referral_is_not_reached_through_another_case(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, place: str
) -> None:
    make(advocate, place)
    referral_id = the_referral(app).id
    other, stranger = f"/cases/{another_case(app, cast)}/referrals", client_of("other_team")
    for what in ("decision", "edit"):
        page = stranger.get(f"{other}/{referral_id}/{what}")
        missing = stranger.get(f"{other}/{UUID(int=1)}/{what}")
        assert (page.status_code, page.data) == (404, missing.data)


def another_case(app: Flask, cast: Cast) -> UUID:
    with app.app_context(), transaction():
        return open_a_case(cast.other_team, family_name="Otherwise").id


def test_a_colleague_reads_the_referrals_and_changes_none(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, place: str
) -> None:
    make(advocate, place)
    colleague = client_of("colleague")
    page = colleague.get(place).text
    assert ANSWERS["need"] in page
    assert f'href="{place}/' not in page
    for what in ("decision", "edit"):
        assert colleague.get(f"{place}/{the_referral(app).id}/{what}").status_code == 404


def test_each_step_is_written_into_the_audit(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    make(advocate, place)
    decide(advocate, app, place)
    referral = the_referral(app)
    with app.app_context():
        found = db.session.scalars(
            select(AuditEntry).where(AuditEntry.subject_id == referral.id).order_by("number")
        ).all()
    assert [entry.kind for entry in found] == ["referral_made", "referral_changed"]
    assert {(entry.case_id, entry.reason) for entry in found} == {(cast.case_id, "assigned")}
    assert [entry.actor_id for entry in found] == [cast.assigned_advocate.user_id] * 2
