"""The log of what was shared: entries and what followed them, added to and never changed."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

DECISION, WITHDRAWAL = "decision", "withdrawal"


class SharingHead(Struct, frozen=True, kw_only=True):
    """Who was told, when, and whether the person agreed."""

    shared_on: date
    with_whom: str
    consent: str  # a code of sharing_consent
    basis: str  # a code of consent_basis
    recorded_at: datetime | None = None  # record_sharing sets it, and the day to decide by
    decide_by: datetime | None = None  # None: no senior has to decide


class SharingBody(Struct, frozen=True, kw_only=True):
    """What was shared and why that was right."""

    what: str
    purpose: str = ""
    conditions: tuple[str, ...] = ()  # codes of sharing_condition
    necessity: str = ""  # and proportionality: why less would not be enough
    why_without_consent: str = ""
    person_told: bool | None = None
    why_not_told: str = ""


class SharingEntry(SealedRow, Base):
    """One sharing, or the correction of an entry: the older one stays as it was."""

    __tablename__ = "sharing_entries"
    __label__ = "sharing_entry"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id", "corrects_id", "subject_id", "for_senior")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("sharing_entries.id"), unique=True)
    subject_id: Mapped[UUID | None]  # the referral that shared it, where it was one
    for_senior: Mapped[bool]

    head = SealedDocument(SharingHead)
    body = SealedDocument(SharingBody)


class StepHead(Struct, frozen=True, kw_only=True):
    """When it followed; of a decision, which one."""

    at: datetime
    on: date | None = None  # the day on which consent was withdrawn
    agrees: bool | None = None


class StepBody(Struct, frozen=True, kw_only=True):
    words: str = ""


class SharingStep(SealedRow, Base):
    """What a senior decided on an entry, or that the person took their consent back. Once each."""

    __tablename__ = "sharing_steps"
    __table_args__ = (UniqueConstraint("entry_id", "kind"),)
    __label__ = "sharing_step"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "entry_id", "author_id", "kind")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("sharing_entries.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20))

    head = SealedDocument(StepHead)
    body = SealedDocument(StepBody)
