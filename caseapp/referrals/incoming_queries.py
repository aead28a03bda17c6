"""Reading who was referred to a team: always the actor's own, by heads alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from flask import current_app
from sqlalchemy import Integer, Select, bindparam, func, select

from caseapp.access.actors import Actor
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.database import db
from caseapp.referrals.incoming_models import (
    WAITING,
    IncomingHead,
    IncomingReferral,
    ReceivedReferral,
)
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document

PAGE_SIZE = 50
INCOMING: Any = IncomingReferral.__table__


@dataclass(frozen=True)
class IncomingRow:
    """A line of the list."""

    id: UUID
    head: IncomingHead

    @property
    def name(self) -> str:
        return self.head.person.full_name


@dataclass(frozen=True)
class IncomingPage:
    rows: tuple[IncomingRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def list_incoming(actor: Actor, status: str, page: int) -> IncomingPage:
    """Who waits, the longest first; or who was declined, the newest month first."""
    where = (INCOMING.c.team_id == actor.team_id, INCOMING.c.status == status)
    total = db.session.scalar(select(func.count()).select_from(INCOMING).where(*where)) or 0
    query = select(*columns_for(IncomingReferral, "head")).where(*where)
    if status == WAITING:  # all of them, since their days are sealed and sorted here
        rows = sorted(_open(query), key=lambda row: row.head.received_on)
        shown = rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    else:
        in_order = query.order_by(INCOMING.c.decided_month.desc(), INCOMING.c.id)
        skipped = bindparam("skipped", (page - 1) * PAGE_SIZE, type_=Integer)
        shown = _open(in_order.limit(PAGE_SIZE).offset(skipped))
    return IncomingPage(tuple(shown), total, page)


def count_waiting(actor: Actor) -> int:
    """How many wait for the actor's team; nothing sealed is read."""
    mine = (INCOMING.c.team_id == actor.team_id, INCOMING.c.status == WAITING)
    return db.session.scalar(select(func.count()).select_from(INCOMING).where(*mine)) or 0


def find_incoming(
    actor: Actor, incoming_id: UUID, *, changing: bool = False
) -> IncomingReferral | None:
    """None for one of another team, too. `changing` holds it until the commit."""
    mine = select(IncomingReferral).where(
        IncomingReferral.id == incoming_id, IncomingReferral.team_id == actor.team_id
    )
    if changing:
        mine = mine.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(mine)


def received_with(case: Case) -> Sequence[ReceivedReferral]:
    """The referral that a case came from, if it came from one."""
    return rows_in(case, ReceivedReferral)


def _open(query: Select[Any]) -> list[IncomingRow]:
    connection, vault = db.session.connection(), current_app.extensions["vault"]
    rows = cast("Sequence[Any]", connection.execute(query).mappings().all())
    keys = warm(connection, vault, [row["id"] for row in rows])
    return [
        IncomingRow(row["id"], open_document(vault, IncomingReferral, "head", row, keys))
        for row in rows
    ]
