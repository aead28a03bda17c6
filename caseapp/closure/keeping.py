"""Closed cases whose record has been kept for its time. They are told of; nothing is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.audit.chain import owe_a_note
from caseapp.cases.blueprint import person_of
from caseapp.cases.models import Case
from caseapp.cases.reading import read_documents, read_heads
from caseapp.clock import today
from caseapp.closure.rules import kept_until, newest_month_over
from caseapp.database import db
from caseapp.people.models import Person

CASES = Case.__table__


@dataclass(frozen=True)
class OldRecord:
    """A line of the list: a closed case, and the last day on which it was to be kept."""

    case_id: UUID
    reference: str
    name: str
    closed_on: date
    kept_until: date


def old_records_of(team_id: UUID, day: date) -> list[OldRecord]:
    """Those that nobody holds, the longest over first; whoever calls notes it."""
    session = db.session()
    owe_a_note(session)
    ids = _closed_long_ago(team_id, day)
    cases = [
        (row, head)
        for row, head, body in read_documents(session, Case, "id", ids, "head", "body")
        if head.closed_on and not body.legal_hold
    ]
    whose = {row["person_id"] for row, _ in cases}
    people = {row["id"]: head for row, head in read_heads(session, Person, "id", whose)}
    lines = [_line(row["id"], head, people[row["person_id"]]) for row, head in cases]
    return sorted((line for line in lines if line.kept_until < day), key=_longest_over)


def over_panel(case: Case) -> dict[str, Any] | None:
    """On the page of a closed case whose time is over."""
    closed_on = case.head.closed_on
    if closed_on is None or case.body.legal_hold:
        return None
    until = kept_until(person_of(case).head.date_of_birth, closed_on)
    return {"kept_until": until} if until < today() else None


def _closed_long_ago(team_id: UUID, day: date) -> Sequence[UUID]:
    """The day of closing is sealed; the month of opening, which comes before it, is not."""
    query = select(CASES.c.id).where(CASES.c.team_id == team_id, CASES.c.status == "closed")
    return db.session.scalars(query.where(CASES.c.opened_month <= newest_month_over(day))).all()


def _line(case_id: UUID, head: Any, person: Any) -> OldRecord:
    until = kept_until(person.date_of_birth, head.closed_on)
    return OldRecord(case_id, head.reference, person.full_name, head.closed_on, until)


def _longest_over(line: OldRecord) -> tuple[date, UUID]:
    return line.kept_until, line.case_id
