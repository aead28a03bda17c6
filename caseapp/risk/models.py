"""A judgement of risk: the level, on a day, and why."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class RiskHead(Struct, frozen=True, kw_only=True):
    judged_on: date
    level: str


class RiskBody(Struct, frozen=True, kw_only=True):
    reasons: str = ""


class RiskJudgement(SealedRow, Base):
    """The level of risk that a worker judged, on a day, and why. The newest is the case's."""

    __tablename__ = "risk_judgements"
    __label__ = "risk_judgement"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(RiskHead)
    body = SealedDocument(RiskBody)
