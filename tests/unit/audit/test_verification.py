"""What verification says in words, and what it learns of the rows that the chains speak of."""

import json
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from caseapp.audit.chain import HOUSE, record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.audit.verification import GONE, Verification, verify
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.closure.actions import reopen_case
from caseapp.database import db, transaction
from caseapp.risk.models import RiskJudgement
from tests.cast import Cast
from tests.closings import close


def look(app: Flask) -> Verification:
    return verify(db.session(), app.extensions["vault"], app.extensions["audit_heads"])


def words(app: Flask) -> list[str]:
    return [fault.what for fault in look(app).faults]


@pytest.fixture
def length(at_work: Flask, cast: Cast) -> int:
    """The chain of the house, made long enough to break, and its length."""
    for _ in range(5):
        with transaction():
            record(Kind.AUDIT_READ, actor=cast.administrator)
    return len(db.session.scalars(select(AuditEntry).where(AuditEntry.chain_id == HOUSE)).all())


def test_a_missing_entry_is_said_to_be_missing(at_work: Flask, length: int) -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.number == length - 1))
    assert words(at_work) == [
        "entries are missing here",
        "this entry, or the one before it, was changed",
    ]


def test_a_changed_entry_is_named_by_its_number(at_work: Flask, length: int) -> None:
    db.session.execute(
        update(AuditEntry).where(AuditEntry.number == length - 2).values(kind="signed_in")
    )
    fault = look(at_work).faults[0]
    assert fault.in_words == (
        f"chain 00000000, entry {length - 2}: this entry, or the one before it, was changed"
    )


def test_a_cut_end_says_how_many_entries_there_were(at_work: Flask, length: int) -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.number == length))
    assert words(at_work) == [f"the end is cut off: {length} entries were written"]


def test_a_chain_that_is_gone_is_said_to_be_gone(at_work: Flask, length: int) -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.chain_id == HOUSE))
    assert words(at_work) == ["the whole chain is gone"]


def test_what_somebody_wrote_into_an_entry_is_not_believed(at_work: Flask, length: int) -> None:
    stranger = str(uuid4())
    db.session.execute(
        update(AuditEntry)
        .where(AuditEntry.number == length)
        .values(writes=json.dumps([["note", stranger, 1]]))
    )
    assert ("note", UUID(stranger)) not in look(at_work).revisions


def test_the_newest_revision_of_a_row_is_known(at_work: Flask, cast: Cast) -> None:
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        close(case, cast.assigned_advocate)
    with transaction():
        reopen_case(case, "She asked.", today(), cast.assigned_advocate)
    assert look(at_work).revisions["case", cast.case_id] == case.revision == 4


def test_a_row_that_was_deleted_with_a_word_is_known_to_be_gone(at_work: Flask, cast: Cast) -> None:
    with transaction():
        judgement = db.session.scalars(select(RiskJudgement)).one()
        db.session.delete(judgement)
        record(Kind.CASE_CHANGED, actor=cast.manager, team_id=cast.manager.team_id)
    assert look(at_work).revisions["risk_judgement", judgement.id] == GONE


def test_an_entry_that_is_being_written_does_not_look_like_a_cut_end(
    at_work: Flask, cast: Cast, length: int
) -> None:
    """The heads are read first, so the database can only be ahead of them."""
    heads = at_work.extensions["audit_heads"].path
    before = heads.read_bytes()
    with transaction():
        record(Kind.AUDIT_READ, actor=cast.administrator)
    heads.write_bytes(before)
    found = look(at_work)
    assert found.faults == ()
