"""A referral to the MARAC, what the meeting decided, and what came of it."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

OPEN, DONE = "open", "done"


class MaracHead(Struct, frozen=True, kw_only=True):
    """What counts, lists and the timeline show of a referral."""

    referred_on: date
    criteria: tuple[str, ...]  # codes of marac_criterion
    is_repeat: bool
    dash_score: int | None = None
    perpetrator_id: UUID | None = None  # of an alleged perpetrator of the same case
    violence_types: tuple[str, ...] = ()
    meeting_on: date | None = None
    heard_on: date | None = None
    fed_back_on: date | None = None


class Feedback(Struct, frozen=True, kw_only=True):
    """What the person was told of the meeting, and what they said. Told again, it is one more."""

    id: UUID | None  # None: of before they were kept one by one
    on: date | None
    channel: str  # a code of contact_channel
    words: str


class MaracBody(Struct, frozen=True, kw_only=True):
    """Everything that the meeting is told; a coordinator reads it without our record beside it."""

    reasons: str = ""
    victim_aware: bool | None = None
    consent: str = ""  # a code of sharing_consent
    conditions: tuple[str, ...] = ()
    why_without_consent: str = ""
    necessity: str = ""
    why_not_told: str = ""
    wishes: str = ""
    safe_contact: str = ""
    person: str = ""
    address: str = ""
    needs: str = ""
    incidents: str = ""
    history: str = ""
    risks: str = ""
    children: str = ""
    perpetrator: str = ""
    agencies: str = ""
    advocate: str = ""
    consent_basis: str = ""
    outcome: str = ""  # what the meeting said
    feedback: str = ""  # of before feedbacks were kept one by one
    feedback_channel: str = ""
    feedbacks: tuple[Feedback, ...] = ()


class MaracReferral(SealedRow, Base):
    """A person's danger, brought before all agencies at once."""

    __tablename__ = "marac_referrals"
    __label__ = "marac_referral"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(MaracHead)
    body = SealedDocument(MaracBody)

    @property
    def feedbacks(self) -> tuple[Feedback, ...]:
        """In the order in which they were written down."""
        head, body = self.head, self.body
        if not body.feedback:
            return body.feedbacks
        channel, words = body.feedback_channel, body.feedback
        first = Feedback(id=None, on=head.fed_back_on, channel=channel, words=words)
        return (first, *body.feedbacks)


class ActionHead(Struct, frozen=True, kw_only=True):
    """What somebody promised to do."""

    what: str
    due_on: date
    agency: str = ""  # "" where it is ours
    done_on: date | None = None


class ActionBody(Struct, frozen=True, kw_only=True):
    result: str = ""


class MaracAction(SealedRow, Base):
    """An action of the plan that the meeting made: an owner, a day, and whether it was done."""

    __tablename__ = "marac_actions"
    __table_args__ = (Index("ix_marac_actions_case_status", "case_id", "status"),)
    __label__ = "marac_action"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "referral_id", "owner_id", "status")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("marac_referrals.id"), index=True)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))  # None: another agency
    status: Mapped[str] = mapped_column(String(10), default=OPEN)

    head = SealedDocument(ActionHead)
    body = SealedDocument(ActionBody)
