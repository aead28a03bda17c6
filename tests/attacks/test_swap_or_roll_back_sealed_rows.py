"""Aim: with write access to the database, make a record say something else and go unnoticed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, Engine, text

from caseapp.vault.errors import CannotOpen
from caseapp.vault.keyring import Vault
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document
from tests.unit.vault.sealed_notes import (
    Base,
    Case,
    Note,
    NoteBody,
    NoteHead,
    add_case,
    add_note,
    new_session,
    sealed_store,
)

Ids = dict[str, UUID]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tuple[Engine, Vault]]:
    with sealed_store(tmp_path) as store:
        yield store


@pytest.fixture
def ids(store: tuple[Engine, Vault]) -> Ids:
    """Two cases; the first has two notes, the other has one."""
    with new_session(*store) as session:
        case, other = add_case(session, "First"), add_case(session, "Second")
        notes = [add_note(session, case, "a"), add_note(session, case, "b")]
        foreign = add_note(session, other, "c")
        session.commit()
        return {
            "case": case.id, "other case": other.id, "note": notes[0].id,
            "sibling": notes[1].id, "foreign": foreign.id,
        }  # fmt: skip


def attack(engine: Engine, statement: str, **values: Any) -> None:
    with engine.begin() as connection:
        bound = {n: v.hex if isinstance(v, UUID) else v for n, v in values.items()}
        assert connection.execute(text(statement), bound).rowcount > 0


def stolen(connection: Connection, table: str, column: str, row_id: UUID) -> Any:
    query = f"SELECT {column} FROM {table} WHERE id = :id"  # noqa: S608
    return connection.scalar(text(query), {"id": row_id.hex})


def read_everything(store: tuple[Engine, Vault], model: type[Base], row_id: UUID) -> None:
    """What a page does: load the row and open what it holds."""
    with new_session(*store) as session:
        row: Any = session.get_one(model, row_id)
        assert row.head is not None
        assert model is Case or row.body is not None


def assert_found(store: tuple[Engine, Vault], model: type[Base], row_id: UUID) -> None:
    with pytest.raises(CannotOpen):
        read_everything(store, model, row_id)
    with pytest.raises(CannotOpen):
        read_list(store, model, row_id)


def read_list(store: tuple[Engine, Vault], model: Any, row_id: UUID) -> None:
    """What a list does: Core rows, their seals checked, their documents opened."""
    _, vault = store
    with new_session(*store) as session:
        names = ("head", "body") if model is Note else ("head",)
        table = model.__table__
        query = table.select().where(table.c.id == row_id)
        row = session.execute(query).mappings().one()
        warm(session.connection(), vault, [row["case_id"] if model is Note else row_id])
        assert {column.name for column in columns_for(model, *names)} <= row.keys()
        for name in names:
            open_document(vault, model, name, row)


def open_both(vault: Vault, row: dict[str, Any]) -> None:
    for name in ("head", "body"):
        open_document(vault, Note, name, row)


def test_untouched_rows_are_read(store: tuple[Engine, Vault], ids: Ids) -> None:
    read_everything(store, Note, ids["note"])
    read_list(store, Note, ids["note"])
    read_list(store, Case, ids["case"])


@pytest.mark.parametrize("source", ["sibling", "foreign"])
@pytest.mark.parametrize(
    "columns",
    [["sealed_head"], ["sealed_body"], ["row_seal"], ["sealed_head", "sealed_body", "row_seal"]],
)
def test_sealed_bytes_of_another_row_are_found(
    store: tuple[Engine, Vault], ids: Ids, source: str, columns: list[str]
) -> None:
    for column in columns:
        with store[0].connect() as connection:
            taken = stolen(connection, "test_notes", column, ids[source])
        attack(
            store[0], f"UPDATE test_notes SET {column} = :taken WHERE id = :id",  # noqa: S608
            taken=taken, id=ids["note"],
        )  # fmt: skip
    assert_found(store, Note, ids["note"])


def test_head_and_body_swapped_are_found(store: tuple[Engine, Vault], ids: Ids) -> None:
    attack(
        store[0],
        "UPDATE test_notes SET sealed_head = sealed_body, sealed_body = sealed_head WHERE id = :id",
        id=ids["note"],
    )
    assert_found(store, Note, ids["note"])


def test_two_rows_that_change_places_are_found(store: tuple[Engine, Vault], ids: Ids) -> None:
    with store[0].begin() as connection:
        for old, new in (("note", "spare"), ("sibling", "note"), ("spare", "sibling")):
            names = {**ids, "spare": UUID(int=1)}
            connection.execute(
                text("UPDATE test_notes SET id = :new WHERE id = :old"),
                {"old": names[old].hex, "new": names[new].hex},
            )
    assert_found(store, Note, ids["note"])
    assert_found(store, Note, ids["sibling"])


def test_a_note_moved_to_another_case_is_found(store: tuple[Engine, Vault], ids: Ids) -> None:
    attack(
        store[0],
        "UPDATE test_notes SET case_id = :case_id WHERE id = :id",
        case_id=ids["other case"],
        id=ids["note"],
    )
    assert_found(store, Note, ids["note"])


def test_two_cases_whose_keys_were_swapped_are_found(store: tuple[Engine, Vault], ids: Ids) -> None:
    with store[0].begin() as connection:
        query = text("SELECT wrapped FROM owner_keys WHERE owner_id = :id")
        keys = {n: connection.scalar(query, {"id": ids[n].hex}) for n in ("case", "other case")}
        for name, other in (("case", "other case"), ("other case", "case")):
            connection.execute(
                text("UPDATE owner_keys SET wrapped = :wrapped WHERE owner_id = :id"),
                {"wrapped": keys[other], "id": ids[name].hex},
            )
    store[1].drop_ciphers(ids.values())
    assert_found(store, Case, ids["case"])
    assert_found(store, Note, ids["note"])


@pytest.mark.parametrize(
    "change",
    [
        "team_id = '00000000000000000000000000000001'", "advocate_id = NULL",
        "advocate_id = team_id", "status = 'closed'", "status = ''", "is_urgent = 1",
        "visits = visits + 1", "token = x'00'", "token = NULL", "revision = revision + 1",
        "revision = 0",
    ],
)  # fmt: skip
def test_a_plain_column_changed_by_sql_is_found(store: tuple[Engine, Vault], change: str) -> None:
    with new_session(*store) as session:
        case = add_case(session, advocate_id=uuid4(), token=b"\x01" * 8)
        session.commit()
    attack(store[0], f"UPDATE test_cases SET {change} WHERE id = :id", id=case.id)  # noqa: S608
    assert_found(store, Case, case.id)


@pytest.mark.parametrize("columns", [["sealed_head"], ["sealed_body"], ["sealed_head", "row_seal"]])
def test_a_document_rolled_back_to_an_older_one_is_found(
    store: tuple[Engine, Vault], ids: Ids, columns: list[str]
) -> None:
    with store[0].connect() as connection:
        old = {c: stolen(connection, "test_notes", c, ids["note"]) for c in columns}
    with new_session(*store) as session:
        note = session.get_one(Note, ids["note"])
        note.head, note.body = NoteHead(kind="visit"), NoteBody(text="newer")
        session.commit()
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    attack(
        store[0], f"UPDATE test_notes SET {changes} WHERE id = :id",  # noqa: S608
        **old, id=ids["note"],
    )  # fmt: skip
    assert_found(store, Note, ids["note"])


def test_a_plain_column_rolled_back_with_its_old_seal_is_found(
    store: tuple[Engine, Vault], ids: Ids
) -> None:
    with store[0].connect() as connection:
        old = stolen(connection, "test_cases", "row_seal", ids["case"])
    with new_session(*store) as session:
        session.get_one(Case, ids["case"]).status = "closed"
        session.commit()
    attack(
        store[0], "UPDATE test_cases SET status = 'open', row_seal = :old WHERE id = :id",
        old=old, id=ids["case"],
    )  # fmt: skip
    assert_found(store, Case, ids["case"])


@pytest.mark.parametrize("column", ["sealed_head", "sealed_body", "row_seal"])
@pytest.mark.parametrize("planted", ["x''", "x'00'", "'text'", "5", "1.5", "zeroblob(400)"])
def test_whatever_is_planted_in_a_sealed_column_is_found(
    store: tuple[Engine, Vault], ids: Ids, column: str, planted: str
) -> None:
    attack(
        store[0], f"UPDATE test_notes SET {column} = {planted} WHERE id = :id",  # noqa: S608
        id=ids["note"],
    )  # fmt: skip
    assert_found(store, Note, ids["note"])


def test_a_column_made_nullable_and_emptied_is_found(store: tuple[Engine, Vault], ids: Ids) -> None:
    with store[0].begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("CREATE TABLE stolen AS SELECT * FROM test_notes")
        connection.exec_driver_sql("DROP TABLE test_notes")
        connection.exec_driver_sql("ALTER TABLE stolen RENAME TO test_notes")
        connection.exec_driver_sql("UPDATE test_notes SET sealed_body = NULL")
    assert_found(store, Note, ids["note"])


def test_a_body_planted_where_there_is_none_is_found(store: tuple[Engine, Vault], ids: Ids) -> None:
    attack(
        store[0], "UPDATE test_cases SET sealed_body = sealed_head WHERE id = :id", id=ids["case"]
    )
    with pytest.raises(CannotOpen):
        read_everything(store, Case, ids["case"])


@pytest.mark.parametrize("column", ["sealed_head", "sealed_body", "row_seal"])
def test_every_flipped_byte_and_every_cut_is_found(
    store: tuple[Engine, Vault], ids: Ids, column: str
) -> None:
    """Each byte of a real row, through the same way as a list reads it."""
    _, vault = store
    with new_session(*store) as session:
        warm(session.connection(), vault, [ids["case"]])
        query = Note.__table__.select().where(Note.id == ids["note"])
        row = dict(session.execute(query).mappings().one())
    whole: bytes = row[column]
    flipped = (
        whole[:position] + bytes([whole[position] ^ 0x80]) + whole[position + 1 :]
        for position in range(len(whole))
    )
    cuts = (whole[:length] for length in range(len(whole)))
    for planted in (*flipped, *cuts, whole + b"\x00"):
        with pytest.raises(CannotOpen):
            open_both(vault, {**row, column: planted})


def test_a_row_copied_under_a_new_id_is_found(store: tuple[Engine, Vault], ids: Ids) -> None:
    copied = uuid4()
    attack(
        store[0],
        "INSERT INTO test_notes (id, revision, case_id, author_id, sealed_head, sealed_body,"
        " row_seal) SELECT :copied, revision, case_id, author_id, sealed_head, sealed_body,"
        " row_seal FROM test_notes WHERE id = :id",
        copied=copied,
        id=ids["note"],
    )
    assert_found(store, Note, copied)


def test_one_forged_row_in_a_list_stops_the_list(store: tuple[Engine, Vault], ids: Ids) -> None:
    attack(store[0], "UPDATE test_cases SET status = 'closed' WHERE id = :id", id=ids["case"])
    with new_session(*store) as session, pytest.raises(CannotOpen):
        session.query(Case).all()


def test_a_forged_row_cannot_be_laundered_by_a_new_edit(
    store: tuple[Engine, Vault], ids: Ids
) -> None:
    with new_session(*store) as session:
        case = session.get_one(Case, ids["case"])
        session.commit()
        attack(store[0], "UPDATE test_cases SET status = 'closed' WHERE id = :id", id=case.id)
        session.expire(case)
        with pytest.raises(CannotOpen):
            case.head = replace(case.head, name="edited")
