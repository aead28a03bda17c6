"""Reading the audit for its page: ids are shortened, and nothing of a case is in it."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.clock import LOCAL
from caseapp.database import db

PAGE_SIZE = 50
ENTRIES = AuditEntry.__table__

Counts = dict[str, Counter[date]]


@dataclass(frozen=True)
class EntryLine:
    """One entry in words. `at` is None where the stored moment is not one."""

    at: datetime | None
    what: str
    who: str
    reason: str
    case: str
    detail: str


@dataclass(frozen=True)
class EntryPage:
    """A page of entries, newest first, and where the next older one begins."""

    lines: tuple[EntryLine, ...]
    older: str | None


def count_kinds(first_day: date) -> Counts:
    """For each kind, in words, how often it happened on each of the borough's days since then."""
    start = datetime.combine(first_day, time.min, LOCAL).astimezone(UTC)
    hour = func.substr(ENTRIES.c.at, 1, 13).label("hour")  # a day begins with a whole hour
    query = (
        select(ENTRIES.c.kind, hour, func.count())
        .where(ENTRIES.c.at >= start.isoformat(timespec="microseconds"))
        .group_by(ENTRIES.c.kind, "hour")
    )
    counts: Counts = defaultdict(Counter)
    for kind, text, number in db.session.execute(query):
        moment = _moment(f"{text}:00+00:00")
        if moment:
            counts[_in_words(kind)][moment.astimezone(LOCAL).date()] += number
    return dict(sorted(counts.items()))


def newest_entries(before: str | None = None) -> EntryPage:
    """Entries of every chain; `before` is the `older` of the page that was seen."""
    query = select(ENTRIES).order_by(ENTRIES.c.at.desc(), ENTRIES.c.number.desc())
    if before:
        query = query.where(ENTRIES.c.at < before)
    rows = db.session.execute(query.limit(PAGE_SIZE + 1)).mappings().all()
    shown = rows[:PAGE_SIZE]
    names = names_of({row["actor_id"] for row in shown if row["actor_id"]})
    older = shown[-1]["at"] if len(rows) > PAGE_SIZE else None
    return EntryPage(tuple(_line(row, names) for row in shown), older)


def last_verified() -> datetime | None:
    """When somebody, or a command, last had the chains verified."""
    query = select(func.max(ENTRIES.c.at)).where(ENTRIES.c.kind == Kind.AUDIT_VERIFIED.value)
    return _moment(db.session.scalar(query) or "")


def _line(row: Any, names: dict[UUID, str]) -> EntryLine:
    role = f", {row['role']}" if row["role"] else ""
    actor = names.get(row["actor_id"], _short(row["actor_id"]))
    return EntryLine(
        at=_moment(row["at"]),
        what=_in_words(row["kind"]),
        who=f"{actor}{role}" if actor else "The program",
        reason=_in_words(row["reason"] or ""),
        case=_short(row["case_id"]),
        detail=_detail(row["detail"]),
    )


def _detail(text: str) -> str:
    """'cases 50, faults 0': codes and counts are all that it can hold."""
    try:
        facts = json.loads(text).items()
        return ", ".join(f"{name} {value}".replace("_", " ") for name, value in facts)
    except (ValueError, AttributeError):
        return "cannot be read"


def _in_words(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _short(row_id: UUID | None) -> str:
    return str(row_id)[:8] if row_id else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
