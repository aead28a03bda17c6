"""The lines of a list of cases: case and person in one statement, and their heads opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, select

from caseapp.audit.chain import owe_a_note
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.people.models import Person
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document

CASES = Case.__table__
PEOPLE = Person.__table__
LISTED = columns_for(Case, "head")  # no body is fetched
NAMED = [column for column in columns_for(Person, "head") if column.name != "id"]  # the case has it
CASE_FIELDS, PERSON_FIELDS = (tuple(each.name for each in some) for some in (LISTED, NAMED))
# Case and person in one row: half the statements of a list, and no second look-up by fifty ids.
WITH_PERSON = select(*LISTED, *(each.label(f"person_{each.name}") for each in NAMED)).join_from(
    CASES, PEOPLE, CASES.c.person_id == PEOPLE.c.id
)


@dataclass(frozen=True)
class CaseRow:
    """A line of a list of cases."""

    id: UUID
    reference: str
    name: str
    date_of_birth: date | None
    risk_level: str
    status: str
    themes: tuple[str, ...]
    next_review_on: date | None
    advocate_id: UUID | None
    person_id: UUID | None = None
    opened_on: date | None = None


def open_rows(query: Select[Any], values: Mapping[str, Any] | None = None) -> Iterable[CaseRow]:
    """Opens the heads of cases and people; whoever calls notes it in the same transaction."""
    connection, vault = db.session.connection(), current_app.extensions["vault"]
    owe_a_note(db.session())
    found = connection.execute(query, dict(values or {})).all()
    rows = [dict(zip(CASE_FIELDS, row, strict=False)) for row in found]
    people = [dict(zip(PERSON_FIELDS, row[len(CASE_FIELDS) :], strict=True)) for row in found]
    owners = [*(row["id"] for row in rows), *(row["person_id"] for row in rows)]
    keys = warm(connection, vault, owners)
    for row, person in zip(rows, people, strict=True):
        head, person["id"] = open_document(vault, Case, "head", row, keys), row["person_id"]
        yield _case_row(row, head, open_document(vault, Person, "head", person, keys))


def _case_row(row: Any, head: Any, person: Any) -> CaseRow:
    return CaseRow(
        id=row["id"],
        reference=head.reference,
        name=person.full_name,
        date_of_birth=person.date_of_birth,
        risk_level=row["risk_level"],
        status=row["status"],
        themes=head.themes,
        next_review_on=head.next_review_on,
        advocate_id=row["advocate_id"],
        person_id=row["person_id"],
        opened_on=head.opened_on,
    )
