"""Every act on a case leaves its word in the audit, with the strongest reason that let it be."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases import actions
from caseapp.cases.models import Case
from caseapp.closure import actions as closure_actions
from caseapp.contacts import actions as contact_actions
from caseapp.contacts.models import Note, NoteBody, NoteHead
from caseapp.database import db, transaction
from caseapp.incidents import actions as incident_actions
from caseapp.incidents.models import Incident, IncidentBody, IncidentHead
from caseapp.people.models import FlagBody, FlagHead, FlagStep, NeedsFlag, Person, PersonToken
from tests import closings
from tests.cast import Cast, open_a_case

DAY = date(2026, 5, 18)
MORNING = datetime(2026, 5, 18, 9, 30, tzinfo=UTC)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Iterator[Case]:
    """The case of the assigned advocate, in an app context that stays open."""
    with app.app_context():
        yield db.session.get_one(Case, cast.case_id)


def note(case: Case, cast: Cast, at: datetime = MORNING, outcome: str = "successful") -> Note:
    head = NoteHead(at=at, type="phone_call", contact_outcome=outcome)
    return contact_actions.add_note(
        uuid4(), case, head, NoteBody(fact="Rang."), cast.assigned_advocate
    )


def incident(case: Case, cast: Cast) -> Incident:
    head = IncidentHead(happened_on=DAY, offence="personal_robbery")
    return incident_actions.add_incident(
        uuid4(), case, head, IncidentBody(), cast.assigned_advocate
    )


def flag(case: Case, cast: Cast) -> NeedsFlag:
    head = FlagHead(list_name="slcn", code="autism", status="suspected", raised_on=DAY)
    body = FlagBody(steps=(FlagStep(on=DAY, what="raised", status="suspected"),))
    return actions.raise_flag(uuid4(), case, head, body, cast.assigned_advocate)


def close(case: Case, cast: Cast) -> None:
    closings.close(case, cast.manager, on=DAY, note="Ask for Gran.", harm_reduced=True)


def words(case_id: UUID) -> list[tuple[str, str | None]]:
    """(kind, reason) of what the audit says about the case, since it was made."""
    query = select(AuditEntry).where(AuditEntry.case_id == case_id).order_by(AuditEntry.number)
    made = 2  # the case, and its first judgement of risk
    return [(entry.kind, entry.reason) for entry in db.session.scalars(query)][made:]


def test_every_act_leaves_its_word_with_the_strongest_reason(case: Case, cast: Cast) -> None:
    with transaction():
        note(case, cast)
        happened = incident(case, cast)
        incident_actions.change_incident(
            case, happened, happened.head, IncidentBody(description="More"), cast.manager
        )
        raised = flag(case, cast)
        step = FlagStep(on=DAY, what="reviewed", status="diagnosed")
        actions.review_flag(case, raised, step, cast.assigned_advocate)
        actions.end_flag(case, raised, DAY, cast.assigned_advocate)
        actions.allocate_case(case, cast.colleague, cast.manager)
        close(case, cast)
        closure_actions.reopen_case(case, "He asked.", DAY, cast.manager)
    assert words(case.id) == [
        ("note_added", "assigned"),
        ("incident_added", "assigned"),
        ("incident_changed", "supervises"),
        ("flag_raised", "assigned"),
        ("flag_reviewed", "assigned"),
        ("flag_ended", "assigned"),
        ("case_allocated", "supervises"),
        ("case_closed", "supervises"),
        ("case_reopened", "supervises"),
    ]


def test_a_case_is_found_by_what_is_left_of_its_person_after_a_change_of_name(
    case: Case, cast: Cast
) -> None:
    """The tokens that find a duplicate follow the name and date of birth that count now."""
    person = db.session.get_one(Person, case.person_id)
    old = set(db.session.scalars(select(PersonToken.token)))
    other = db.session.get_one(
        Person, open_a_case(cast.other_team, family_name="Nightjar").person_id
    )
    actions.change_person(case, person, other.head, person.body, cast.assigned_advocate)
    db.session.flush()
    tokens = [
        set(db.session.scalars(select(PersonToken.token).where(PersonToken.person_id == each)))
        for each in (person.id, other.id)
    ]
    assert tokens[0] == tokens[1]
    assert tokens[0] - old
