"""Somebody of another team let into a case in an emergency: for how long, and who looks at it."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.clock import now
from caseapp.database import Base, db
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

UNREVIEWED, REVIEWED = "unreviewed", "reviewed"
LASTS = timedelta(minutes=60)
TOLD_FOR = timedelta(hours=24)  # so long a late form is answered with what became of it


class AccessHead(Struct, frozen=True, kw_only=True):
    """When it began and when it ends by itself; `ended_at` where it was given back before."""

    began_at: datetime
    until: datetime
    reason: str  # a code of the list emergency_reason
    ended_at: datetime | None = None


class AccessBody(Struct, frozen=True, kw_only=True):
    """Why, in words, and what the manager of the case's team says of it."""

    words: str
    found_by: str  # reference, person
    verdict: str = ""  # a code of the list emergency_verdict
    verdict_words: str = ""
    reviewed_by: UUID | None = None
    reviewed_at: datetime | None = None


class EmergencyAccess(SealedRow, Base):
    """One breaking of the glass: one person, one case, one hour."""

    __tablename__ = "emergency_accesses"
    __table_args__ = (Index("ix_emergency_accesses_case_user", "case_id", "user_id"),)
    __label__ = "emergency_access"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "user_id", "state")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(String(20), default=UNREVIEWED, index=True)

    head = SealedDocument(AccessHead)
    body = SealedDocument(AccessBody)

    @property
    def ends_at(self) -> datetime:
        return self.head.ended_at or self.head.until

    @property
    def is_running(self) -> bool:
        return now() < self.ends_at

    @property
    def ended_lately(self) -> bool:
        return self.ends_at <= now() < self.ends_at + TOLD_FOR


def newest_access(case_id: UUID, user_id: UUID) -> EmergencyAccess | None:
    """The last time that this person broke the glass of this case. The same one statement whether
    or not there is such a case."""
    query = select(EmergencyAccess).where(
        EmergencyAccess.case_id == case_id, EmergencyAccess.user_id == user_id
    )
    found = db.session.scalars(query).all()
    return max(found, key=lambda access: access.head.began_at, default=None)
