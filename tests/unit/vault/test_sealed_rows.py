"""Sealed rows as a room uses them: assign, flush, load, change, roll back."""

import pickle
import traceback
from uuid import uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from caseapp.vault.errors import CannotOpen, KeyMissing
from caseapp.vault.keyring import Vault
from caseapp.vault.owner_keys import destroy_key, warm
from caseapp.vault.sealed_rows import columns_for, open_document
from tests.unit.vault.sealed_notes import (
    CANARY,
    Case,
    CaseHead,
    Note,
    NoteBody,
    NoteHead,
    add_case,
    add_note,
    new_session,
)


def test_what_was_assigned_is_read_back_by_another_session(
    each_store: Engine, each_session: Session, vault: Vault
) -> None:
    case = add_case(each_session, advocate_id=uuid4(), token=b"\x00\x01", is_urgent=True)
    note = add_note(each_session, case)
    each_session.commit()
    with new_session(each_store, vault) as other:
        found = other.get_one(Note, note.id)
        assert (found.head, found.body) == (NoteHead(), NoteBody(text=CANARY))
        assert other.get_one(Case, case.id).head == CaseHead(name=CANARY)


def test_a_draft_reads_as_it_was_assigned_before_it_is_sealed() -> None:
    note = Note(head=NoteHead(kind="visit"))
    assert note.head == NoteHead(kind="visit")


def test_a_change_is_sealed_and_counted(
    each_store: Engine, each_session: Session, vault: Vault
) -> None:
    case = add_case(each_session)
    each_session.commit()
    case.head = replace(case.head, name="Another")
    each_session.commit()
    case.status = "closed"
    each_session.commit()
    with new_session(each_store, vault) as other:
        found = other.get_one(Case, case.id)
        assert (found.head.name, found.status, found.revision) == ("Another", "closed", 3)


def test_every_sealed_write_is_noted_for_the_audit(session: Session) -> None:
    case = add_case(session)
    note = add_note(session, case)
    note.body = NoteBody(text="changed")
    session.flush()
    session.delete(note)
    session.flush()
    assert session.info["sealed_writes"] == [
        ("test case", case.id, 1),
        ("test note", note.id, 1),
        ("test note", note.id, 2),
        ("test note", note.id, 2),
    ]


def test_a_row_that_nobody_changed_is_not_written_again(session: Session) -> None:
    case = add_case(session)
    session.commit()
    session.info["sealed_writes"].clear()
    sealed = case.sealed_head
    assert case.head.name == CANARY
    case.status = case.status
    session.flush()
    assert (case.revision, case.sealed_head) == (1, sealed)
    assert session.info["sealed_writes"] == []


def test_a_rolled_back_change_reads_as_it_was(session: Session) -> None:
    case = add_case(session)
    session.commit()
    case.head = CaseHead(name="never")
    session.flush()
    assert case.head.name == "never"
    session.rollback()
    assert (case.head.name, case.revision) == (CANARY, 1)


def test_an_expired_row_reads_what_is_stored_now(
    engine: Engine, session: Session, vault: Vault
) -> None:
    case = add_case(session)
    session.commit()
    with new_session(engine, vault) as other:
        other.get_one(Case, case.id).head = CaseHead(name="newer")
        other.commit()
    assert case.head.name == CANARY
    session.expire(case)
    assert case.head.name == "newer"


def test_a_plain_column_may_be_changed_on_an_expired_row(session: Session) -> None:
    case = add_case(session)
    session.commit()
    session.expire(case)
    case.status = "closed"
    session.commit()
    session.expire(case)
    assert (case.status, case.head.name, case.revision) == ("closed", CANARY, 2)


def test_a_refresh_beside_a_change_that_waits_finds_no_fault(session: Session) -> None:
    case = add_case(session)
    session.commit()
    with session.no_autoflush:
        case.status, case.head = "closed", CaseHead(name="waits")
        session.refresh(case, ["remark"])
        assert (case.status, case.head.name) == ("closed", "waits")
    session.commit()
    session.expire(case)
    assert (case.status, case.head.name) == ("closed", "waits")


def test_a_detached_row_merges_with_its_changes(
    engine: Engine, session: Session, vault: Vault
) -> None:
    case = add_case(session)
    session.commit()
    session.expunge(case)
    case.head = CaseHead(name="merged")
    with new_session(engine, vault) as other:
        other.merge(case)
        other.commit()
        assert other.get_one(Case, case.id).head.name == "merged"


def test_a_row_whose_insert_failed_can_be_added_again(session: Session) -> None:
    case = add_case(session)
    session.commit()
    note = Note(case_id=uuid4(), author_id=uuid4(), head=NoteHead(), body=NoteBody(text=CANARY))
    orphan = Case(team_id=uuid4(), head=CaseHead(name=CANARY))
    session.add(orphan)
    session.flush()
    session.rollback()
    session.add(orphan)
    session.commit()
    session.expire(orphan)
    assert orphan.head.name == CANARY
    note.case_id = case.id
    session.add(note)
    session.commit()
    session.expire(note)
    assert note.body.text == CANARY


def test_two_edits_of_one_row_cannot_overwrite_each_other(
    each_store: Engine, each_session: Session, vault: Vault
) -> None:
    case = add_case(each_session)
    each_session.commit()
    with new_session(each_store, vault) as other:
        theirs = other.get_one(Case, case.id)
        other.commit()
        case.head = CaseHead(name="first")
        each_session.commit()
        theirs.head = CaseHead(name="second")
        with pytest.raises(StaleDataError):
            other.commit()
        other.rollback()
        assert other.get_one(Case, case.id).head.name == "first"


def test_a_stale_delete_is_refused_too(engine: Engine, session: Session, vault: Vault) -> None:
    case = add_case(session)
    session.commit()
    with new_session(engine, vault) as other:
        theirs = other.get_one(Case, case.id)
        other.commit()
        case.status = "closed"
        session.commit()
        other.delete(theirs)
        with pytest.raises(StaleDataError):
            other.commit()


def test_a_note_needs_the_key_of_its_case(session: Session) -> None:
    note = Note(case_id=uuid4(), author_id=uuid4(), head=NoteHead(), body=NoteBody(text=""))
    session.add(note)
    with pytest.raises(KeyMissing):
        session.flush()


def test_nothing_opens_after_the_key_was_destroyed(session: Session, vault: Vault) -> None:
    case = add_case(session)
    note = add_note(session, case)
    session.commit()
    session.expunge_all()
    destroy_key(session.connection(), vault, case.id)
    found = session.get_one(Note, note.id)
    with pytest.raises(CannotOpen):
        _ = found.body


def test_a_document_that_was_never_filled_in_is_refused(session: Session) -> None:
    session.add(Case(team_id=uuid4()))
    with pytest.raises(TypeError, match=r"Case\.head was never filled in"):
        session.flush()


def test_only_the_declared_struct_is_taken(session: Session) -> None:
    with pytest.raises(TypeError, match="CaseHead"):
        Case(team_id=uuid4(), head={"name": CANARY})
    with pytest.raises(TypeError, match="CaseHead"):
        add_case(session).head = NoteHead()  # type: ignore[assignment]


def test_a_bound_column_takes_its_own_kind_alone(session: Session) -> None:
    case = add_case(session)
    for name, value in (("is_urgent", 1), ("status", 5), ("visits", Case.visits + 1)):
        with pytest.raises(TypeError, match=f"^{name} wants"):
            setattr(case, name, value)


def test_a_row_stays_with_the_owner_of_its_key(session: Session) -> None:
    one, other = add_case(session), add_case(session)
    note = add_note(session, one)
    note.case_id = other.id
    with pytest.raises(TypeError, match="stays with its key's owner"):
        session.flush()


def test_a_session_without_a_vault_neither_writes_nor_reads(
    engine: Engine, session: Session
) -> None:
    add_case(session)
    session.commit()
    with Session(engine) as bare:
        with pytest.raises(RuntimeError, match="vault"):
            bare.scalars(select(Case)).all()
        bare.add(Case(team_id=uuid4(), head=CaseHead(name=CANARY)))
        with pytest.raises(RuntimeError, match="vault"):
            bare.flush()


def test_a_core_list_opens_heads_without_loading_bodies(
    each_store: Engine, each_session: Session, vault: Vault
) -> None:
    case = add_case(each_session)
    notes = {add_note(each_session, case, f"text {number}").id for number in range(3)}
    ciphers = warm(each_session.connection(), vault, [case.id])
    rows = each_session.execute(select(*columns_for(Note, "head"))).mappings().all()
    assert {row["id"] for row in rows} == notes
    for row in rows:
        assert "sealed_body" not in row
        assert open_document(vault, Note, "head", row) == NoteHead()
        assert open_document(vault, Note, "head", row, ciphers) == NoteHead()


def test_a_core_list_whose_keys_were_not_warmed_says_so(session: Session, vault: Vault) -> None:
    case = add_case(session)
    vault.drop_ciphers([case.id])
    row = session.execute(select(*columns_for(Case, "head"))).mappings().one()
    with pytest.raises(LookupError, match="warm"):
        open_document(vault, Case, "head", row)


def test_no_error_pickle_or_repr_carries_what_was_typed(session: Session) -> None:
    case = add_case(session)
    case.remark = "x"
    session.commit()
    assert CANARY not in repr(case)
    with pytest.raises(TypeError):
        pickle.dumps(case)
    session.expunge(case)
    session.add(Case(id=case.id, team_id=uuid4(), head=CaseHead(name=CANARY), remark=CANARY))
    with pytest.raises(IntegrityError) as clash:
        session.flush()
    session.rollback()
    shown = "".join(traceback.format_exception(clash.value)) + repr(clash.value)
    assert "Canary" not in shown
    assert "sealed_head" in shown  # the statement is there, its parameters are not


def test_a_draft_that_reaches_the_database_is_refused_without_being_shown(
    session: Session,
) -> None:
    draft = Case(team_id=uuid4(), head=CaseHead(name=CANARY)).sealed_head
    with pytest.raises(StatementError) as refused:
        session.execute(select(Case.id).where(Case.sealed_head == draft))
    assert "only sealed bytes" in str(refused.value)
    assert "Canary" not in "".join(traceback.format_exception(refused.value))
    assert "Canary" not in repr(draft)
