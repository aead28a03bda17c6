"""Somebody who was referred to us: before there is a case, and as part of the case that it became.

Before there is a case it has a key of its own. Accepted, it is sealed anew under the key of the
case, and the row and its key are destroyed: whoever erases the case erases it too.
"""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.people.models import PersonBody, PersonHead
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

WAITING, DECLINED = "waiting", "declined"


class IncomingHead(Struct, frozen=True, kw_only=True):
    """What the list of referrals to us shows."""

    received_on: date
    person: PersonHead
    referred_by: str = ""  # the name and the agency
    decided_on: date | None = None


class IncomingStep(Struct, frozen=True, kw_only=True):
    """What was said while they waited, or at the decision; added and never changed."""

    on: date
    words: str
    by: UUID


class IncomingBody(Struct, frozen=True, kw_only=True):
    """Everything else that was told, kept for the form of a new case."""

    details: PersonBody = PersonBody()
    referral_source: str = "not_known"
    themes: tuple[str, ...] = ()
    summary: str = ""
    consent: str = ""  # code of sharing_consent: whether they agreed to be referred
    consent_basis: str = ""
    declined_reason: str = ""
    signposted_to: str = ""
    steps: tuple[IncomingStep, ...] = ()


class IncomingReferral(SealedRow, Base):
    """Somebody referred to a team, waiting or declined. Only that team sees them."""

    __tablename__ = "incoming_referrals"
    __table_args__ = (Index("ix_incoming_referrals_list", "team_id", "status", "decided_month"),)
    __label__ = "incoming_referral"
    __key_owner__ = "id"
    __key_kind__ = "incoming"
    __bound_columns__ = ("team_id", "author_id", "status", "decided_month")

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(20), default=WAITING)
    decided_month: Mapped[str | None] = mapped_column(String(7))  # YYYY-MM: retention asks for it

    head = SealedDocument(IncomingHead)
    body = SealedDocument(IncomingBody)


class ReceivedReferral(SealedRow, Base):
    """The referral that a case came from, as it was told."""

    __tablename__ = "received_referrals"
    __label__ = "received_referral"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(IncomingHead)
    body = SealedDocument(IncomingBody)
