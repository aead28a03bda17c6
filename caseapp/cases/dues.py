"""What is due about a case itself, and what its record should hold and does not."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.cases.reading import read_documents, read_heads
from caseapp.cases.rules import working_days_after
from caseapp.people.models import NeedsFlag, Person, PersonBody, PersonHead, SafeContact
from caseapp.reference import UnknownCode, entry, label_of

SURE_WITHIN = timedelta(weeks=12)  # a need that is only suspected is asked about again
NOT_SURE = {"suspected", "screened"}
CASES = Case.__table__

Gap = tuple[UUID, str]


def own_dues(session: Session, ids: Collection[UUID]) -> Iterator[Due]:
    """The next review, and first contact within what the service promises."""
    for row, head in read_heads(session, Case, "id", ids):
        case_id = row["id"]
        if head.next_review_on:
            on = head.next_review_on
            yield Due(case_id=case_id, kind="case_review", on=on, endpoint="risk.judge_risk")
        limit = first_contact_limit(row["service"])
        if head.first_contact_on is None and limit is not None:
            on = working_days_after(head.opened_on, limit)
            yield Due(case_id=case_id, kind="first_contact", on=on, endpoint="contacts.add_note")


def first_contact_limit(service: str) -> int | None:
    """Working days from the referral to first contact; None where the service promises none."""
    try:
        text = entry("service", service).attributes.get("first_contact_working_days", "")
    except UnknownCode:
        return None
    return int(text) if text.isdecimal() else None


def flag_dues(session: Session, ids: Collection[UUID]) -> Iterator[Due]:
    """A need that is suspected or screened is looked at again, in each case of the person."""
    cases = _cases_by_person(session, ids)
    for row, head, body in read_documents(
        session, NeedsFlag, "person_id", cases.keys(), "head", "body"
    ):
        if head.ended_on is None and head.status in NOT_SURE:
            for case_id in cases[row["person_id"]]:
                yield Due(
                    case_id=case_id,
                    kind="flag_review",
                    on=body.steps[-1].on + SURE_WITHIN,
                    what=label_of(head.list_name, head.code),
                    endpoint="cases.review_flag",
                    values=(("flag_id", str(row["id"])),),
                )


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

