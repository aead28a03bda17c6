"""Checking every record: a home that is in use holds, and each sealed table is looked at."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.contacts import actions as contact_actions
from caseapp.contacts.models import Note, NoteBody, NoteHead
from caseapp.database import Base, db, read_snapshot, transaction
from caseapp.oversight.record_check import CheckReport, check_records, sealed_models
from caseapp.risk.models import RiskJudgement
from caseapp.vault.owner_keys import owner_keys
from tests.cast import Cast

Home = tuple[Flask, Cast]


def look(app: Flask) -> CheckReport:
    with read_snapshot() as session:
        return check_records(session, app.extensions["vault"], app.extensions["audit_heads"])


def words(app: Flask) -> list[str]:
    return [fault.in_words for fault in look(app).faults]


def write_a_note(cast: Cast) -> UUID:
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = NoteHead(at=now(), type="home_visit", contact_outcome="no_answer")
        body = NoteBody(fact="Nobody was there.")
        return contact_actions.add_note(uuid4(), case, head, body, cast.colleague).id


def test_a_home_in_use_holds(each_engine: Home) -> None:
    app, cast = each_engine
    with app.app_context():
        for _ in range(3):
            write_a_note(cast)
        assert look(app).faults == ()


def test_every_sealed_row_is_counted(each_engine: Home) -> None:
    app, cast = each_engine
    with app.app_context():
        write_a_note(cast)
        tables = [model.__table__ for model in sealed_models()]  # type: ignore[attr-defined]
        stored = [db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables]
        assert look(app).records == sum(stored) > 10


def test_no_sealed_table_is_left_out() -> None:
    with_a_seal = {name for name, table in Base.metadata.tables.items() if "row_seal" in table.c}
    assert {model.__table__.name for model in sealed_models()} == with_a_seal  # type: ignore[attr-defined]


def test_work_that_goes_on_meanwhile_is_no_fault(each_engine: Home) -> None:
    """The check looks at one moment, while everybody else works on."""
    app, cast = each_engine

    def work_on(_step: str, _done: int, _total: int) -> None:
        write_a_note(cast)

    with app.app_context():
        write_a_note(cast)
        with read_snapshot() as session:
            vault, heads = app.extensions["vault"], app.extensions["audit_heads"]
            report = check_records(session, vault, heads, work_on)
        assert report.faults == ()
        assert len(db.session.scalars(select(Note)).all()) > report.records / 10


def test_progress_ends_at_the_number_of_all_records(app: Flask, cast: Cast) -> None:
    heard = []
    with app.app_context(), read_snapshot() as session:
        report = check_records(
            session,
            app.extensions["vault"],
            app.extensions["audit_heads"],
            lambda _step, done, total: heard.append((done, total)),
        )
    assert heard[-1] == (report.records, report.records)


def test_a_row_deleted_with_a_word_in_the_audit_is_no_fault(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            db.session.delete(db.session.scalars(select(RiskJudgement)).one())
            record(Kind.CASE_CHANGED, actor=cast.manager, team_id=cast.manager.team_id)
        assert look(app).faults == ()


def test_a_key_that_is_gone_is_told_by_each_row_that_it_sealed(app: Flask, cast: Cast) -> None:
    """Also while this process still remembers the key."""
    with app.app_context():
        note_id = write_a_note(cast)
        with db.engine.begin() as connection:
            connection.execute(delete(owner_keys).where(owner_keys.c.owner_id == cast.case_id))
        found = words(app)
        gone = "it cannot be opened: its key is gone or damaged"
        assert {f"case {cast.case_id}: {gone}", f"note {note_id}: {gone}"} <= set(found)
        assert len(found) == 3  # the case, its note and its judgement of risk


def test_a_damaged_key_does_not_hide_the_others(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(
                owner_keys.update()
                .where(owner_keys.c.owner_id == cast.person_id)
                .values(wrapped=b"\x01\x01" + bytes(70))
            )
        assert words(app) == [
            f"person {cast.person_id}: it cannot be opened: its key is gone or damaged"
        ]


@pytest.mark.parametrize("column", ["sealed_head", "sealed_body", "row_seal"])
def test_one_changed_byte_of_any_sealed_column_is_told(app: Flask, cast: Cast, column: str) -> None:
    with app.app_context():
        note_id = write_a_note(cast)
        kept = db.session.execute(select(Note.__table__)).mappings().one()[column]
        db.session.rollback()
        changed = kept[:-1] + bytes([kept[-1] ^ 1])
        with db.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE notes SET {column} = ?", (changed,))  # noqa: S608
        assert words(app) == [
            f"note {note_id}: it cannot be opened: it was changed, moved or damaged"
        ]


def test_a_key_without_its_record_is_told(app: Flask, cast: Cast) -> None:
    stray = uuid4()
    with app.app_context():
        with db.engine.begin() as connection:
            one = connection.execute(select(owner_keys)).mappings().first()
            connection.execute(insert(owner_keys).values({**(one or {}), "owner_id": stray}))
        assert [word for word in words(app) if str(stray) in word] == [
            f"{one and one['kind']} {stray}: there is a key for it and no record"
        ]


def test_a_fault_names_no_one(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(delete(owner_keys))
        told = " ".join(words(app))
    assert told
    assert not [name for name in ("Zalika", "Quillfeather", "Heronsgate") if name in told]


@pytest.mark.parametrize("planted", ["not an id", "7"])
def test_a_row_whose_id_is_none_is_a_fault_and_no_crash(
    app: Flask, cast: Cast, planted: str
) -> None:
    with app.app_context():
        note_id = write_a_note(cast)
        with db.engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("UPDATE notes SET id = ?", (planted,))
        assert words(app) == ["note: a row was planted, and the rows after it cannot be read"]
        assert str(note_id) not in " ".join(words(app))
