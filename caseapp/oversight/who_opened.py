"""Who opened one record, read from the audit chain, for whoever works the case and the person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.access.policy import Reason
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.clock import LOCAL
from caseapp.database import db

PAGE_SIZE = 25
ENTRIES = AuditEntry.__table__
COMMAND = "A command on the server"

# What a manager of another team does about a conflict would tell the worker that there is one, and
# whoever has a check written anew took somebody in.
UNSHOWN = (Kind.CONFLICT_READ, Kind.CONFLICT_SETTLED, Kind.CONFLICT_RENEWED)
READ, WROTE, COPIED = "read", "wrote", "copied"
ENDINGS_OF_READING = ("_opened", "_read", "_listed", "_shown", "_checked", "_broken")
COPIES = {Kind.ATTACHMENT_OPENED, Kind.PLAN_PRINTED, Kind.WHO_OPENED_PRINTED}
REASONS: dict[str, str] = {
    Reason.ASSIGNED: "The person’s own worker",
    Reason.SUPERVISES: "Leads the team of the case",
    Reason.SAME_TEAM: "Works in the team of the case",
    Reason.BROKE_GLASS: "Another team, in an emergency",
    Reason.LEADS_TEAM: "Leads the team of the case",
}


@dataclass(frozen=True)
class Opening:
    """What one person did with the record on one day, for one reason."""

    day: date
    first: datetime
    last: datetime
    who: str
    role: str
    reason: str  # a code of access.policy.Reason; empty for a command
    kinds: Counter[str]

    @property
    def why(self) -> str:
        return REASONS.get(self.reason, "")

    @property
    def what(self) -> list[str]:
        """'Case opened, 3 times'."""
        return [_times(kind, number) for kind, number in self.kinds.most_common()]

    @property
    def manners(self) -> list[str]:
        """READ, WROTE, COPIED: which of them, in this order."""
        found = {manner_of(kind) for kind in self.kinds}
        return [manner for manner in (READ, WROTE, COPIED) if manner in found]


def openings_of(case: Case) -> tuple[list[Opening], list[Opening]]:
    """(who was let in, who was refused), newest first. One query, and one for the names."""
    query = select(
        ENTRIES.c.at, ENTRIES.c.kind, ENTRIES.c.actor_id, ENTRIES.c.role, ENTRIES.c.reason
    ).where(ENTRIES.c.case_id == case.id, ENTRIES.c.kind.not_in([kind.value for kind in UNSHOWN]))
    rows = db.session.execute(query).all()
    names = names_of({row.actor_id for row in rows if row.actor_id})
    refused = [row for row in rows if row.kind == Kind.CASE_REFUSED]
    let_in = [row for row in rows if row.kind != Kind.CASE_REFUSED]
    return _grouped(let_in, names), _grouped(refused, names)


def manner_of(kind: str) -> str:
    """Whether a kind of the audit is a reading, a copy that left, or else a change."""
    if kind in COPIES or kind.endswith(("_printed", "_downloaded")):
        return COPIED
    return READ if kind.endswith(ENDINGS_OF_READING) else WROTE


def _grouped(rows: Iterable[Any], names: dict[UUID, str]) -> list[Opening]:
    ordered = sorted(rows, key=_group)
    openings = [_opening(list(group), names) for _, group in groupby(ordered, key=_group)]
    return sorted(openings, key=lambda opening: opening.last, reverse=True)


def _group(row: Any) -> tuple[str, str, str]:
    return _moment(row).date().isoformat(), str(row.actor_id), row.reason or ""


def _opening(rows: Sequence[Any], names: dict[UUID, str]) -> Opening:
    moments = [_moment(row) for row in rows]
    one = rows[0]
    return Opening(
        day=moments[0].date(),
        first=min(moments),
        last=max(moments),
        who=names.get(one.actor_id, "Somebody") if one.actor_id else COMMAND,
        role=one.role or "",
        reason=one.reason or "",
        kinds=Counter(row.kind for row in rows),
    )


def _moment(row: Any) -> datetime:
    return datetime.fromisoformat(row.at).astimezone(LOCAL)


def _times(kind: str, number: int) -> str:
    words = kind.replace("_", " ").capitalize()
    return words if number == 1 else f"{words}, {number} times"
