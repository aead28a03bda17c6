"""One row of the audit chain."""

from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import PlainBase


class AuditEntry(PlainBase):
    """What happened, once, in one team's chain. Holds ids and codes, never the text of a case."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_case_id", "case_id"),
        Index("ix_audit_entries_at", "at"),  # for the newest entries and the counts of a day
    )

    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))  # ISO 8601, UTC: the text that was signed
    kind: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[UUID | None]
    role: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
    case_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    detail: Mapped[str]  # JSON of codes and counts
    writes: Mapped[str]  # JSON list of [label, row id, revision]
    key_generation: Mapped[int]
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
