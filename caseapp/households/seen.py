"""What somebody may know of the cases that hang together with the one they opened.

A case that they may not open is not opened here either: they learn that it is there, and no more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import current_app
from sqlalchemy import or_, select

from caseapp.access.actors import Actor, CaseFacts
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import owe_a_note, record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.cases.queries import find_case
from caseapp.cases.rules import REFERENCE_SHAPE
from caseapp.database import db
from caseapp.people.models import Person
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document

CASES, PEOPLE = Case.__table__, Person.__table__
LISTED, NAMED = columns_for(Case, "head"), columns_for(Person, "head")


@dataclass(frozen=True)
class SeenCase:
    """A case that the actor may open, and whose it is."""

    id: UUID
    person_id: UUID
    reference: str
    service: str
    status: str
    opened_month: str
    advocate_id: UUID | None
    name: str
    sex: str
    date_of_birth: date | None

    @property
    def is_open(self) -> bool:
        return self.status == "open"


def seen_cases(
    actor: Actor, *, cases: Collection[UUID] = (), people: Collection[UUID] = ()
) -> list[SeenCase]:
    """Those of these cases, and of the cases of these people, that the actor may open; open ones
    first, then the newest. Three statements, however many there are; noted in the audit."""
    if not cases and not people:
        return []
    where = or_(CASES.c.id.in_(list(cases)), CASES.c.person_id.in_(list(people)))
    rows = [row for row in _mappings(select(*LISTED).where(where)) if _may_open(actor, row)]
    rows.sort(key=lambda row: row["opened_month"], reverse=True)
    rows.sort(key=lambda row: row["status"] != "open")
    found = list(_opened(rows))
    if found:
        seen = {"cases": len(found)}
        record(Kind.CASES_LISTED, actor=actor, team_id=actor.team_id, detail=seen)
    return found


def find_other_case(reference: str, actor: Actor) -> Case | None:
    """The case of a reference that somebody typed. One that they may not open and one that is not
    there leave the same answer and the same trace."""
    case = find_case(reference) if REFERENCE_SHAPE.fullmatch(reference.strip().upper()) else None
    reason = decide(actor, Permission.OPEN_CASE, case.facts) if case else None
    if case is None or reason is None:
        record(Kind.CASE_REFUSED, actor=actor)
        return None
    record(Kind.CASE_OPENED, actor=actor, team_id=case.team_id, case_id=case.id, reason=reason)
    return case


def _may_open(actor: Actor, row: Mapping[str, Any]) -> bool:
    facts = CaseFacts(row["team_id"], row["advocate_id"])
    return decide(actor, Permission.OPEN_CASE, facts) is not None


def _opened(rows: Collection[Mapping[str, Any]]) -> Iterable[SeenCase]:
    if rows:
        owe_a_note(db.session())
    vault = current_app.extensions["vault"]
    owners = {row["person_id"] for row in rows}
    keys = warm(db.session.connection(), vault, [*owners, *(row["id"] for row in rows)])
    people = _mappings(select(*NAMED).where(PEOPLE.c.id.in_(list(owners)))) if owners else ()
    heads = {row["id"]: open_document(vault, Person, "head", row, keys) for row in people}
    for row in rows:
        person = heads[row["person_id"]]
        yield SeenCase(
            id=row["id"],
            person_id=row["person_id"],
            reference=open_document(vault, Case, "head", row, keys).reference,
            service=row["service"],
            status=row["status"],
            opened_month=row["opened_month"],
            advocate_id=row["advocate_id"],
            name=person.full_name,
            sex=person.sex,
            date_of_birth=person.date_of_birth,
        )


def _mappings(query: Any) -> Collection[Mapping[str, Any]]:
    found = db.session.connection().execute(query).mappings().all()
    return cast("Collection[Mapping[str, Any]]", found)
