"""That a person was asked for their voice, and what they said to that: never what was handed over,
nor whether anybody answered."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class OfferHead(Struct, frozen=True, kw_only=True):
    """The day alone: an hour could be held against what else happened in it."""

    on: date
    declined: bool
    ask_again: bool | None = None  # whether we may, where they declined


class SurveyOffer(SealedRow, Base):
    """One time that somebody asked."""

    __tablename__ = "survey_offers"
    __label__ = "survey_offer"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(OfferHead)
