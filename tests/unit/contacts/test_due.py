"""What is due: open tasks and first contacts of open cases, in two queries however many."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.cases.contributions import due_sources
from caseapp.cases.models import Case
from caseapp.contacts.actions import add_note
from caseapp.contacts.due import first_contacts_due, tasks_due
from caseapp.contacts.models import NoteBody, NoteHead, TaskHead
from caseapp.contacts.task_actions import add_task, finish_task
from caseapp.database import db, read_snapshot, transaction
from caseapp.reference import code_list
from tests.cast import Cast, open_a_case
from tests.statements import counted_statements

DUE = date(2026, 5, 11)


@pytest.fixture
def at_work(each_engine: tuple[Flask, Cast]) -> Iterator[Cast]:
    app, cast = each_engine
    with app.app_context():
        yield cast


def add(case: Case, cast: Cast, what: str, kind: str = "") -> UUID:
    task = add_task(
        uuid4(), case, TaskHead(what=what, due_on=DUE, kind=kind), cast.assigned_advocate
    )
    if what == "Done":
        finish_task(case, task, cast.assigned_advocate)
    return task.owner_id


def test_an_open_task_is_due_with_its_words_and_its_owner(at_work: Cast) -> None:
    cast = at_work
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        owner = add(case, cast, "Ring the school")
        add(case, cast, "Ring him", kind="phone")
        add(case, cast, "Done")
    with read_snapshot() as session:
        found = sorted(tasks_due(session, [cast.case_id]), key=lambda due: due.what)
    assert [(due.what, due.kind, due.on) for due in found] == [
        ("Ring him", "contact_task", DUE),
        ("Ring the school", "task", DUE),
    ]
    assert {(due.case_id, due.owner_id) for due in found} == {(cast.case_id, owner)}


def test_a_first_contact_is_due_until_somebody_was_reached(at_work: Cast) -> None:
    cast = at_work
    with read_snapshot() as session:
        (due,) = first_contacts_due(session, [cast.case_id])
    # Opened on the bank holiday of Monday 4 May: three working days of youth violence from there.
    assert (due.kind, due.on, due.endpoint) == (
        "first_contact",
        date(2026, 5, 7),
        "contacts.make_contact",
    )
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        at = datetime(2026, 5, 6, 12, tzinfo=UTC)
        head = NoteHead(at=at, type="phone_call", contact_outcome="successful")
        add_note(uuid4(), case, head, NoteBody(fact="Spoke."), cast.assigned_advocate)
    with read_snapshot() as session:
        assert list(first_contacts_due(session, [cast.case_id])) == []


@pytest.mark.parametrize("source", [tasks_due, first_contacts_due])
def test_a_hundred_cases_take_as_many_queries_as_one(at_work: Cast, source: object) -> None:
    cast = at_work
    with transaction():
        for number in range(100):
            case = open_a_case(cast.assigned_advocate, family_name=f"Many{number}")
            add(case, cast, "Ring the school")
    counts = []
    with read_snapshot() as session:
        ids = list(session.scalars(select(Case.id).where(Case.id != cast.case_id)))
        for some in (ids[:1], ids):
            db.session.info["vault"].drop_ciphers(ids)
            with counted_statements() as seen:
                assert list(source(session, some))  # type: ignore[operator]
            counts.append(len(seen))
    assert counts[0] == counts[1] <= 2


def test_both_are_told_to_today_with_a_kind_that_it_knows(app: Flask) -> None:
    with app.app_context():
        assert {tasks_due, first_contacts_due} <= set(due_sources)
        assert {"task", "contact_task", "first_contact"} <= code_list("due_kind").by_code.keys()
