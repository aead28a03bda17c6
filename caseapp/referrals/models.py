"""A referral to another agency, from the day it was made to what came of it."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"
CHASED = "chased"


class ReferralHead(Struct, frozen=True, kw_only=True):
    """What lists and counts show of a referral."""

    made_on: date
    kind: str
    agency: str
    decision: str = WAITING
    decided_on: date | None = None
    chased_on: date | None = None  # the last time that they were asked about it
    service_id: UUID | None = None  # in the directory, where the agency was chosen there


class ReferralStep(Struct, frozen=True, kw_only=True):
    """One dated step in the life of a referral; steps are added and never changed."""

    on: date
    what: str  # CHASED, or how far they have taken it up: a code of referral_engagement
    by: UUID


class ReferralBody(Struct, frozen=True, kw_only=True):
    """What was shared, why it may be shared, and what came of it."""

    need: str
    consent_basis: str
    why_without_consent: str = ""
    person_told: bool | None = None
    safe_contact: str = ""  # the words about safe contact that the agency was given
    declined_reason: str = ""
    engagement: str = ""
    outcome: str = ""
    consent: str = ""  # code of sharing_consent; "" in the oldest: the basis tells
    conditions: tuple[str, ...] = ()
    necessity: str = ""
    why_not_told: str = ""
    why_no_safe_contact: str = ""  # why the agency was not told how to make contact safely
    first_responder: str = ""  # who makes it, where it goes to the NRM
    steps: tuple[ReferralStep, ...] = ()


class Referral(SealedRow, Base):
    """Help asked of another agency for the person of a case."""

    __tablename__ = "referrals"
    __label__ = "referral"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(ReferralHead)
    body = SealedDocument(ReferralBody)
