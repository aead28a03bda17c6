"""What is done with an incident: nothing is overwritten, and each act leaves its word."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.incidents.actions import (
    add_incident,
    change_incident,
    record_outcome,
    record_rights,
)
from caseapp.incidents.models import (
    Incident,
    IncidentBody,
    IncidentHead,
    OutcomeStep,
    RightsRecord,
    RightStep,
)
from caseapp.incidents.queries import dues_in, gaps_in, harm_in, incidents_of, rights_of
from caseapp.incidents.rules import rights_due
from tests.cast import Cast, open_a_case

DAY = date(2026, 5, 8)
NOTHING_MORE = IncidentBody()
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)


@pytest.fixture
def case(each_engine: tuple[Flask, Cast]) -> Iterator[tuple[Case, Cast]]:
    app, cast = each_engine
    with app.app_context():
        yield db.session.get_one(Case, cast.case_id), cast


def incident(
    case: Case, cast: Cast, body: IncidentBody = NOTHING_MORE, **facts: object
) -> Incident:
    head = replace(IncidentHead(happened_on=DAY, offence="personal_robbery"), **facts)
    return add_incident(uuid4(), case, head, body, cast.assigned_advocate)


def step(cast: Cast, outcome: str = "", **facts: object) -> OutcomeStep:
    first = OutcomeStep(id=uuid4(), at=AT, by=cast.assigned_advocate.user_id, outcome=outcome)
    return replace(first, **facts)


def right(cast: Cast, code: str, standing: str = "met") -> RightStep:
    by = cast.assigned_advocate.user_id
    return RightStep(sent_with=uuid4(), right=code, standing=standing, on=DAY, at=AT, by=by)


def words(case_id: UUID) -> list[tuple[str, str | None]]:
    db.session.commit()
    query = select(AuditEntry).where(AuditEntry.case_id == case_id).order_by(AuditEntry.number)
    return [(entry.kind, entry.reason) for entry in db.session.scalars(query)]


def test_each_outcome_is_added_and_the_head_has_the_newest(case: tuple[Case, Cast]) -> None:
    record, cast = case
    robbed = incident(record, cast, reported_to_police=True)
    by = cast.assigned_advocate
    steps = [
        step(cast, "0"),
        step(cast, "18", outcome_on=date(2026, 5, 18), no_outcome_reasons=("no_suspect", "delay")),
        step(cast, "1", outcome_on=date(2026, 5, 19), said_by="police_officer", victim_told=True),
    ]
    for each in steps:
        record_outcome(record, robbed, each, None, by)
        db.session.commit()
    assert robbed.body.steps == tuple(steps)
    assert (robbed.head.outcome, robbed.head.outcome_on) == ("1", date(2026, 5, 19))
    assert (robbed.body.no_outcome_reasons, robbed.body.victim_told) == ((), True)


def test_an_outcome_from_before_there_were_steps_becomes_the_first_one(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    body = IncidentBody(no_outcome_reasons=("evidence",), victim_told=False)
    robbed = incident(record, cast, body, outcome="15", outcome_on=date(2026, 5, 12))
    record_outcome(record, robbed, step(cast, "1"), None, cast.manager)
    first, second = robbed.body.steps
    assert (first.outcome, first.outcome_on) == ("15", date(2026, 5, 12))
    assert (first.no_outcome_reasons, first.victim_told) == (("evidence",), False)
    assert second.outcome == "1"


def test_a_correction_keeps_what_stood_before_it_and_all_of_the_outcome(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    robbed = incident(record, cast)
    record_outcome(record, robbed, step(cast, "18"), None, cast.assigned_advocate)
    for place in ("At the bus stop.", "By the canal."):
        before = (("What happened?", robbed.body.description),)
        body = replace(robbed.body, description=place)
        change_incident(record, robbed, robbed.head, body, cast.manager, before)
        db.session.commit()
    kept = robbed.body.corrections
    assert [correction.before for correction in kept] == [
        (("What happened?", ""),),
        (("What happened?", "At the bus stop."),),
    ]
    assert {correction.by for correction in kept} == {cast.manager.user_id}
    assert len(robbed.body.steps) == 1


def test_rights_of_an_incident_and_of_the_case_are_kept_apart_and_only_added_to(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    by, robbed = cast.assigned_advocate, incident(record, cast)
    one, two, three = (right(cast, code) for code in ("support", "trial", "support"))
    record_rights(record, robbed, (one, two), by)
    record_rights(record, robbed, (three,), by)
    record_rights(record, None, (one,), by)
    db.session.commit()
    assert rights_of(record) == {robbed.id: (one, two, three), None: (one,)}
    assert len(db.session.scalars(select(RightsRecord)).all()) == 2


def test_every_act_leaves_its_word_in_the_audit(case: tuple[Case, Cast]) -> None:
    record, cast = case
    robbed = incident(record, cast)
    change_incident(record, robbed, robbed.head, IncidentBody(description="More"), cast.manager)
    record_outcome(record, robbed, step(cast, "18"), None, cast.assigned_advocate)
    record_rights(record, robbed, (right(cast, "support"),), cast.assigned_advocate)
    assert words(record.id)[-4:] == [
        ("incident_added", "assigned"),
        ("incident_changed", "supervises"),
        ("outcome_recorded", "assigned"),
        ("rights_recorded", "assigned"),
    ]


def test_a_closed_case_takes_no_incident_no_outcome_and_no_right(case: tuple[Case, Cast]) -> None:
    record, cast = case
    robbed, by = incident(record, cast), cast.assigned_advocate
    record.status = "closed"
    for attempt in (
        lambda: incident(record, cast),
        lambda: change_incident(record, robbed, robbed.head, IncidentBody(source="x"), by),
        lambda: record_outcome(record, robbed, step(cast, "1"), None, by),
        lambda: record_rights(record, robbed, (right(cast, "support"),), by),
    ):
        with pytest.raises(CaseIsClosed):
            attempt()
    assert (robbed.body.source, robbed.body.steps) == ("", ())


def test_incidents_come_newest_first(case: tuple[Case, Cast]) -> None:
    record, cast = case
    for day in (3, 9, 6):
        incident(record, cast, happened_on=date(2026, 5, day))
    assert [each.head.happened_on.day for each in incidents_of(record)] == [9, 6, 3]


def test_what_is_missing_and_due_is_told_of_the_right_cases_alone(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    by = cast.assigned_advocate
    told, unexplained, untold, refused, silent = (open_a_case(by) for _ in range(5))
    incident(told, cast, IncidentBody(victim_told=True), reported_to_police=True, outcome="1")
    waiting = incident(unexplained, cast, reported_to_police=True)
    incident(unexplained, cast, reported_to_police=True)
    record_outcome(unexplained, waiting, step(cast, "0"), date(2026, 6, 3), by)
    incident(untold, cast, outcome="18")
    quiet = incident(refused, cast, reported_to_police=True, outcome="18")
    record_rights(refused, quiet, (right(cast, "outcome_news", "not_wanted"),), by)
    incident(silent, cast, outcome="18")
    record_rights(silent, None, (right(cast, "outcome_news", "not_wanted"),), by)
    incident(record, cast, reported_to_police=False)
    db.session.commit()
    session = db.session()
    ids = [each.id for each in (record, told, unexplained, untold, refused, silent)]
    assert {gap for gap in gaps_in(session, ids) if gap[1] != "right_missing"} == {
        (unexplained.id, "outcome_missing"),
        (untold.id, "outcome_not_told"),
    }
    (due,) = dues_in(session, ids)
    assert (due.case_id, due.kind, due.on) == (unexplained.id, "ask_for_outcome", date(2026, 6, 3))
    assert gaps_in(session, [told.id]) == {(told.id, "right_missing")}


def test_a_right_that_is_due_is_a_gap_until_something_is_recorded_of_it(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    by = cast.assigned_advocate
    by_case, by_incident, torn, none_yet = (open_a_case(by) for _ in range(4))
    start = tuple(right(cast, code) for code in rights_due(None))
    for each in (by_case, by_incident, torn, torn):
        happened = incident(each, cast)
        record_rights(each, None if each is by_case else happened, start, by)
    incident(torn, cast)  # of this one nothing is recorded
    record_rights(record, None, start, by)
    db.session.commit()
    ids = [each.id for each in (record, by_case, by_incident, torn, none_yet)]
    missing = {(torn.id, "right_missing"), (none_yet.id, "right_missing")}
    assert gaps_in(db.session(), ids) == missing


def test_the_right_that_a_conviction_begins_is_a_gap_once_one_is_recorded(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    by, robbed = cast.assigned_advocate, incident(record, cast, reported_to_police=True)
    record_outcome(record, robbed, step(cast, "1", victim_told=True), None, by)
    record_rights(record, robbed, tuple(right(cast, code) for code in rights_due(robbed.head)), by)
    db.session.commit()
    assert gaps_in(db.session(), [record.id]) == set()
    record_outcome(record, robbed, step(cast, convicted_on=date(2026, 5, 19)), None, by)
    db.session.commit()
    assert (robbed.head.outcome, robbed.head.convicted_on) == ("1", date(2026, 5, 19))
    assert gaps_in(db.session(), [record.id]) == {(record.id, "right_missing")}
    record_rights(record, robbed, (right(cast, "offender_news"),), by)
    db.session.commit()
    assert gaps_in(db.session(), [record.id]) == set()


def test_every_incident_counts_as_harm_with_its_day_and_its_perpetrator(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    somebody = uuid4()
    incident(record, cast, is_domestic=True, perpetrator_id=somebody)
    db.session.commit()
    (event,) = harm_in(db.session(), [record.id])
    assert (event.on, event.what, event.is_domestic) == (DAY, "Personal robbery", True)
    assert event.perpetrator_id == somebody
