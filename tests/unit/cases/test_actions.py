"""What is done to a case: the change, what follows from it, and its word in the audit."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases import actions
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.models import Case
from caseapp.closure import actions as closure_actions
from caseapp.contacts import actions as contact_actions
from caseapp.contacts.models import NoteBody, NoteHead
from caseapp.database import db
from caseapp.incidents import actions as incident_actions
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.people.models import FlagBody, FlagHead, FlagStep, NeedsFlag, Person
from caseapp.risk import actions as risk_actions
from caseapp.risk.models import RiskHead
from tests.cast import Cast
from tests.closings import close

REVIEWED = FlagStep(on=date(2026, 11, 2), what="reviewed", status="diagnosed")
AT = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)


@pytest.fixture
def case(each_engine: tuple[Flask, Cast]) -> Iterator[tuple[Case, Cast]]:
    app, cast = each_engine
    with app.app_context():
        yield db.session.get_one(Case, cast.case_id), cast


def head(outcome: str = "successful") -> NoteHead:
    return NoteHead(at=AT, type="phone_call", contact_outcome=outcome)


def last_entry() -> AuditEntry:
    db.session.commit()
    newest = select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.number.desc()).limit(1)
    return db.session.scalars(newest).one()


def test_a_case_goes_to_advocates_of_its_own_team_alone(case: tuple[Case, Cast]) -> None:
    record, cast = case
    with pytest.raises(ValueError, match="team"):
        actions.allocate_case(record, cast.other_team, cast.manager)
    actions.allocate_case(record, cast.colleague, cast.manager)
    entry = last_entry()
    assert record.advocate_id == cast.colleague.user_id
    assert (entry.kind, entry.reason) == (Kind.CASE_ALLOCATED, "supervises")


def test_a_closed_case_takes_nothing_until_it_is_opened_again(case: tuple[Case, Cast]) -> None:
    record, cast = case
    by, day = cast.assigned_advocate, date(2026, 11, 2)
    told = FlagHead(list_name="slcn", code="stammer", status="suspected", raised_on=day)
    need = actions.raise_flag(uuid4(), record, told, FlagBody(steps=(REVIEWED,)), by)
    close(record, by, on=day, note="Come back any time.", harm_reduced=True)
    db.session.commit()
    assert (record.status, record.head.closed_on) == ("closed", day)
    assert (record.body.risk_at_closure, record.head.next_review_on) == ("high", None)
    incident = IncidentHead(happened_on=day, offence="other")
    somebody = db.session.get_one(Person, record.person_id)
    for attempt in (
        lambda: contact_actions.add_note(uuid4(), record, head(), NoteBody(fact="Late."), by),
        lambda: incident_actions.add_incident(uuid4(), record, incident, IncidentBody(), by),
        lambda: risk_actions.judge_risk(
            uuid4(), record, RiskHead(judged_on=day, level="high"), "", by
        ),
        lambda: close(record, by, "died", day),
        lambda: actions.change_person(record, somebody, somebody.head, somebody.body, by),
        lambda: actions.raise_flag(uuid4(), record, need.head, need.body, by),
        lambda: actions.review_flag(record, need, REVIEWED, by),
        lambda: actions.end_flag(record, need, day, by),
    ):
        with pytest.raises(CaseIsClosed):
            attempt()
    assert [flag.head for flag in db.session.scalars(select(NeedsFlag))] == [told]
    closure_actions.reopen_case(record, "She asked.", date(2026, 11, 16), by)
    db.session.commit()
    assert (record.status, record.head.closed_on) == ("open", None)
    assert record.head.next_review_on == date(2026, 12, 14)
