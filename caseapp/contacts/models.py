"""A contact note: what happened, kept apart from what the worker thinks of it."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class NoteHead(Struct, frozen=True, kw_only=True):
    """When contact was made or tried, and how."""

    at: datetime
    type: str
    contact_outcome: str
    minutes: int | None = None
    is_third_party: bool = False  # holds information about, or given by, somebody else


class NoteBody(Struct, frozen=True, kw_only=True):
    fact: str
    opinion: str = ""
    with_whom: str = ""
    safe_to_talk: bool | None = None
    next_action: str = ""
    next_action_on: date | None = None


class Note(SealedRow, Base):
    """A contact note: what happened, kept apart from what the worker thinks of it."""

    __tablename__ = "notes"
    __label__ = "note"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(NoteHead)
    body = SealedDocument(NoteBody)
