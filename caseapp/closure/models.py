"""What was measured of a person's life, and the asking for a case to close."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

WAITING, APPROVED, RETURNED, WITHDRAWN = "waiting", "approved", "returned", "withdrawn"


class MeasureHead(Struct, frozen=True, kw_only=True):
    """The answers of one day: pairs of a measure and a point of the scale, by their codes."""

    stage: str  # intake, review, exit
    measured_on: date
    points: tuple[tuple[str, str], ...]


class MeasureBody(Struct, frozen=True, kw_only=True):
    own_words: str = ""  # what the person said about it


class OutcomeMeasure(SealedRow, Base):
    """How a person is doing, asked in the same words at intake, at reviews and at exit."""

    __tablename__ = "outcome_measures"
    __label__ = "outcome_measure"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(MeasureHead)
    body = SealedDocument(MeasureBody)


class ClosureHead(Struct, frozen=True, kw_only=True):
    """Why and when the case is to close."""

    asked_on: date
    reason: str
    on: date
    risk_level: str
    harm_reduced: bool | None = None


class ClosureBody(Struct, frozen=True, kw_only=True):
    note: str = ""  # what should be known if the person comes back
    answer: str = ""  # what the manager said


class ClosureRequest(SealedRow, Base):
    """An advocate asks for a case to close; who supervises the case decides."""

    __tablename__ = "closure_requests"
    __label__ = "closure_request"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id", "status")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(20), default=WAITING)

    head = SealedDocument(ClosureHead)
    body = SealedDocument(ClosureBody)
