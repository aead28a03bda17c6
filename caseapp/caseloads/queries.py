"""Reading cases: lists by Core and the head documents alone, always within the actor's team."""

import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Integer, bindparam, func, select, true
from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.caseloads.case_rows import CANNOT_BE_OPENED, CASES, WITH_PERSON, CaseRow, open_rows
from caseapp.caseloads.filters import Wanted, in_order
from caseapp.caseloads.index import Caseload, TeamCases
from caseapp.caseloads.open_cases import OpenCase
from caseapp.cases.actions import reference_token
from caseapp.cases.models import LIST_ORDER
from caseapp.cases.reading import read_documents
from caseapp.cases.rules import REFERENCE_SHAPE
from caseapp.clock import today
from caseapp.database import db, read_snapshot
from caseapp.people.models import Person
from caseapp.people.name_search import NameSearch
from caseapp.people.rules import safe_contact_warning
from caseapp.vault.errors import CannotOpen

PAGE_SIZE = 50
MOST_COUNTED = 1000  # of closed cases: nobody leafs through more, and counting them all is slow
SEARCH_LIMIT, EVERYBODY = 50, sys.maxsize
IN_ORDER = tuple(CASES.c[name] for name in LIST_ORDER)


class ClosedList:
    """The two statements of a list, built once: building them costs more than running them."""

    def __init__(self, *columns: str) -> None:
        where = [CASES.c[name] == bindparam(name) for name in columns]
        some = select(CASES.c.id).where(*where).limit(MOST_COUNTED + 1).subquery()
        self.counted = select(func.count()).select_from(some)
        page = WITH_PERSON.where(*where).order_by(*IN_ORDER)
        self.listed = page.limit(PAGE_SIZE).offset(bindparam("skipped", type_=Integer))


OWN_CLOSED = ClosedList("team_id", "advocate_id", "status")
TEAM_CLOSED = ClosedList("team_id", "status")
# By their ids, and of the team: the index in memory may lag, this statement never does. "Is true"
# keeps the embedded engine from walking through every case of the team to find fifty.
OF_TEAM = WITH_PERSON.where(
    CASES.c.id.in_(bindparam("ids", expanding=True)),
    (CASES.c.team_id == bindparam("team_id")).is_(true()),
)


@dataclass(frozen=True)
class CasePage:
    """One page of a list, and how many cases there are in all: closed ones are counted up to
    MOST_COUNTED, open ones to their end, which the index in memory knows."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int
    is_counted: bool = False

    @property
    def pages(self) -> int:
        shown = self.total if self.is_counted else min(self.total, MOST_COUNTED)
        return max(1, -(-shown // PAGE_SIZE))

    @property
    def total_in_words(self) -> str:
        if self.total > MOST_COUNTED and not self.is_counted:
            return f"More than {MOST_COUNTED:,} cases"
        return "1 case" if self.total == 1 else f"{self.total:,} cases"


def list_open_cases(
    actor: Actor, team: TeamCases, *, mine: bool, wanted: Wanted, page: int
) -> CasePage:
    """A page of the actor's own open cases, or of their team's, in the order that was asked for.

    `team` is what open_cases_of(actor) gave; a page beyond the last one is the last.
    """
    whose, day = actor.user_id if mine else None, today()
    ids = team.remember(
        ("order", whose, wanted, day),
        lambda cases: in_order(of_advocate(cases, whose), wanted, day),
    )
    last = CasePage((), len(ids), 1, is_counted=True).pages
    page = min(page, last)
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows = rows_of(actor, shown)
    fitting = filter(None, map(rows.get, shown))
    still = tuple(row for row in fitting if whose is None or row.advocate_id == whose)
    return CasePage(still, len(ids), page, is_counted=True)


def list_closed_cases(actor: Actor, *, mine: bool, page: int) -> CasePage:
    """A page of the actor's own closed cases, or of the team's."""
    statements = OWN_CLOSED if mine else TEAM_CLOSED
    values = {"team_id": actor.team_id, "advocate_id": actor.user_id, "status": "closed"}
    total = db.session.connection().execute(statements.counted, values).scalar() or 0
    page = min(page, CasePage((), total, 1).pages)
    skipped = {"skipped": (page - 1) * PAGE_SIZE}
    return CasePage(tuple(open_rows(statements.listed, values | skipped)), total, page)


def open_cases_of(actor: Actor) -> TeamCases:
    """The open cases of the actor's team, from memory: for order, membership and counts."""
    caseload: Caseload = current_app.extensions["caseload"]
    return caseload.of_team(db.session(), actor.team_id)


def rows_of(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, CaseRow]:
    """These cases as they are stored now, as far as they are open and of the actor's team."""
    if not ids or actor.team_id is None:
        return {}
    rows = open_rows(OF_TEAM, {"ids": ids, "team_id": actor.team_id})
    return {row.id: row for row in rows if row.status == "open"}


def warnings_of(rows: Iterable[CaseRow]) -> dict[UUID, str]:
    """By case: how contact with its person is safe, in one line. For cases just opened by rows_of,
    which the caller's entry in the audit covers."""
    people = {row.id: row.person_id for row in rows}
    found = _warnings(set(people.values())) if people else {}
    return {case_id: found[person_id] for case_id, person_id in people.items()}


def _warnings(people: Collection[UUID]) -> dict[UUID, str]:
    """One that is damaged is told apart by reading them again, one by one."""
    try:
        bodies = read_documents(db.session(), Person, "id", people, "body")
        return {row["id"]: safe_contact_warning(body) for row, body in bodies}
    except (CannotOpen, LookupError):
        if len(people) == 1:
            return dict.fromkeys(people, CANNOT_BE_OPENED)
        return {one: words for each in people for one, words in _warnings([each]).items()}


def of_advocate(cases: Iterable[OpenCase], advocate_id: UUID | None) -> Iterable[OpenCase]:
    """Those allocated to one advocate; all of them for None."""
    if advocate_id is None:
        return cases
    return (case for case in cases if case.advocate_id == advocate_id)


def search_cases(actor: Actor, text: str) -> tuple[CaseRow, ...]:
    """Cases of the actor's team by a part of the name, or by the whole reference: one more than
    SEARCH_LIMIT where there are more."""
    if actor.team_id is None or not text:
        return ()
    where = CASES.c.team_id == actor.team_id
    if is_reference(text):
        match: Any = CASES.c.reference_token == reference_token(text)
    else:
        match = CASES.c.person_id.in_(_people_named(actor.team_id, text, SEARCH_LIMIT + 1))
    rows = open_rows(WITH_PERSON.where(where, match).limit(SEARCH_LIMIT + 1))
    # Sorted here: in SQL the order would lead the engine through every case of the team.
    return tuple(sorted(rows, key=lambda row: (row.status != "open", row.risk_level, row.name)))


def is_reference(text: str) -> bool:
    return REFERENCE_SHAPE.fullmatch(text.strip().upper()) is not None


def open_cases_named(actor: Actor, text: str) -> list[OpenCase]:
    """Every open case of the actor's team by a part of the name, in memory, by name."""
    if actor.team_id is None or not text:
        return []
    of_person = open_cases_of(actor).remember("of person", _by_person)
    people = _people_named(actor.team_id, text, EVERYBODY)
    return [case for person_id in people for case in of_person.get(person_id, ())]


def _people_named(team_id: UUID, text: str, limit: int) -> list[UUID]:
    search: NameSearch = current_app.extensions["name_search"]
    return search.search(db.session(), [team_id], text, limit, teams_of)


def _by_person(cases: Iterable[OpenCase]) -> dict[UUID | None, list[OpenCase]]:
    found: dict[UUID | None, list[OpenCase]] = {}
    for case in cases:
        found.setdefault(case.person_id, []).append(case)
    return found


def make_indexes_ready() -> None:
    """Fill the indexes of names and of open cases, on a snapshot that nobody waits for."""
    names: NameSearch = current_app.extensions["name_search"]
    caseload: Caseload = current_app.extensions["caseload"]
    with read_snapshot() as session:
        names.make_ready(session, teams_of)
        caseload.make_ready(session)


def teams_of(session: Session, people: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """(person, team) for each team that has a case of the person."""
    query = select(CASES.c.person_id, CASES.c.team_id).where(CASES.c.person_id.in_(people))
    for row in session.execute(query.distinct()):
        yield row.person_id, row.team_id


def cases_of_people(actor: Actor, people: Collection[UUID]) -> tuple[CaseRow, ...]:
    """The cases that these people have in the actor's own team."""
    return tuple(
        open_rows(
            WITH_PERSON.where(CASES.c.team_id == actor.team_id, CASES.c.person_id.in_(people))
        )
    )
