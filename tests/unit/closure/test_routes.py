"""Closing with a manager's agreement, opening again, measuring outcomes, holding a record."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.closure.models import ClosureRequest, OutcomeMeasure
from caseapp.closure.queries import dues_of
from caseapp.database import db
from caseapp.reference import Entry, code_list
from caseapp.reference.in_force import use_editions
from tests.cast import Cast
from tests.unit.sharing import log_book
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
CLOSING = {
    "reason": "needs_met", "risk_level": "standard", "harm_reduced": "yes",
    "note": "Ring her aunt first.", "on-day": "2", "on-month": "11", "on-year": "2026",
}  # fmt: skip


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


@pytest.fixture
def stages_of_this_home() -> Iterator[tuple[str, ...]]:
    shipped = code_list("outcome_stage")
    intake, review, leaving = shipped.entries
    entries = (intake, Entry("midpoint", "Midpoint"), review, leaving)
    use_editions([(date(2020, 1, 1), replace(shipped, version=2, entries=entries))])
    yield tuple(entry.code for entry in entries)
    use_editions([])


def stored(app: Flask, cast: Cast) -> Case:
    with app.app_context():
        case = db.session.get_one(Case, cast.case_id)
        assert case.head.reference
        assert case.body is not None  # both are opened while there is a session
        return case


def dues(app: Flask, cast: Cast) -> list[tuple[str, bool]]:
    with app.app_context():
        return [(due.kind, due.for_manager) for due in dues_of(db.session(), [cast.case_id])]


def decide(client: FlaskClient, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/close/decision", shown_at=f"{place}/close/request", **answers)


def test_an_advocate_asks_and_the_case_stays_open_until_the_manager_agrees(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    assert send(client_of("assigned_advocate"), f"{place}/close", **CLOSING).status_code == 302
    assert stored(app, cast).is_open
    assert dues(app, cast) == [("closure_approval", True)]
    page = client_of("manager").get(f"{place}/close/request")
    assert "Ring her aunt first." in page.text
    assert decide(client_of("manager"), place, agreed="yes").status_code == 302
    case = stored(app, cast)
    assert (case.status, case.head.closed_on) == ("closed", date(2026, 11, 2))
    assert (case.body.risk_at_closure, case.body.harm_reduced) == ("standard", True)
    assert case.risk_level == "high"  # what was judged stays what was judged


def test_an_advocate_cannot_agree_to_the_own_request(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate = client_of("assigned_advocate")
    send(advocate, f"{place}/close", **CLOSING)
    assert decide(advocate, place, agreed="yes").status_code == 404
    assert stored(app, cast).is_open


def test_a_manager_who_does_not_agree_says_why_and_the_advocate_reads_it(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    send(advocate, f"{place}/close", **CLOSING)
    silent = decide(manager, place, agreed="no")
    assert silent.status_code == 422
    assert "Say why the case should go on" in silent.text
    decide(manager, place, agreed="no", answer="The threats go on.")
    assert dues(app, cast) == [("closure_returned", False)]
    assert "The threats go on." in advocate.get(f"{place}/close").text
    send(advocate, f"{place}/close", **CLOSING)
    assert dues(app, cast) == [("closure_approval", True)]


def test_a_manager_closes_at_once(app: Flask, client_of: ClientOf, cast: Cast, place: str) -> None:
    send(client_of("manager"), f"{place}/close", **CLOSING)
    assert not stored(app, cast).is_open
    with app.app_context():
        assert db.session.query(ClosureRequest).count() == 0


def test_a_case_that_is_opened_again_remembers_how_it_had_closed(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager = client_of("manager")
    send(manager, f"{place}/close", **CLOSING)
    silent = send(manager, f"{place}/reopen", why="")
    assert silent.status_code == 422
    on = {"on-day": "9", "on-month": "11", "on-year": "2026"}
    early = send(manager, f"{place}/reopen", why="She rang.", **{**on, "on-day": "1"})
    assert "before it closed" in early.text
    send(manager, f"{place}/reopen", why="She rang.", **on)
    case = stored(app, cast)
    (past,) = case.body.earlier_closures
    assert case.is_open
    assert (past.reason, past.note, past.why_reopened) == (
        "needs_met", "Ring her aunt first.", "She rang.",
    )  # fmt: skip
    assert case.head.next_review_on == date(2026, 12, 7)  # high risk: four weeks
    page = manager.get(place).text
    assert "Case opened again" in page
    assert "Ring her aunt first." in page


def test_outcomes_are_measured_once_however_often_the_form_is_sent(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate = client_of("assigned_advocate")
    answers = {"stage": "intake", "point_copes": "2", "point_health": "not_asked"}
    form = hidden_fields(advocate.get(f"{place}/outcomes/new"))
    day = {"measured_on-day": "5", "measured_on-month": "5", "measured_on-year": "2026"}
    for _ in range(2):
        sent = advocate.post(f"{place}/outcomes/new", data={**form, **answers, **day})
        assert sent.status_code == 302
    with app.app_context():
        (measure,) = db.session.query(OutcomeMeasure).all()
        assert dict(measure.head.points)["copes"] == "2"
    page = advocate.get(f"{place}/outcomes").text
    assert "Intake, 5 May 2026" in page
    assert "Kept until" not in page  # the case is open, and only managers hold records


def test_a_stage_of_the_homes_own_list_is_measured_and_stands_in_its_place(
    client_of: ClientOf, place: str, stages_of_this_home: tuple[str, ...]
) -> None:
    advocate = client_of("assigned_advocate")
    for stage in reversed(stages_of_this_home):
        answers = {"stage": stage, "point_copes": "2"}
        day = {"measured_on-day": "5", "measured_on-month": "5", "measured_on-year": "2026"}
        sent = send(advocate, f"{place}/outcomes/new", **answers, **day)
        assert sent.status_code == 302
    page = advocate.get(f"{place}/outcomes").text
    places = [page.index(f"{stage.capitalize()}, 5 May") for stage in stages_of_this_home]
    assert places == sorted(places)
    assert advocate.get(f"{place}/close").status_code == 200


def test_outcomes_without_one_answer_are_refused(client_of: ClientOf, place: str) -> None:
    page = send(client_of("assigned_advocate"), f"{place}/outcomes/new", stage="review")
    assert page.status_code == 422
    assert "Answer at least one of the questions" in page.text


def test_a_closed_case_says_how_long_it_is_kept_and_a_hold_says_why(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager = client_of("manager")
    send(manager, f"{place}/close", **CLOSING)
    assert "27 March 2034" in manager.get(f"{place}/outcomes").text  # born 27 March 2009
    assert send(manager, f"{place}/hold", hold="yes").status_code == 422
    send(manager, f"{place}/hold", hold="yes", why="Inquest opened.")
    assert stored(app, cast).body.legal_hold == "Inquest opened."
    assert "Inquest opened." in manager.get(f"{place}/outcomes").text
    send(manager, f"{place}/hold", why="Inquest opened.")
    assert stored(app, cast).body.legal_hold == ""


def test_every_step_of_closing_leaves_its_word_in_the_audit(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    send(advocate, f"{place}/close", **CLOSING)
    decide(manager, place, agreed="no", answer="Not yet.")
    send(advocate, f"{place}/close", **CLOSING)
    decide(manager, place, agreed="yes")
    with app.app_context():
        kinds = db.session.scalars(
            select(AuditEntry.kind)
            .where(AuditEntry.case_id == cast.case_id, AuditEntry.kind.like("%clos%"))
            .order_by(AuditEntry.number)
        ).all()
    assert kinds == ["closure_asked", "closure_returned", "closure_asked", "case_closed"]


def share_against(client: FlaskClient, place: str) -> None:
    assert log_book.share_against(client, f"{place}/sharing").location


def test_a_case_stays_open_and_in_sight_until_a_sharing_against_consent_is_decided(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    share_against(advocate, place)
    send(advocate, f"{place}/close", **CLOSING)
    late = decide(manager, place, agreed="yes", answer="Well done.")
    assert late.status_code == 422
    assert "Decide on a sharing without agreement: MASH" in late.text
    assert "Well done." in late.text
    assert stored(app, cast).is_open
    assert log_book.due(app, cast)
    assert "Decide on a sharing without agreement" in manager.get("/today").text
    log = f"{place}/sharing"
    send(manager, log_book.page_of(app, cast, log, "decision"), **log_book.DECISION)
    decide(manager, place, agreed="yes")
    assert not stored(app, cast).is_open


def test_a_manager_does_not_close_over_a_sharing_against_consent_either(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    share_against(client_of("assigned_advocate"), place)
    page = send(client_of("manager"), f"{place}/close", **CLOSING)
    assert page.status_code == 422
    assert "The case cannot close before this is done" in page.text
    assert CLOSING["note"] in page.text
    assert stored(app, cast).is_open


def test_a_manager_may_send_a_closure_back_while_a_sharing_waits(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate = client_of("assigned_advocate")
    share_against(advocate, place)
    send(advocate, f"{place}/close", **CLOSING)
    assert decide(client_of("manager"), place, agreed="no", answer="Not yet.").status_code == 302
    assert dues(app, cast) == [("closure_returned", False)]
