"""Reading transfers: of a case that was opened, and those that wait for a team's manager."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.accounts.models import Team
from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.cases.reading import read_heads
from caseapp.clock import LOCAL
from caseapp.database import db
from caseapp.transfers.models import ASKED, DECLINED, Transfer
from caseapp.vault.owner_keys import warm


@dataclass(frozen=True)
class IncomingTransfer:
    """All that the other team is shown of a case that is not theirs yet."""

    transfer: Transfer
    service: str
    risk_level: str
    from_team: str


def transfers_of(case: Case) -> Sequence[Transfer]:
    """Of a case that was opened; the newest first."""
    found = rows_in(case, Transfer)
    return sorted(found, key=lambda transfer: transfer.head.asked_at, reverse=True)


def asked_transfer(case: Case) -> Transfer | None:
    """The one that waits for its answer."""
    mine = select(Transfer).where(Transfer.case_id == case.id, Transfer.status == ASKED)
    return db.session.scalar(mine)


def incoming_transfers(actor: Actor) -> list[IncomingTransfer]:
    """Those that wait for the actor's team, the oldest first, in as many queries for many as for
    one. No case is opened: service and level of risk stand beside the transfer."""
    asked = _shown().where(Transfer.to_team_id == actor.team_id, Transfer.status == ASKED)
    rows = db.session.execute(asked).all()
    warm(db.session.connection(), current_app.extensions["vault"], {row[0].case_id for row in rows})
    found = [_as_shown(*row) for row in rows]
    return sorted(found, key=lambda incoming: incoming.transfer.head.asked_at)


def find_incoming(actor: Actor, transfer_id: UUID) -> IncomingTransfer | None:
    """None for what was asked of another team."""
    mine = _shown().where(Transfer.to_team_id == actor.team_id, Transfer.id == transfer_id)
    row = db.session.execute(mine).first()
    return _as_shown(*row) if row else None


def count_incoming(actor: Actor) -> int:
    """How many wait for the actor's team; nothing sealed is read."""
    mine = select(func.count()).select_from(Transfer)
    mine = mine.where(Transfer.to_team_id == actor.team_id, Transfer.status == ASKED)
    return db.session.scalar(mine) or 0


def dues_of(session: Session, cases: Collection[UUID]) -> Iterator[Due]:
    """A no waits to be read by whoever asked, until they say so or ask again."""
    found = sorted(
        read_heads(session, Transfer, "case_id", cases), key=lambda each: each[1].asked_at
    )
    newest = {row["case_id"]: (row, head) for row, head in found}
    for row, head in newest.values():
        if row["status"] == DECLINED and head.answer_read_on is None:
            yield Due(
                case_id=row["case_id"],
                kind="transfer_declined",
                on=head.decided_at.astimezone(LOCAL).date(),
                owner_id=row["author_id"],
                endpoint="transfers.ask_for_transfer",
            )


def _shown() -> Any:
    return (
        select(Transfer, Case, Team.name)
        .join(Case, Case.id == Transfer.case_id)
        .join(Team, Team.id == Transfer.from_team_id)
    )


def _as_shown(transfer: Transfer, case: Case, from_team: str) -> IncomingTransfer:
    """Of the case nothing is handed on that its documents hold."""
    return IncomingTransfer(transfer, case.service, case.risk_level, from_team)
