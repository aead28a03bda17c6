"""The aim: to undo one change, or make one record vanish, with every seal still whole."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.contacts import actions as contact_actions
from caseapp.contacts.models import Note, NoteBody, NoteHead
from caseapp.database import db, read_snapshot, transaction
from caseapp.oversight.record_check import check_records, sealed_models
from caseapp.people.models import Person
from caseapp.perpetrators.models import PerpetratorToken
from caseapp.vault.owner_keys import owner_keys
from tests.cast import Cast
from tests.filled_case import fill_case, keep_a_release
from tests.filled_voice import keep_voice

Home = tuple[Flask, Cast]


@pytest.fixture
def home(each_engine: Home) -> Iterator[Home]:
    """One case with a record of every kind."""
    app, cast = each_engine
    with app.app_context():
        fill_case(cast)
        keep_voice(cast)
        keep_a_release(cast)
        yield app, cast


def faults(app: Flask) -> list[str]:
    with read_snapshot() as session:
        report = check_records(session, app.extensions["vault"], app.extensions["audit_heads"])
    return [fault.in_words for fault in report.faults]


def stored(table: Any, row_id: UUID) -> dict[str, Any]:
    """The row as it lies in the database, seal and all."""
    return dict(db.session.execute(select(table).where(table.c.id == row_id)).mappings().one())


def by_sql(*statements: Any) -> None:
    """What somebody does who holds the database and none of the keys."""
    db.session.remove()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def save_again(row: Any, cast: Cast) -> None:
    """A change like any other, with its word in the audit."""
    with transaction():
        row.head = row.head
        record(Kind.CASE_CHANGED, actor=cast.manager, team_id=cast.manager.team_id)


def test_a_home_that_nobody_touched_holds(home: Home) -> None:
    assert faults(home[0]) == []


def test_the_case_has_a_record_of_every_kind(home: Home) -> None:
    empty = [m.__label__ for m in sealed_models() if db.session.scalars(select(m)).first() is None]
    assert empty == []


@pytest.mark.parametrize("label", [model.__label__ for model in sealed_models()])
def test_a_row_put_back_to_its_older_self_is_found(home: Home, label: str) -> None:
    """With its older seal it opens without complaint: the audit alone knows better."""
    app, cast = home
    model: Any = next(model for model in sealed_models() if model.__label__ == label)
    row: Any = db.session.scalars(select(model)).first()
    older = stored(model.__table__, row.id)
    save_again(row, cast)
    by_sql(update(model.__table__).where(model.__table__.c.id == row.id).values(older))
    assert db.session.get_one(model, row.id).head
    db.session.remove()
    was = older["revision"]
    assert faults(app) == [
        f"{label} {row.id}: it is revision {was}, but revision {was + 1} was written last"
    ]


@pytest.mark.parametrize("changes", [2, 3])
def test_a_row_put_back_by_several_changes_is_found(home: Home, changes: int) -> None:
    app, cast = home
    table: Any = Person.__table__
    older = stored(table, cast.person_id)
    for _ in range(changes):
        save_again(db.session.get_one(Person, cast.person_id), cast)
    by_sql(update(table).where(table.c.id == cast.person_id).values(older))
    assert faults(app) == [
        f"person {cast.person_id}: it is revision 1, but revision {changes + 1} was written last"
    ]


def test_a_record_deleted_by_sql_is_found(home: Home) -> None:
    app, _ = home
    table: Any = Note.__table__
    note_id = db.session.scalars(select(Note.id)).one()
    by_sql(delete(table))
    assert faults(app) == [f"note {note_id}: it is gone, and the audit does not say why"]


def test_a_case_deleted_with_all_that_hangs_on_it_is_found(home: Home) -> None:
    """Its key too, as an erasure would, but without a word."""
    app, cast = home
    tables = [
        t for t in reversed(Case.metadata.sorted_tables) if {"case_id", "row_seal"} <= {*t.c.keys()}
    ]
    gone = [*tables, Case.__table__]
    rows = sum(db.session.scalar(select(func.count()).select_from(t)) or 0 for t in gone)
    by_sql(
        delete(PerpetratorToken.__table__),  # type: ignore[arg-type]
        *(delete(table) for table in tables),
        delete(Case.__table__),  # type: ignore[arg-type]
        delete(owner_keys).where(owner_keys.c.kind == "case"),
    )
    told = faults(app)
    assert f"case {cast.case_id}: it is gone, and the audit does not say why" in told
    assert len(told) == rows


def test_a_deleted_record_that_is_put_back_is_found(home: Home) -> None:
    app, cast = home
    table: Any = Note.__table__
    note = db.session.scalars(select(Note)).one()
    kept = stored(table, note.id)
    with transaction():
        db.session.delete(note)
        record(Kind.CASE_CHANGED, actor=cast.manager, team_id=cast.manager.team_id)
    assert faults(app) == []
    by_sql(insert(table).values(kept))
    assert faults(app) == [f"note {note.id}: the audit says that it was deleted"]


def test_a_record_copied_under_a_new_id_is_found(home: Home) -> None:
    app, _ = home
    table: Any = Note.__table__
    copied = {**stored(table, db.session.scalars(select(Note.id)).one()), "id": uuid4()}
    by_sql(insert(table).values(copied))
    assert faults(app) == [
        f"note {copied['id']}: it cannot be opened: it was changed, moved or damaged"
    ]


def test_a_record_from_before_a_restored_backup_is_unknown_to_the_audit(home: Home) -> None:
    """The audit is put back by a day, with its heads, and one newer record is left standing."""
    app, cast = home
    heads = app.extensions["audit_heads"].path
    kept, last = heads.read_bytes(), entries_of_the_team(cast)
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = NoteHead(at=now(), type="home_visit", contact_outcome="no_answer")
        note_id = uuid4()
        contact_actions.add_note(note_id, case, head, NoteBody(fact="After."), cast.colleague)
    audit = Note.metadata.tables["audit_entries"]
    by_sql(delete(audit).where(audit.c.chain_id == cast.manager.team_id, audit.c.number > last))
    heads.write_bytes(kept)
    assert faults(app) == [f"note {note_id}: the audit knows of no such record"]


def entries_of_the_team(cast: Cast) -> int:
    audit = Note.metadata.tables["audit_entries"]
    query = select(audit.c.number).where(audit.c.chain_id == cast.manager.team_id)
    return int(max(db.session.scalars(query)))
