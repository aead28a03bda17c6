"""What risk adds to the case page: its drawing over time, and what points to a MARAC."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.actions import change_themes, create_case, first_head
from caseapp.cases.models import Case, CaseBody
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.people.models import Person
from caseapp.risk import panels
from caseapp.risk.actions import judge_risk
from caseapp.risk.models import RiskHead
from caseapp.risk.rules import Referral
from tests.cast import Cast
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]

ON = {"on-day": "20", "on-month": "11", "on-year": "2026"}


@pytest.fixture
def abuse(abuse_id: UUID) -> str:
    return f"/cases/{abuse_id}"


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


def test_risk_over_time_is_drawn_from_the_second_judgement_on(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    assert "Risk over time" not in advocate.get(place).text
    send(advocate, f"{place}/risk/dash", score="15", **ON)
    page = advocate.get(place).text
    drawn = re.search(r'<svg class="app-steps" role="img" aria-labelledby="([^"]+)"', page)
    assert drawn
    for named in drawn[1].split():
        assert f'id="{named}"' in page
    assert "2 judgements of risk since 4 May 2026" in page
    assert "DASH, 15 of 24" in page


def test_a_long_course_shows_the_newest_and_leads_to_the_rest(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        for number in range(30):
            risk = RiskHead(judged_on=date(2026, 6, 1) + timedelta(number), level="medium")
            judge_risk(uuid4(), case, risk, "Same.", cast.assigned_advocate)
    page = advocate.get(place).text
    assert "All 31 judgements of risk" in page
    assert advocate.get(f"{place}/risk/course").text.count('<section id="judgement-') == 31


def hurt(app: Flask, case_id: UUID, cast: Cast, *days: date, by: UUID | None = None) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, case_id)
        for day in days:
            head = IncidentHead(
                happened_on=day, offence="actual_bodily_harm", is_domestic=True, perpetrator_id=by
            )
            add_incident(uuid4(), case, head, IncidentBody(), cast.other_team)


def test_a_marac_is_proposed_with_the_facts_and_never_without_them(
    app: Flask, idva: FlaskClient, cast: Cast, abuse: str, abuse_id: UUID
) -> None:
    assert "MARAC referral" not in idva.get(abuse).text
    send(idva, f"{abuse}/risk/dash", score="16", **ON)
    hurt(app, abuse_id, cast, *(today() - timedelta(40 * n) for n in range(3)))
    for path in (abuse, f"{abuse}/risk/course"):
        page = idva.get(path).text
        assert "Think about a MARAC referral" in page
        assert "DASH score of 16 on 20 November 2026" in page
        assert "Escalation: three events in 12 months" in page


@pytest.mark.parametrize(("endpoint", "times"), [("risk.record_dash", 1), ("nowhere.at_all", 0)])
def test_the_link_to_refer_is_there_as_soon_as_there_is_a_page(
    idva: FlaskClient, abuse: str, monkeypatch: pytest.MonkeyPatch, endpoint: str, times: int
) -> None:
    monkeypatch.setattr(panels, "REFER", endpoint)
    send(idva, f"{abuse}/risk/dash", score="16", **ON)
    assert idva.get(abuse).text.count("Refer to the MARAC") == times


def test_a_youth_case_is_not_proposed_for_a_marac(advocate: FlaskClient, place: str) -> None:
    send(advocate, f"{place}/risk/dash", score="20", **ON)
    assert "MARAC referral" not in advocate.get(place).text


def test_a_youth_case_with_domestic_abuse_in_it_is_proposed_for_a_marac(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    send(advocate, f"{place}/risk/dash", score="20", **ON)
    hurt(app, cast.case_id, cast, today())
    for path in (place, f"{place}/risk/course"):
        assert "DASH score of 20 on 20 November 2026" in advocate.get(path).text


def test_a_case_of_the_idva_service_is_proposed_for_a_marac_whatever_its_themes(
    app: Flask, idva: FlaskClient, abuse: str, abuse_id: UUID, cast: Cast
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, abuse_id)
        change_themes(case, ("youth_violence",), cast.other_team)
    send(idva, f"{abuse}/risk/dash", score="15", **ON)
    assert "DASH score of 15 on 20 November 2026" in idva.get(abuse).text


def test_a_repeat_is_found_after_the_last_referral(
    app: Flask,
    idva: FlaskClient,
    cast: Cast,
    abuse: str,
    abuse_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hurt(app, abuse_id, cast, today() - timedelta(3))
    assert "Repeat within 12 months" not in idva.get(abuse).text
    referral = Referral(today() - timedelta(200))
    monkeypatch.setattr(
        "caseapp.risk.queries.referral_sources", [lambda _case, _others: [referral]]
    )
    page = idva.get(abuse).text
    assert "Repeat within 12 months of the last referral" in page
    assert "since the last referral on 7 May 2026" in page


def test_an_earlier_case_of_the_same_person_counts_and_that_it_was_read_is_noted(
    app: Flask, idva: FlaskClient, cast: Cast, abuse: str, abuse_id: UUID
) -> None:
    earlier = another_case(app, cast, abuse_id)
    hurt(app, earlier, cast, date(2026, 2, 1), date(2026, 3, 1), by=uuid4())
    hurt(app, abuse_id, cast, date(2026, 10, 1), by=uuid4())
    page = idva.get(f"{abuse}/risk/course").text
    assert "Escalation: three events in 12 months" in page
    again = "on 1 October 2026, after Actual bodily harm on 1 March 2026"
    assert again in page  # ids of alleged perpetrators of two cases cannot be compared
    with app.app_context():
        newest = select(AuditEntry).where(AuditEntry.kind == Kind.CASES_LISTED)
        assert db.session.scalars(newest).all()


def another_case(app: Flask, cast: Cast, case_id: UUID) -> UUID:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, case_id)
        return create_case(
            uuid4(),
            db.session.get_one(Person, case.person_id),
            head=first_head(date(2026, 1, 5), ("domestic_abuse",), "police", date(2026, 4, 1)),
            body=CaseBody(),
            service="idva",
            risk_level="standard",
            team_id=case.team_id,
            advocate_id=case.advocate_id,
            by=cast.other_team,
        ).id


def test_the_pages_of_risk_ask_as_many_queries_for_many_judgements_as_for_few(
    app: Flask, idva: FlaskClient, cast: Cast, abuse: str, abuse_id: UUID
) -> None:
    def queries(path: str) -> int:
        asked: list[int] = []
        with app.app_context():
            engine = db.engine
        listen = ("before_cursor_execute", lambda *_: asked.append(1))
        event.listen(engine, *listen)
        idva.get(path)
        event.remove(engine, *listen)
        return len(asked)

    send(idva, f"{abuse}/risk/dash", score="16", **ON)
    hurt(app, abuse_id, cast, today())
    paths = (abuse, f"{abuse}/risk/course")
    _ = [queries(path) for path in paths]  # the first visit also makes what later ones find
    few = [queries(path) for path in paths]
    with app.app_context(), transaction():
        case = db.session.get_one(Case, abuse_id)
        for number in range(40):
            risk = RiskHead(judged_on=date(2026, 9, 2) + timedelta(number), level="medium")
            judge_risk(uuid4(), case, risk, "Same.", cast.other_team)
    hurt(app, abuse_id, cast, *(today() - timedelta(n) for n in range(40)))
    assert [queries(path) for path in paths] == few
