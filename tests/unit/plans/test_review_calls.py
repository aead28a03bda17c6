"""What calls for a review of the plans of a case: each turn once, in its own transaction."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import event, select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.actions import change_person
from caseapp.cases.models import Case
from caseapp.clock import now, today
from caseapp.closure.actions import close_case
from caseapp.closure.models import ClosureBody, ClosureHead
from caseapp.database import db, transaction
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.marac.actions import record_meeting
from caseapp.marac.models import MaracReferral
from caseapp.people.models import Person
from caseapp.plans.actions import write_first_version, write_version
from caseapp.plans.due import reviews_due
from caseapp.plans.models import Plan, ReviewCall
from caseapp.risk.actions import judge_risk, judge_youth_risk, record_dash
from caseapp.risk.models import DashBody, DashHead, RiskHead, YouthBody, YouthHead
from tests.cast import Cast, open_a_case
from tests.filled_marac import fill_marac
from tests.unit.plans.conftest import version_body, version_head

Turn = Callable[[Case, Cast], None]
OF_HEAD = ("ward", "residence")


def the_case(cast: Cast) -> Case:
    return db.session.get_one(Case, cast.case_id)


def write(cast: Cast, kind: str = "youth_violence") -> UUID:
    with transaction():
        head = replace(version_head(review_on=today() + timedelta(weeks=12)), written_at=now())
        case, body, by = the_case(cast), version_body(home="To my aunt."), cast.assigned_advocate
        return write_first_version(uuid4(), case, kind, head, body, by).plan_id


def review(cast: Cast, plan_id: UUID) -> None:
    with transaction():
        head = replace(version_head(review_on=today() + timedelta(weeks=12)), written_at=now())
        plan = db.session.get_one(Plan, plan_id)
        body = version_body(home="To my aunt.")
        write_version(uuid4(), the_case(cast), plan, head, body, cast.assigned_advocate)


def take(turn: Turn, cast: Cast) -> None:
    with transaction():
        turn(the_case(cast), cast)


def calls(case_id: UUID | None = None) -> list[str]:
    found = db.session.scalars(select(ReviewCall)).all()
    found = [call for call in found if case_id in {None, call.case_id}]
    return [call.head.reason for call in sorted(found, key=lambda call: call.head.called_at)]


def incident(case: Case, cast: Cast) -> None:
    head = IncidentHead(happened_on=date(2026, 1, 5), offence="personal_robbery")
    add_incident(uuid4(), case, head, IncidentBody(), cast.assigned_advocate)


def judged(level: str) -> Turn:
    def turn(case: Case, cast: Cast) -> None:
        risk = RiskHead(judged_on=today(), level=level)
        judge_risk(uuid4(), case, risk, "She says so.", cast.assigned_advocate)

    return turn


def dash(case: Case, cast: Cast) -> None:
    head = DashHead(on=today(), score=2, level_by_score="standard", level="standard", items=(3, 9))
    record_dash(uuid4(), case, head, DashBody(), cast.assigned_advocate)


def youth(case: Case, cast: Cast) -> None:
    head = YouthHead(on=today(), concerns=(), proposed="medium", level="medium")
    judge_youth_risk(uuid4(), case, head, YouthBody(), cast.assigned_advocate)


def marac(case: Case, cast: Cast) -> None:
    fill_marac(case, cast)


def meeting(case: Case, cast: Cast) -> None:
    (referral,) = db.session.scalars(select(MaracReferral))
    record_meeting(case, referral, today(), "A new lock.", cast.assigned_advocate, heard=True)


def moved(**answers: str) -> Turn:
    def turn(case: Case, cast: Cast) -> None:
        person = db.session.get_one(Person, case.person_id)
        in_head = {name: value for name, value in answers.items() if name in OF_HEAD}
        in_body = {name: value for name, value in answers.items() if name not in OF_HEAD}
        head, body = replace(person.head, **in_head), replace(person.body, **in_body)
        change_person(case, person, head, body, cast.assigned_advocate)

    return turn


@pytest.mark.parametrize(
    ("turn", "reason"),
    [
        (incident, "new_incident"),
        (judged("medium"), "risk_change"),
        (dash, "risk_change"),
        (youth, "risk_change"),
        (marac, "marac"),
        (moved(address="9 Larkmoor Mews"), "move"),
        (moved(postcode="W11 1MM"), "move"),
        (moved(ward="E05009396"), "move"),
        (moved(residence="outside_borough"), "move"),
        (moved(address=""), "move"),
    ],
)
def test_what_happens_to_the_person_calls_for_a_review_on_each_kind_of_database(
    each_engine: tuple[Flask, Cast], turn: Turn, reason: str
) -> None:
    app, cast = each_engine
    with app.app_context():
        plan_id = write(cast)
        assert calls() == []
        take(turn, cast)
        assert calls() == [reason]
        (due,) = reviews_due(db.session(), [cast.case_id])
        assert (due.on, due.values) == (today(), (("plan_id", str(plan_id)),))
        assert due.what
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.kind == Kind.PLAN_REVIEW_CALLED)
        ).one()
        assert json.loads(entry.detail) == {"reason": reason}
        assert "plan_review_call" in entry.writes
        assert entry.actor_id == cast.assigned_advocate.user_id


@pytest.fixture
def in_case(app: Flask, cast: Cast) -> object:
    with app.app_context():
        take(moved(residence="not_known"), cast)
        yield


@pytest.mark.usefixtures("in_case")
@pytest.mark.parametrize(
    "turn",
    [
        judged("high"),
        moved(address="9  heronsgate walk "),
        moved(residence="in_borough"),
        moved(school="The college"),
    ],
)
def test_what_leaves_things_as_they_were_calls_for_nothing(cast: Cast, turn: Turn) -> None:
    """The risk judged the same, an address written in another way, a place that is filled in."""
    write(cast)
    take(turn, cast)
    assert calls() == []


@pytest.mark.usefixtures("in_case")
def test_a_case_without_a_plan_has_nothing_to_review(cast: Cast) -> None:
    take(incident, cast)
    assert calls() == []


@pytest.mark.usefixtures("in_case")
def test_a_second_call_for_the_same_reason_waits_until_the_first_is_answered(cast: Cast) -> None:
    plan_id = write(cast)
    for _ in range(2):
        take(incident, cast)
    take(judged("medium"), cast)
    assert calls() == ["new_incident", "risk_change"]
    review(cast, plan_id)
    (due,) = reviews_due(db.session(), [cast.case_id])
    assert (due.on, due.what) == (today() + timedelta(weeks=12), "")
    take(incident, cast)
    assert calls() == ["new_incident", "risk_change", "new_incident"]


@pytest.mark.usefixtures("in_case")
def test_each_plan_of_a_case_answers_for_itself(cast: Cast) -> None:
    first, second = write(cast), write(cast, "domestic_abuse")
    take(incident, cast)
    review(cast, first)
    dues = {dict(due.values)["plan_id"]: due for due in reviews_due(db.session(), [cast.case_id])}
    assert dues[str(first)].what == ""
    assert dues[str(second)].what == "A new incident was recorded"
    take(incident, cast)
    dues = {dict(due.values)["plan_id"]: due for due in reviews_due(db.session(), [cast.case_id])}
    assert dues[str(first)].what == "A new incident was recorded"


@pytest.mark.usefixtures("in_case")
def test_the_meeting_of_a_marac_calls_again_once_the_referral_was_answered(cast: Cast) -> None:
    plan_id = write(cast)
    take(marac, cast)
    review(cast, plan_id)
    for _ in range(2):
        take(meeting, cast)
    review(cast, plan_id)
    take(meeting, cast)  # the day or the outcome corrected: it was heard before
    assert calls() == ["marac", "marac"]


@pytest.mark.usefixtures("in_case")
def test_a_judgement_that_is_written_down_late_changes_no_level_and_calls_for_nothing(
    cast: Cast,
) -> None:
    write(cast)
    earlier = RiskHead(judged_on=date(2026, 5, 1), level="standard")
    with transaction():
        judge_risk(uuid4(), the_case(cast), earlier, "Before.", cast.assigned_advocate)
    assert calls() == []


@pytest.mark.usefixtures("in_case")
def test_a_move_calls_in_every_open_case_of_the_person_and_in_no_closed_one(cast: Cast) -> None:
    with transaction():
        person = db.session.get_one(Person, cast.person_id)
        others = [open_a_case(cast.other_team, given_name="Ada") for _ in range(2)]
        for case in others:
            case.person_id = person.id
            head = replace(version_head(), written_at=now())
            body = version_body(home="x")
            write_first_version(uuid4(), case, "youth_violence", head, body, cast.other_team)
        ids = [case.id for case in others]
    write(cast)
    with transaction():
        closed = db.session.get_one(Case, ids[1])
        ending = ClosureHead(asked_on=today(), reason="needs_met", on=today(), risk_level="high")
        close_case(closed, ending, ClosureBody(), cast.other_manager)
    take(moved(address="9 Larkmoor Mews"), cast)
    assert [calls(each) for each in (cast.case_id, *ids)] == [["move"], ["move"], []]
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.kind == Kind.PLAN_REVIEW_CALLED)
    ).all()
    chains = {entry.chain_id: entry.case_id for entry in entries}
    assert chains == {
        cast.assigned_advocate.team_id: cast.case_id,
        cast.other_team.team_id: ids[0],
    }


@pytest.mark.usefixtures("in_case")
def test_what_is_not_saved_calls_for_nothing(cast: Cast) -> None:
    write(cast)
    incident(the_case(cast), cast)
    assert calls() == ["new_incident"]
    db.session.rollback()
    assert calls() == []


@pytest.mark.usefixtures("in_case")
def test_a_hundred_plans_are_read_in_as_many_queries_as_one(app: Flask, cast: Cast) -> None:
    asked: list[str] = []

    def counted(*args: object) -> None:
        asked.append(str(args[2]))

    def queries_for(ids: list[UUID]) -> int:
        asked.clear()
        assert len(list(reviews_due(db.session(), ids))) == len(ids)
        return len(asked)

    with transaction():
        cases = [open_a_case(cast.assigned_advocate, given_name="Ada") for _ in range(20)]
        for case in cases:
            args = (version_head(), version_body(home="x"), cast.assigned_advocate)
            write_first_version(uuid4(), case, "youth_violence", *args)
            incident(case, cast)
        ids = [case.id for case in cases]
    event.listen(db.engine, "before_cursor_execute", counted)
    try:
        assert app.extensions
        assert queries_for(ids[:1]) == queries_for(ids) > 0
    finally:
        event.remove(db.engine, "before_cursor_execute", counted)
