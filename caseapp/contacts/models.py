"""A contact note, and a task: what somebody has to do about the case by a day."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

OPEN, DONE = "open", "done"


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
    with_whom: str = ""  # who else took part; whether the person was reached is in the head
    safe_to_talk: bool | None = None
    next_action: str = ""
    next_action_on: date | None = None
    next_action_kind: str = ""  # code of contact_channel where it reaches the person
    why_not_safe: str = ""  # why contact was made in a way or at an hour that they said is unsafe


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


class TaskHead(Struct, frozen=True, kw_only=True):
    """What has to be done and by when."""

    what: str
    due_on: date
    kind: str = ""  # code of contact_channel where it reaches the person; else ""


class TaskStep(Struct, frozen=True, kw_only=True):
    """One dated step in the life of a task; steps are added and never changed."""

    on: date
    what: str  # added, changed, handed_over, done, opened_again
    by: UUID
    due_on: date | None = None


class TaskBody(Struct, frozen=True, kw_only=True):
    steps: tuple[TaskStep, ...] = ()
    note_id: UUID | None = None  # the note whose next action it is


class Task(SealedRow, Base):
    """Something that its owner has to do about a case by a day."""

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_case_status", "case_id", "status"),)
    __label__ = "task"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "owner_id", "status")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(20), default=OPEN)

    head = SealedDocument(TaskHead)
    body = SealedDocument(TaskBody)

    @property
    def is_open(self) -> bool:
        return self.status == OPEN
