"""Ways into the database that go round the seal: all of them are refused."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer, load_only

from caseapp.vault.errors import CannotOpen
from tests.unit.vault.sealed_notes import CANARY, Case, Note, add_case, add_note

ROWS: list[dict[str, Any]] = [{"id": uuid4(), "team_id": uuid4(), "head": CANARY}]


@pytest.mark.parametrize(
    "statement",
    [
        insert(Case),
        insert(Case.__table__),  # type: ignore[arg-type]
        update(Case),
        update(Case).where(Case.status == "open").values(status="closed"),
        update(Case.__table__).values(status="closed"),  # type: ignore[arg-type]
        delete(Case).where(Case.status == "open"),
        insert(Case).from_select(["id"], select(Case.id)),
    ],
    ids=["ORM insert", "Core insert", "ORM update by key", "ORM update", "Core update",
         "ORM delete", "insert from select"],
)  # fmt: skip
def test_a_bulk_write_through_the_session_is_refused(session: Session, statement: Any) -> None:
    case = add_case(session)
    session.commit()
    with pytest.raises(TypeError, match="one by one"):
        session.execute(statement, ROWS if not statement.compile().params else None)
    assert session.scalars(select(Case)).all() == [case]


def test_a_legacy_bulk_insert_does_not_get_in(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.bulk_insert_mappings(Case.__mapper__, ROWS)
    session.rollback()
    with pytest.raises(Exception, match=r"only sealed bytes|NOT NULL"):
        session.bulk_save_objects([Case(team_id=uuid4(), sealed_head=b"x" * 60)])


def test_a_load_that_leaves_out_the_seal_is_refused(session: Session) -> None:
    add_case(session)
    session.commit()
    session.expunge_all()
    with pytest.raises(TypeError, match="whole rows"):
        session.scalars(select(Case).options(load_only(Case.team_id))).all()
    with pytest.raises(TypeError, match="whole rows"):
        session.scalars(select(Case).options(defer(Case.status))).all()


def test_a_body_may_be_left_for_later(session: Session) -> None:
    note = add_note(session, add_case(session))
    session.commit()
    session.expunge_all()
    found = session.scalars(select(Note).options(defer(Note.sealed_body))).one()
    assert "sealed_body" not in found.__dict__
    found.author_id = uuid4()
    session.commit()
    session.expunge_all()
    assert session.get_one(Note, note.id).body.text == CANARY


def test_sealed_bytes_of_another_row_put_in_by_hand_are_refused(session: Session) -> None:
    one, other = add_case(session), add_case(session)
    session.commit()
    one.sealed_head = other.sealed_head
    with pytest.raises(CannotOpen):
        session.flush()


def test_a_row_rebuilt_from_its_own_sealed_bytes_is_sealed_anew(session: Session) -> None:
    case = add_case(session)
    session.commit()
    case.sealed_head = bytes(case.sealed_head)
    assert case.head.name == CANARY


def test_rows_are_checked_on_load_and_on_refresh(session: Session) -> None:
    case = add_case(session)
    session.commit()
    session.connection().exec_driver_sql("UPDATE test_cases SET status = 'closed'")
    with pytest.raises(CannotOpen):
        session.refresh(case)
    session.expunge_all()
    with pytest.raises(CannotOpen):
        session.scalars(select(Case)).all()
