"""A safety plan and its versions. A version is never changed: a change is the next version."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class PlanHead(Struct, frozen=True, kw_only=True):
    """What lists and counts show of a plan: its kind and what its newest version says."""

    kind: str  # the code list of its sections, without "plan_section_"
    versions: int
    written_at: datetime
    review_on: date


class Plan(SealedRow, Base):
    """The plan of one kind in one case. Its revision tells whether somebody else was quicker."""

    __tablename__ = "plans"
    __label__ = "plan"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id",)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)

    head = SealedDocument(PlanHead)


class SectionWords(Struct, frozen=True, kw_only=True):
    """What is written in one section: the person's own words, and the worker's, kept apart."""

    code: str
    own: str = ""
    worker: str = ""


class VersionHead(Struct, frozen=True, kw_only=True):
    written_at: datetime
    review_on: date
    is_agreed: bool
    copy_is_safe: bool
    reading_format: str = ""  # code of the list reading_format; empty: nobody chose one yet


class VersionBody(Struct, frozen=True, kw_only=True):
    sections: tuple[SectionWords, ...]


class PlanVersion(SealedRow, Base):
    """What the plan said from one day to the next change."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    __label__ = "plan_version"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "plan_id", "author_id", "number")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    number: Mapped[int]  # 1 for the first

    head = SealedDocument(VersionHead)
    body = SealedDocument(VersionBody)
