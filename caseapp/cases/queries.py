"""Reading cases: lists by Core and the head documents alone, always within the actor's team."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.cases.actions import reference_token
from caseapp.cases.models import LIST_ORDER, Case, Incident, Note, RiskJudgement
from caseapp.cases.rules import REFERENCE_SHAPE
from caseapp.database import db
from caseapp.people.models import Person
from caseapp.people.name_search import NameSearch
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import open_document

Row = TypeVar("Row", Incident, Note, RiskJudgement)

PAGE_SIZE = 50
MOST_COUNTED = 1000  # nobody leafs through more, and counting them all would slow every page
SEARCH_LIMIT = 50

CASES = Case.__table__
PEOPLE = Person.__table__
IN_ORDER = tuple(CASES.c[name] for name in LIST_ORDER)


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


@dataclass(frozen=True)
class CasePage:
    """One page of a list, and how many cases there are in all: counted up to MOST_COUNTED."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, MOST_COUNTED) // PAGE_SIZE))

    @property
    def total_in_words(self) -> str:
        if self.total > MOST_COUNTED:
            return f"More than {MOST_COUNTED:,} cases"
        return "1 case" if self.total == 1 else f"{self.total:,} cases"


def list_cases(actor: Actor, *, mine: bool, status: str, page: int) -> CasePage:
    """A page of the actor's own cases, or of the team's: highest risk first, then the oldest."""
    where = [CASES.c.team_id == actor.team_id, CASES.c.status == status]
    if mine:
        where.append(CASES.c.advocate_id == actor.user_id)
    some = select(CASES.c.id).where(*where).limit(MOST_COUNTED + 1).subquery()
    total = db.session.scalar(select(func.count()).select_from(some)) or 0
    query = (
        select(CASES)
        .where(*where)
        .order_by(*IN_ORDER)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return CasePage(tuple(_open_rows(query)), total, page)


def search_cases(actor: Actor, text: str) -> tuple[CaseRow, ...]:
    """Cases of the actor's team by a part of the name, or by the whole reference."""
    if actor.team_id is None or not text:
        return ()
    where = CASES.c.team_id == actor.team_id
    if REFERENCE_SHAPE.fullmatch(text.strip().upper()):
        match: Any = CASES.c.reference_token == reference_token(text)
    else:
        search: NameSearch = current_app.extensions["name_search"]
        people = search.search(db.session(), [actor.team_id], text, SEARCH_LIMIT, teams_of)
        match = CASES.c.person_id.in_(people)
    query = select(CASES).where(where, match).order_by(CASES.c.status.desc(), *IN_ORDER)
    return tuple(_open_rows(query.limit(SEARCH_LIMIT)))


def teams_of(session: Session, people: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """(person, team) for each team that has a case of the person."""
    query = select(CASES.c.person_id, CASES.c.team_id).where(CASES.c.person_id.in_(people))
    for row in session.execute(query.distinct()):
        yield row.person_id, row.team_id


def find_case(reference: str) -> Case | None:
    """The case of a reference, unauthorised: for commands, which decide by themselves."""
    return db.session.scalar(select(Case).where(Case.reference_token == reference_token(reference)))


def cases_of_people(actor: Actor, people: Collection[UUID]) -> tuple[CaseRow, ...]:
    """The cases that these people have in the actor's own team."""
    return tuple(
        _open_rows(
            select(CASES).where(CASES.c.team_id == actor.team_id, CASES.c.person_id.in_(people))
        )
    )


def find_in_case(case: Case, model: type[Row], row_id: UUID) -> Row | None:
    """The row, if it is of this case: an id from elsewhere finds nothing."""
    row = db.session.get(model, row_id)
    return row if row and row.case_id == case.id else None


def incidents_of(case: Case) -> Sequence[Incident]:
    return db.session.scalars(select(Incident).where(Incident.case_id == case.id)).all()


def notes_of(case: Case) -> Sequence[Note]:
    return db.session.scalars(select(Note).where(Note.case_id == case.id)).all()


def risk_judgements_of(case: Case) -> Sequence[RiskJudgement]:
    return db.session.scalars(select(RiskJudgement).where(RiskJudgement.case_id == case.id)).all()


def _open_rows(query: Select[Any]) -> Iterable[CaseRow]:
    rows = _mappings(query)
    people = _mappings(select(PEOPLE).where(PEOPLE.c.id.in_({row["person_id"] for row in rows})))
    vault = current_app.extensions["vault"]
    owners = [row["id"] for row in rows] + [row["person_id"] for row in rows]
    warm(db.session.connection(), vault, owners)
    heads = {row["id"]: open_document(vault, Person, "head", row) for row in people}
    for row in rows:
        yield _case_row(row, open_document(vault, Case, "head", row), heads[row["person_id"]])


def _mappings(query: Select[Any]) -> Sequence[Mapping[str, Any]]:
    return cast("Sequence[Mapping[str, Any]]", db.session.execute(query).mappings().all())


def _case_row(row: Any, head: Any, person: Any) -> CaseRow:
    return CaseRow(
        id=row["id"],
        reference=head.reference,
        name=f"{person.given_name} {person.family_name}".strip(),
        date_of_birth=person.date_of_birth,
        risk_level=row["risk_level"],
        status=row["status"],
        themes=head.themes,
        next_review_on=head.next_review_on,
        advocate_id=row["advocate_id"],
    )
