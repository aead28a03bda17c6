"""Which cases were written since somebody last looked, as the audit chains tell.

Every write about a case appends to a chain, and a chain has no gaps: its entries after the last
number that was seen name all that changed, whichever process wrote it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from caseapp.accounts.models import Team
from caseapp.audit.chain import HOUSE
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import Base

Places = Mapping[UUID, int]  # how far each chain was read

MOST_CHANGED = 5000  # beyond that it is quicker to read everything again

# Anything else that names a case may have changed what is due there, sealed or not.
READINGS = (
    Kind.CASES_LISTED, Kind.CASES_SEARCHED, Kind.CASE_OPENED, Kind.CASE_REFUSED, Kind.PLAN_READ,
    Kind.PLAN_PRINTED,
)  # fmt: skip

CASES, ENTRIES, TEAMS = Case.__table__, AuditEntry.__table__, Team.__table__
HOUSE_CHAIN = select(literal(HOUSE, Uuid()).label("id"))
CHAINS = select(TEAMS.c.id).union_all(HOUSE_CHAIN).subquery("chains")
NEWER = ENTRIES.alias("newer")
NEWEST = (
    select(func.max(NEWER.c.number))
    .where(NEWER.c.chain_id == CHAINS.c.id)
    .correlate(CHAINS)
    .scalar_subquery()
)


@dataclass
class Changes:
    """What was written, and how far the chains were read to know it."""

    places: dict[UUID, int]
    cases: set[UUID] = field(default_factory=set)
    people: set[UUID] = field(default_factory=set)
    anything: bool = False  # a write that does not say whose it is

    def __bool__(self) -> bool:
        return bool(self.cases or self.people or self.anything)


def newest_places(session: Session) -> dict[UUID, int]:
    """The end of every chain."""
    rows = session.execute(select(CHAINS.c.id, func.coalesce(NEWEST, 0)))
    return {row[0]: row[1] for row in rows}


def changes_since(session: Session, places: Places) -> Changes:
    """One query, over the new entries alone."""
    changes = Changes(dict(places))
    for row in session.connection().execute(_new_entries(len(places)), _values(places)):
        changes.places[row.chain_id] = max(row.number, changes.places.get(row.chain_id, 0))
        if row.case_id is not None and row.kind not in READINGS:
            changes.cases.add(row.case_id)
        if row.writes != "[]":
            _note_writes(changes, row.case_id, json.loads(row.writes))
    changes.anything |= len(changes.cases) + len(changes.people) > MOST_CHANGED
    return changes


def cases_touched(session: Session, changes: Changes) -> list[UUID]:
    """The cases that were written, and all other cases of the same people."""
    query = select(CASES.c.person_id).where(CASES.c.id.in_(changes.cases))
    people = changes.people | set(session.scalars(query))
    of_people = session.scalars(select(CASES.c.id).where(CASES.c.person_id.in_(people)))
    return sorted(changes.cases | set(of_people))


@cache
def _new_entries(chains: int) -> Select[Any]:
    """Writes, and the newest entry of each chain, so that readings are not walked over again."""
    seen = case(*_seen(chains), else_=0) if chains else literal(0)
    is_change = or_(ENTRIES.c.case_id.is_not(None), ENTRIES.c.writes != "[]")
    is_reading = ENTRIES.c.kind.in_([kind.value for kind in READINGS])
    return (
        select(*(ENTRIES.c[name] for name in ("chain_id", "number", "kind", "case_id", "writes")))
        .join_from(CHAINS, ENTRIES, ENTRIES.c.chain_id == CHAINS.c.id)
        .where(ENTRIES.c.number > seen)
        .where(
            or_(
                is_change & ~is_reading,
                ENTRIES.c.writes != "[]",
                ENTRIES.c.number == NEWEST,
            )
        )
    )


def _seen(chains: int) -> Iterator[tuple[Any, Any]]:
    for n in range(chains):
        yield CHAINS.c.id == bindparam(f"chain_{n}", type_=Uuid()), bindparam(f"number_{n}")


def _values(places: Places) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for n, (chain_id, number) in enumerate(places.items()):
        values |= {f"chain_{n}": chain_id, f"number_{n}": number}
    return values


def _note_writes(changes: Changes, case_id: UUID | None, writes: Sequence[list[Any]]) -> None:
    for label, row_id, _revision in writes:
        if label == Case.__label__:
            changes.cases.add(UUID(row_id))
        elif label == "person":
            changes.people.add(UUID(row_id))
        elif case_id is None and _is_of_a_case(label):
            changes.anything = True


def _is_of_a_case(label: str) -> bool:
    return _key_kinds().get(label, "case") in {"case", "person"}


@cache
def _key_kinds() -> dict[str, str]:
    """Whose key seals the rows of each label; one that is not known may be of a case."""
    models: list[Any] = [mapper.class_ for mapper in Base.registry.mappers]
    return {model.__label__: model.__key_kind__ for model in models if hasattr(model, "__label__")}
