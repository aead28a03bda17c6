"""Judgements of risk on a day: the worker's own, the DASH result, and the youth judgement."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class RiskHead(Struct, frozen=True, kw_only=True):
    judged_on: date
    level: str
    written_at: datetime | None = None  # of two on one day, the one that was written last counts


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


class DashHead(Struct, frozen=True, kw_only=True):
    """The result of a DASH checklist: numbers of items alone, their words belong to its authors."""

    on: date
    score: int  # 0 to 24
    level_by_score: str
    level: str  # what counts: the score's, or a higher one by professional judgement
    by_judgement: bool = False  # raised above the score
    items: tuple[int, ...] = ()  # answered yes; empty where the score alone is known
    written_at: datetime | None = None


class DashBody(Struct, frozen=True, kw_only=True):
    reasons: str = ""


class DashResult(SealedRow, Base):
    """The result of one DASH checklist."""

    __tablename__ = "dash_results"
    __label__ = "dash_result"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(DashHead)
    body = SealedDocument(DashBody)


class YouthHead(Struct, frozen=True, kw_only=True):
    """How much concern there is in each part of a young person's life, and the level it makes."""

    on: date
    concerns: tuple[tuple[str, str], ...]  # codes of youth_risk_domain and youth_concern
    proposed: str  # the level that the concerns point to
    level: str  # the level that the worker decided
    written_at: datetime | None = None


class YouthBody(Struct, frozen=True, kw_only=True):
    words: tuple[tuple[str, str], ...] = ()  # a few words on each part, by its code
    reasons: str = ""


class YouthJudgement(SealedRow, Base):
    """A structured judgement of the risk to a young person."""

    __tablename__ = "youth_judgements"
    __label__ = "youth_judgement"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(YouthHead)
    body = SealedDocument(YouthBody)
