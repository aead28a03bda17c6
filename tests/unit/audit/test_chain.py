"""Appending: in the transaction of the act, or the act does not happen."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from caseapp.audit.chain import HOUSE, START, Unaudited, record, sign
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.closure.actions import reopen_case
from caseapp.contacts.models import Note
from caseapp.database import db, transaction
from caseapp.people.models import Person
from caseapp.reference import choices
from caseapp.risk.models import RiskJudgement
from tests.cast import Cast
from tests.visits import hidden_fields, send

REFUSE = (
    "CREATE TRIGGER refuse BEFORE INSERT ON audit_entries"
    " BEGIN SELECT RAISE(ABORT, 'the audit is full'); END"
)


def entries(chain_id: UUID) -> Sequence[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.chain_id == chain_id)
    return db.session.scalars(query.order_by(AuditEntry.number)).all()


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def refuse_entries(app: Flask) -> None:
    """From here on the database takes no entry; the failure is answered by its page."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(REFUSE))
    app.config["PROPAGATE_EXCEPTIONS"] = False


def note_answers() -> dict[str, str]:
    return {"contact": choices("contact_made")[0][0], "fact": "Met at the library."}


def test_a_change_and_its_entry_are_stored_together(at_work: Flask, cast: Cast) -> None:
    team_id = cast.assigned_advocate.team_id
    assert team_id is not None
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        reopen_case(case, "She asked.", today(), cast.assigned_advocate)
    last = entries(team_id)[-1]
    assert (last.kind, last.case_id, last.reason) == ("case_reopened", case.id, "assigned")
    assert json.loads(last.writes) == [["case", str(case.id), case.revision]]


def test_what_belongs_to_no_team_goes_into_the_chain_of_the_house(
    at_work: Flask, cast: Cast
) -> None:
    with transaction():
        record(Kind.AUDIT_VERIFIED, actor=cast.administrator, detail={"entries": 3})
    last = entries(HOUSE)[-1]
    assert (last.actor_id, last.role) == (cast.administrator.user_id, "administrator")
    assert json.loads(last.detail) == {"entries": 3}


def test_a_sealed_row_without_a_word_in_the_audit_is_not_saved(at_work: Flask, cast: Cast) -> None:
    person = db.session.get_one(Person, cast.person_id)
    person.head = type(person.head)(given_name="Somebody else")
    with pytest.raises(Unaudited):
        db.session.commit()
    db.session.rollback()
    assert db.session.get_one(Person, cast.person_id).head.given_name == "Zalika"
    assert db.session.get_one(Person, cast.person_id).revision == 1


def test_a_sealed_row_written_after_the_last_word_is_not_saved_either(
    at_work: Flask, cast: Cast
) -> None:
    before = count(AuditEntry)
    record(Kind.CASE_OPENED, actor=cast.assigned_advocate, case_id=cast.case_id)
    person = db.session.get_one(Person, cast.person_id)
    person.head = type(person.head)(given_name="Somebody else")
    with pytest.raises(Unaudited):
        db.session.commit()
    db.session.rollback()
    assert count(AuditEntry) == before


def test_a_sealed_row_that_is_deleted_without_a_word_stays(at_work: Flask, cast: Cast) -> None:
    db.session.delete(db.session.scalars(select(RiskJudgement)).one())
    with pytest.raises(Unaudited):
        db.session.commit()
    db.session.rollback()
    assert count(RiskJudgement) == 1


def test_nothing_is_stored_of_an_act_that_was_taken_back(at_work: Flask, cast: Cast) -> None:
    before = count(AuditEntry)
    record(Kind.CASES_LISTED, actor=cast.manager, team_id=cast.manager.team_id)
    db.session.rollback()
    db.session.commit()
    assert count(AuditEntry) == before


def test_a_change_is_not_saved_where_the_audit_cannot_be_written(
    app: Flask, cast: Cast, client_of: Callable[[str], FlaskClient]
) -> None:
    client, path = client_of("assigned_advocate"), f"/cases/{cast.case_id}/notes/new"
    assert send(client, path, **note_answers()).status_code == 302
    shown = hidden_fields(client.get(path))
    refuse_entries(app)
    assert client.post(path, data={**shown, **note_answers()}).status_code == 500
    with app.app_context():
        assert count(Note) == 1


def test_a_page_is_not_shown_where_the_audit_cannot_be_written(
    app: Flask, cast: Cast, client_of: Callable[[str], FlaskClient]
) -> None:
    client = client_of("assigned_advocate")
    assert b"Quillfeather" in client.get(f"/cases/{cast.case_id}").data
    refuse_entries(app)
    page = client.get(f"/cases/{cast.case_id}")
    assert page.status_code == 500
    assert b"Quillfeather" not in page.data


def test_a_link_depends_on_the_one_before_it_and_on_every_field(at_work: Flask, cast: Cast) -> None:
    """So that an entry of an older copy of the chain fits nowhere else."""
    vault = at_work.extensions["vault"]
    entry = {
        "chain_id": HOUSE, "number": 2, "at": "2026-05-04T09:00:00.000000+00:00",
        "kind": "signed_in", "actor_id": cast.manager.user_id, "role": None, "reason": None,
        "case_id": None, "subject_id": None, "detail": "{}", "writes": "[]",
        "key_generation": vault.audit_generation,
    }  # fmt: skip
    link = sign(vault, START, entry)
    assert sign(vault, b"\x01" * 32, entry) != link
    changes = {name: "None" for name in entry if name != "key_generation"}
    assert link not in {sign(vault, START, {**entry, name: changes[name]}) for name in changes}
    assert sign(vault, START, {**entry, "role": "None"}) != link  # no word passes for nothing
