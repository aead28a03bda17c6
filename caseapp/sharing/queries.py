"""Reading the log of a case that was opened, and which decisions are due over many cases."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.clock import LOCAL, now
from caseapp.sharing.models import (
    DECISION,
    WITHDRAWAL,
    SharingBody,
    SharingEntry,
    SharingHead,
    SharingStep,
)
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document


@dataclass(frozen=True)
class SharingRecord:
    """A sharing as it stands: the newest version, the ones that it corrects, what followed."""

    versions: tuple[SharingEntry, ...]  # the oldest first
    steps: tuple[SharingStep, ...]

    @property
    def entry(self) -> SharingEntry:
        return self.versions[-1]

    @property
    def head(self) -> SharingHead:
        return self.entry.head

    @property
    def body(self) -> SharingBody:
        return self.entry.body

    @property
    def authors(self) -> frozenset[UUID]:
        return frozenset(version.author_id for version in self.versions)

    @property
    def decision(self) -> SharingStep | None:
        """On the newest version: a correction of what was decided is decided again."""
        return self.decision_on(self.entry)

    @property
    def withdrawal(self) -> SharingStep | None:
        return next((step for step in self.steps if step.kind == WITHDRAWAL), None)

    @property
    def is_late(self) -> bool:
        """Whether the senior decided after the 48 hours, or has not decided and they are over."""
        deadline = self.head.decide_by
        return deadline is not None and self._decided_or_now() > deadline

    @property
    def is_open(self) -> bool:
        return self.entry.for_senior and self.decision is None

    def decision_on(self, version: SharingEntry) -> SharingStep | None:
        of_version = (step for step in self.steps if step.entry_id == version.id)
        return next((step for step in of_version if step.kind == DECISION), None)

    def _decided_or_now(self) -> datetime:
        return self.decision.head.at if self.decision else now()


def sharing_of(case: Case) -> Sequence[SharingRecord]:
    """The newest first, in two queries."""
    entries = rows_in(case, SharingEntry)
    steps = rows_in(case, SharingStep)
    records = [_record(first, entries, steps) for first in entries if first.corrects_id is None]
    return sorted(records, key=_place, reverse=True)


def sharing_in(case: Case, sharing_id: UUID) -> SharingRecord | None:
    """The record that has this entry as one of its versions; None for an entry of another case."""
    found = (r for r in sharing_of(case) if sharing_id in {v.id for v in r.versions})
    return next(found, None)


def sharing_by(case: Case, subject_id: UUID) -> SharingRecord | None:
    """What the making of this referral wrote down."""
    return next((r for r in sharing_of(case) if r.entry.subject_id == subject_id), None)


def _record(
    first: SharingEntry, entries: Iterable[SharingEntry], steps: Iterable[SharingStep]
) -> SharingRecord:
    corrections = {entry.corrects_id: entry for entry in entries}
    versions = [first]
    while versions[-1].id in corrections:
        versions.append(corrections[versions[-1].id])
    ids = {version.id for version in versions}
    return SharingRecord(tuple(versions), tuple(step for step in steps if step.entry_id in ids))


def _place(record: SharingRecord) -> tuple[object, ...]:
    return record.head.shared_on, record.versions[0].head.recorded_at


def _undecided() -> Select[tuple[object, ...]]:
    correction, step = aliased(SharingEntry), aliased(SharingStep)
    corrected = select(correction.id).where(correction.corrects_id == SharingEntry.id).exists()
    decided = (
        select(step.id).where(step.entry_id == SharingEntry.id, step.kind == DECISION).exists()
    )
    return select(*columns_for(SharingEntry, "head")).where(
        SharingEntry.case_id.in_(bindparam("cases", expanding=True)),
        SharingEntry.for_senior,
        ~corrected,
        ~decided,
    )


UNDECIDED = _undecided()


def due_decisions(session: Session, cases: Collection[UUID]) -> Iterator[Due]:
    """What a senior has to decide, by the day on which the 48 hours end."""
    rows = session.connection().execute(UNDECIDED, {"cases": list(cases)}).mappings().all()
    vault = session.info["vault"]
    keys = warm(session.connection(), vault, {row["case_id"] for row in rows})
    for row in rows:
        head: SharingHead = open_document(vault, SharingEntry, "head", row, keys)
        if head.decide_by:
            yield Due(
                case_id=row["case_id"],
                kind="sharing_decision",
                on=head.decide_by.astimezone(LOCAL).date(),
                what=head.with_whom,
                for_manager=True,
                before_closing=True,
                endpoint="sharing.decide_sharing",
                values=(("sharing_id", str(row["id"])),),
            )
