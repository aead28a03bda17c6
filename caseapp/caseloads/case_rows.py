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
from caseapp.vault.errors import CannotOpen
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document

CANNOT_BE_OPENED = "This record cannot be opened"

CASES = Case.__table__
PEOPLE = Person.__table__
LISTED = columns_for(Case, "head")  # no body is fetched
NAMED = [column for column in columns_for(Person, "head") if column.name != "id"]  # the case has it
CASE_FIELDS, PERSON_FIELDS = (tuple(each.name for each in some) for some in (LISTED, NAMED))
# Case and person in one row: half the statements of a list, and no second look-up by fifty ids.
WITH_PERSON = select(*LISTED, *(each.label(f"person_{each.name}") for each in NAMED)).join_from(
    CASES, PEOPLE, CASES.c.person_id == PEOPLE.c.id
)
PLAIN = ("id", "risk_level", "status", "advocate_id", "person_id")


@dataclass(frozen=True)
class CaseRow:
    """A line of a list of cases. The name of one that cannot be opened is CANNOT_BE_OPENED."""

    id: UUID
    name: str
    risk_level: str
    status: str
    advocate_id: UUID | None
    person_id: UUID
    reference: str = ""
    date_of_birth: date | None = None
    themes: tuple[str, ...] = ()
    next_review_on: date | None = None
    opened_on: date | None = None


def open_rows(query: Select[Any], values: Mapping[str, Any] | None = None) -> Iterable[CaseRow]:
    """Opens the heads of cases and people; whoever calls notes it in the same transaction.

    Threat: one damaged record that stops every list it is in. Its line has its plain columns.
    """
    connection, vault = db.session.connection(), current_app.extensions["vault"]
    owe_a_note(db.session())
    found = connection.execute(query, dict(values or {})).all()
    rows = [dict(zip(CASE_FIELDS, row, strict=False)) for row in found]
    people = [dict(zip(PERSON_FIELDS, row[len(CASE_FIELDS) :], strict=True)) for row in found]
    owners = [*(row["id"] for row in rows), *(row["person_id"] for row in rows)]
    keys = warm(connection, vault, owners)
    for row, person in zip(rows, people, strict=True):
        person["id"] = row["person_id"]
        try:
            head = open_document(vault, Case, "head", row, keys)
            named = open_document(vault, Person, "head", person, keys)
        except (CannotOpen, LookupError):
            yield CaseRow(name=CANNOT_BE_OPENED, **{name: row[name] for name in PLAIN})
        else:
            yield _case_row(row, head, named)


def _case_row(row: Any, head: Any, person: Any) -> CaseRow:
    return CaseRow(
        id=row["id"],
        risk_level=row["risk_level"],
        status=row["status"],
        advocate_id=row["advocate_id"],
        person_id=row["person_id"],
        reference=head.reference,
        name=person.full_name,
        date_of_birth=person.date_of_birth,
        themes=head.themes,
        next_review_on=head.next_review_on,
        opened_on=head.opened_on,
    )
