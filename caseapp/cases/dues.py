"""What is due about a case itself, and what its record should hold and does not."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.cases.reading import read_documents, read_heads
from caseapp.people.models import Person, PersonBody, PersonHead, SafeContact

CASES = Case.__table__

Gap = tuple[UUID, str]


def own_dues(session: Session, ids: Collection[UUID]) -> Iterator[Due]:
    """The next review: it is done by judging the risk anew."""
    for row, head in read_heads(session, Case, "id", ids):
        if head.next_review_on:
            on = head.next_review_on
            yield Due(case_id=row["id"], kind="case_review", on=on, endpoint="risk.judge_risk")


def own_gaps(session: Session, ids: Collection[UUID]) -> Iterator[Gap]:
    for row, head in read_heads(session, Case, "id", ids):
        if head.next_review_on is None:
            yield row["id"], "next_review"


def person_gaps(session: Session, ids: Collection[UUID]) -> Iterator[Gap]:
    cases = _cases_by_person(session, ids)
    for row, head, body in read_documents(session, Person, "id", cases.keys(), "head", "body"):
        for gap in gaps_of_person(head, body):
            for case_id in cases[row["id"]]:
                yield case_id, gap


def gaps_of_person(head: PersonHead, body: PersonBody) -> Iterator[str]:
    """What was never asked; an answer that the person would not give is an answer."""
    missing = {
        "date_of_birth": head.date_of_birth is None,
        "sex": head.sex == "not_known",
        "ethnicity": head.ethnicity == "not_asked",
        "ward": head.ward == "not_known",
        "safe_contact": body.safe_contact == SafeContact(),
    }
    return (gap for gap, is_missing in missing.items() if is_missing)


def _cases_by_person(session: Session, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    cases: dict[UUID, list[UUID]] = defaultdict(list)
    for case_id, person_id in session.execute(_people_of(ids)):
        cases[person_id].append(case_id)
    return cases


def _people_of(ids: Collection[UUID]) -> Any:
    return select(CASES.c.id, CASES.c.person_id).where(CASES.c.id.in_(ids))
