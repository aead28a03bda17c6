"""Notes and tasks: the change, what follows from it, and its word in the audit."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.models import Case
from caseapp.contacts.actions import add_note, show_contact
from caseapp.contacts.models import Note, NoteBody, NoteHead, Task, TaskHead
from caseapp.contacts.task_actions import add_task, change_task, finish_task, open_task_again
from caseapp.database import db
from tests.cast import Cast
from tests.closings import close

AT = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
DUE = date(2026, 11, 9)
CaseAndCast = tuple[Case, Cast]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-11-02 12:00Z", tick=False):
        yield


@pytest.fixture
def case(each_engine: tuple[Flask, Cast]) -> Iterator[CaseAndCast]:
    app, cast = each_engine
    with app.app_context():
        yield db.session.get_one(Case, cast.case_id), cast


def head(outcome: str = "successful", at: datetime = AT) -> NoteHead:
    return NoteHead(at=at, type="phone_call", contact_outcome=outcome)


def entries(case: Case) -> list[AuditEntry]:
    """What the audit says of the case since it was made."""
    db.session.commit()
    query = select(AuditEntry).where(AuditEntry.case_id == case.id).order_by(AuditEntry.number)
    return list(db.session.scalars(query))[2:]


def kinds(case: Case) -> list[str]:
    return [entry.kind for entry in entries(case)]


def a_task(case: Case, cast: Cast) -> Task:
    return add_task(uuid4(), case, TaskHead(what="Ring", due_on=DUE), cast.assigned_advocate)


def test_a_note_names_its_case_its_author_and_the_rows_in_the_audit(case: CaseAndCast) -> None:
    record, cast = case
    note = add_note(uuid4(), record, head("no_answer"), NoteBody(fact="No answer."), cast.colleague)
    entry = entries(record)[-1]
    assert (entry.kind, entry.reason) == (Kind.NOTE_ADDED, "same_team")
    assert (entry.case_id, entry.subject_id) == (record.id, note.id)
    assert entry.actor_id == cast.colleague.user_id
    assert json.loads(entry.writes) == [["note", str(note.id), 1]]


def test_the_first_contact_is_the_first_one_that_succeeded(case: CaseAndCast) -> None:
    record, cast = case
    by = cast.assigned_advocate
    add_note(uuid4(), record, head("no_answer"), NoteBody(fact="Rang."), by)
    assert record.head.first_contact_on is None
    add_note(uuid4(), record, head(), NoteBody(fact="Spoke."), by)
    add_note(uuid4(), record, head(at=AT.replace(day=9)), NoteBody(fact="Spoke again."), by)
    db.session.commit()
    assert record.head.first_contact_on == AT.date()


def test_a_first_contact_that_is_logged_late_is_the_first_one_all_the_same(
    case: CaseAndCast,
) -> None:
    record, cast = case
    by = cast.assigned_advocate
    add_note(uuid4(), record, head(at=AT.replace(day=16)), NoteBody(fact="Spoke."), by)
    add_note(uuid4(), record, head(at=AT), NoteBody(fact="Met before that."), by)
    db.session.commit()
    assert record.head.first_contact_on == AT.date()


def test_somebody_else_is_no_first_contact(case: CaseAndCast) -> None:
    """Whatever a list of the home says: only a note of contact with the person counts."""
    record, cast = case
    about = replace(head(), type="family_contact")
    add_note(uuid4(), record, about, NoteBody(fact="Spoke."), cast.assigned_advocate)
    assert record.head.first_contact_on is None
    db.session.rollback()


def test_the_day_of_the_first_contact_is_a_day_of_the_borough(case: CaseAndCast) -> None:
    """Half past midnight in May is still yesterday by UTC."""
    record, cast = case
    at = datetime(2026, 5, 17, 23, 30, tzinfo=UTC)
    add_note(uuid4(), record, head(at=at), NoteBody(fact="Rang."), cast.assigned_advocate)
    assert record.head.first_contact_on == date(2026, 5, 18)
    db.session.rollback()


def test_a_next_action_becomes_a_task_of_whoever_wrote_it(case: CaseAndCast) -> None:
    record, cast = case
    body = NoteBody(fact="Spoke.", next_action="Ring the school", next_action_on=DUE)
    note = add_note(uuid4(), record, head(), body, cast.colleague)
    assert kinds(record) == ["note_added", "task_added"]
    task = db.session.scalars(select(Task)).one()
    assert task.head == TaskHead(what="Ring the school", due_on=DUE)
    assert (task.owner_id, task.case_id) == (cast.colleague.user_id, record.id)
    assert (task.status, task.body.note_id) == ("open", note.id)


def test_a_next_action_without_a_day_is_due_in_a_week(case: CaseAndCast) -> None:
    record, cast = case
    body = NoteBody(fact="Spoke.", next_action="Ring the school")
    add_note(uuid4(), record, head(), body, cast.assigned_advocate)
    assert db.session.scalars(select(Task)).one().head.due_on == date(2026, 11, 9)
    db.session.rollback()


def test_a_note_without_a_next_action_makes_no_task(case: CaseAndCast) -> None:
    record, cast = case
    add_note(uuid4(), record, head(), NoteBody(fact="Spoke."), cast.assigned_advocate)
    assert kinds(record) == ["note_added"]
    assert db.session.scalars(select(Task)).all() == []


def test_contact_against_what_they_said_is_audited_with_its_channel(case: CaseAndCast) -> None:
    record, cast = case
    body = NoteBody(fact="Spoke.", why_not_safe="She rang us")
    add_note(uuid4(), record, head(), body, cast.assigned_advocate)
    override = entries(record)[-1]
    assert override.kind == Kind.SAFE_CONTACT_OVERRIDDEN
    assert "phone" in str(override.detail)
    assert "She rang us" not in str(override.detail)


def test_a_number_that_is_shown_leaves_its_word_and_its_reason(case: CaseAndCast) -> None:
    record, cast = case
    assert show_contact(uuid4(), record, "phone", "", cast.assigned_advocate) is None
    note = show_contact(uuid4(), record, "text", "He asked us to", cast.assigned_advocate)
    assert kinds(record) == [
        "contact_shown",
        "contact_shown",
        "note_added",
        "safe_contact_overridden",
    ]
    assert note
    assert note.body.why_not_safe == "He asked us to"


def test_a_task_goes_through_its_steps_and_keeps_them(case: CaseAndCast) -> None:
    record, cast = case
    task, by = a_task(record, cast), cast.assigned_advocate
    later = TaskHead(what="Ring", due_on=date(2026, 11, 20))
    change_task(record, task, later, task.owner_id, by)
    change_task(record, task, later, cast.manager.user_id, by)
    finish_task(record, task, cast.manager)
    open_task_again(record, task, cast.manager)
    finish_task(record, task, cast.manager)
    db.session.commit()
    assert [step.what for step in task.body.steps] == [
        "added",
        "changed",
        "handed_over",
        "done",
        "opened_again",
        "done",
    ]
    assert task.owner_id == cast.manager.user_id
    assert task.status == "done"


def test_every_act_on_a_task_leaves_its_word(case: CaseAndCast) -> None:
    record, cast = case
    task = a_task(record, cast)
    change_task(record, task, task.head, cast.colleague.user_id, cast.manager)
    finish_task(record, task, cast.colleague)
    words = [(entry.kind, entry.reason, entry.subject_id) for entry in entries(record)]
    assert words == [
        ("task_added", "assigned", task.id),
        ("task_changed", "supervises", task.id),
        ("task_finished", "same_team", task.id),
    ]


def test_a_task_that_is_done_is_not_done_again(case: CaseAndCast) -> None:
    record, cast = case
    task = a_task(record, cast)
    for _ in range(2):
        finish_task(record, task, cast.assigned_advocate)
    assert kinds(record) == ["task_added", "task_finished"]


def test_a_closed_case_takes_no_note_no_task_and_shows_no_number(case: CaseAndCast) -> None:
    record, cast = case
    task, by = a_task(record, cast), cast.manager
    close(record, by)
    db.session.commit()
    for attempt in (
        lambda: add_note(uuid4(), record, head(), NoteBody(fact="Late."), by),
        lambda: add_task(uuid4(), record, task.head, by),
        lambda: change_task(record, task, task.head, by.user_id, by),
        lambda: finish_task(record, task, by),
        lambda: open_task_again(record, task, by),
        lambda: show_contact(uuid4(), record, "phone", "", by),
    ):
        with pytest.raises(CaseIsClosed):
            attempt()
    assert db.session.scalars(select(Note)).all() == []
    assert task.status == "open"
