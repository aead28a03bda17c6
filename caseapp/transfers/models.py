"""A case on its way from one of our teams to another; until it is accepted it stays where it is."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

ASKED, ACCEPTED, DECLINED, WITHDRAWN = "asked", "accepted", "declined", "withdrawn"
ONE_AT_A_TIME = text(f"status = '{ASKED}'")


class TransferHead(Struct, frozen=True, kw_only=True):
    """When it was asked and answered, and the reference by which the other team speaks of it."""

    asked_at: datetime
    reference: str
    decided_at: datetime | None = None
    decided_by: UUID | None = None
    answer_read_on: date | None = None  # by the team that asked, where the answer was no


class TransferBody(Struct, frozen=True, kw_only=True):
    """What the other team has to know before it decides, and why it said no."""

    why: str
    note: str  # the hand-over note
    consent: str = ""  # code of sharing_consent
    person_told: bool | None = None
    answer: str = ""


class Transfer(SealedRow, Base):
    """A team is asked to take a case over."""

    __tablename__ = "case_transfers"
    __table_args__ = (
        Index("ix_case_transfers_to_team", "to_team_id", "status"),
        Index(
            "uq_case_transfers_one_asked",
            "case_id",
            unique=True,
            sqlite_where=ONE_AT_A_TIME,
            postgresql_where=ONE_AT_A_TIME,
        ),
    )
    __label__ = "case_transfer"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "from_team_id", "to_team_id", "author_id", "status")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    from_team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    to_team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(20), default=ASKED)

    head = SealedDocument(TransferHead)
    body = SealedDocument(TransferBody)

    @property
    def waits_to_be_read(self) -> bool:
        """The answer was no, and nobody of the team that asked has said that they know."""
        return self.status == DECLINED and self.head.answer_read_on is None
