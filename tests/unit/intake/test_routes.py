"""Taking somebody into the service: one page, saved whole or not at all."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.people.models import NeedsFlag, Person
from caseapp.risk.models import RiskJudgement
from tests.cast import Cast
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

ANSWERS = {
    "given_name": "Tamsin",
    "family_name": "Overbrook",
    "date_of_birth-day": "27",
    "date_of_birth-month": "3",
    "date_of_birth-year": "2009",
    "sex": "female",
    "ethnicity": "not_asked",
    "ward": "E05009394",
    "residence": "in_borough",
    "themes": "youth_violence",
    "opened_on-day": "20",
    "opened_on-month": "5",
    "opened_on-year": "2026",
    "referral_source": "police",
    "risk_level": "high",
    "risk_reasons": "He waits outside the college.",
    "summary": "Robbed on the way home.",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


def open_case(client: FlaskClient, **answers: str) -> TestResponse:
    return send(client, "/cases/new", **{**ANSWERS, **answers})


def case_of(app: Flask, page: TestResponse) -> Case:
    with app.app_context():
        case = db.session.get_one(Case, UUID((page.location or "").rsplit("/", 1)[1]))
        _ = case.head, case.body
        return case


def how_many(app: Flask) -> tuple[int, ...]:
    with app.app_context():
        models = (Case, Person, NeedsFlag, RiskJudgement)
        return tuple(db.session.scalar(select(func.count(m.id))) or 0 for m in models)


def test_the_case_the_person_and_the_risk_are_saved_together(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    case = case_of(app, open_case(advocate))
    assert (case.advocate_id, case.team_id) == (
        cast.assigned_advocate.user_id,
        cast.assigned_advocate.team_id,
    )
    assert (case.service, case.risk_level, case.opened_month) == (
        "youth_violence",
        "high",
        "2026-05",
    )
    assert case.head.opened_on == date(2026, 5, 20)
    assert case.head.next_review_on == date(2026, 6, 17)
    assert how_many(app) == (2, 2, 0, 2)


def test_who_referred_them_and_on_what_basis_we_work_stand_on_the_case_page(
    advocate: FlaskClient,
) -> None:
    told = {"referred_by": "PC Ngata, safer schools", "consent_basis": "legal_obligation"}
    page = advocate.get(open_case(advocate, **told).location or "").text
    assert "PC Ngata, safer schools" in page
    assert "Legal obligation" in page


def test_the_needs_that_were_ticked_are_raised_with_the_case(
    app: Flask, advocate: FlaskClient
) -> None:
    case = case_of(app, open_case(advocate, slcn="stammer", slcn_status="diagnosed"))
    with app.app_context():
        flag = db.session.scalars(select(NeedsFlag)).one()
        assert (flag.head.code, flag.head.status) == ("stammer", "diagnosed")
        assert flag.person_id == case.person_id


def test_a_manager_opens_a_case_that_nobody_works_yet(app: Flask, client_of: ClientOf) -> None:
    assert case_of(app, open_case(client_of("manager"))).advocate_id is None


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"given_name": ""}, "Enter their first name"),
        ({"themes": ""}, "Choose"),
        ({"risk_level": ""}, "Choose a level of risk"),
        ({"ward": "E05000001"}, "from the list"),
        ({"date_of_birth-month": "13"}, "Date of birth"),
        ({"date_of_birth-day": "30", "date_of_birth-month": "2"}, "Date of birth"),
        ({"date_of_birth-year": "2027"}, "must be today or in the past"),
        ({"date_of_birth-year": "2001"}, "This service is for people under 25"),
        ({"opened_on-year": "2008"}, "The date of birth is after the day the case opens"),
        ({"opened_on-year": "2027"}, "must be today or in the past"),
        ({"summary": "x" * 5001}, "5,000"),
    ],
)
def test_a_case_that_cannot_be_right_is_refused_and_nothing_of_it_is_saved(
    app: Flask, advocate: FlaskClient, answers: dict[str, str], message: str
) -> None:
    before = how_many(app)
    page = open_case(advocate, **answers)
    assert page.status_code == 422
    assert message in page.text
    assert "He waits outside the college." in page.text
    assert how_many(app) == before


@pytest.mark.parametrize(
    "name", ["زليخة", "Zoë 🦊", "<script>alert(1)</script>", "O'Brien", "王小明", "Æ" * 100]
)
def test_a_name_in_any_script_is_kept_and_shown_as_it_was_typed(
    app: Flask, advocate: FlaskClient, name: str
) -> None:
    page = open_case(advocate, given_name=name, family_name="")
    case = case_of(app, page)
    with app.app_context():
        assert db.session.get_one(Person, case.person_id).full_name == name
    shown = advocate.get(page.location or "").text
    assert "<script>alert" not in shown
    assert (name in shown) or ("&" in shown and name[0] in {"<", "O"})


def test_a_form_sent_twice_opens_one_case(app: Flask, advocate: FlaskClient) -> None:
    sent = {**hidden_fields(advocate.get("/cases/new")), **ANSWERS}
    first, second = (advocate.post("/cases/new", data=sent) for _ in range(2))
    assert first.location == second.location
    assert how_many(app)[:2] == (2, 2)


def test_somebody_with_the_same_details_is_asked_about_first(
    app: Flask, advocate: FlaskClient
) -> None:
    open_case(advocate)
    page = open_case(advocate)
    assert page.status_code == 422
    assert "Somebody with these details has a case already" in page.text
    assert open_case(advocate, same_person="yes").status_code == 302
    assert how_many(app)[0] == 3


def test_showing_cases_with_the_same_details_is_written_down(
    app: Flask, advocate: FlaskClient
) -> None:
    assert open_case(advocate).status_code == 302
    assert open_case(advocate).status_code == 422
    with app.app_context():
        searched = select(AuditEntry.detail).where(AuditEntry.kind == Kind.CASES_SEARCHED)
        assert db.session.scalars(searched).all() == ['{"cases":1}']


def test_somebody_who_is_known_to_another_team_is_not_given_away(
    app: Flask, client_of: ClientOf
) -> None:
    open_case(client_of("assigned_advocate"))
    page = open_case(
        client_of("other_team"), **{"themes": "domestic_abuse", "date_of_birth-year": "2009"}
    )
    assert page.status_code == 302


def test_ten_megabytes_of_text_are_refused_with_a_page(app: Flask, advocate: FlaskClient) -> None:
    page = open_case(advocate, summary="x" * 10_000_000)
    assert page.status_code in {413, 422}
    assert "<h1" in page.text
    assert how_many(app)[0] == 1
