"""The partnership's action plan: what it wants, what is done for it, and how far that is.

Nothing of a case, but sealed: whoever changes a due date by SQL is found when the plan is read."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class Change(Struct, frozen=True, kw_only=True):
    """Somebody wrote it anew. `before`: (question, answer as it was) of what differs."""

    at: datetime
    by: UUID
    before: tuple[tuple[str, str], ...]


class ObjectiveHead(Struct, frozen=True, kw_only=True):
    """What the partnership wants. `place`: objectives stand in the order of it."""

    title: str
    why: str = ""
    place: int = 1
    changes: tuple[Change, ...] = ()


class Objective(SealedRow, Base):
    """One objective of the plan."""

    __tablename__ = "plan_objectives"
    __label__ = "plan_objective"
    __key_owner__ = "id"
    __key_kind__ = "plan_objective"
    __bound_columns__ = ("author_id",)

    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(ObjectiveHead)


class ProgressStep(Struct, frozen=True, kw_only=True):
    """How far it was on a day, and what shows it. It is added and never changed."""

    id: UUID
    on: date
    state: str  # a code of action_state
    words: str = ""
    evidence: str = ""
    link: str = ""  # where the evidence is; shown, never fetched
    at: datetime
    by: UUID


class ActionHead(Struct, frozen=True, kw_only=True):
    """What is done, by whom and until when. `owner`: an agency or a post, never a client."""

    title: str
    owner: str
    due_on: date
    added_on: date
    indicators: tuple[str, ...] = ()  # codes of the list indicator
    steps: tuple[ProgressStep, ...] = ()  # in the order in which they were written
    changes: tuple[Change, ...] = ()


class PlannedAction(SealedRow, Base):
    """One action under an objective."""

    __tablename__ = "plan_actions"
    __label__ = "plan_action"
    __key_owner__ = "id"
    __key_kind__ = "plan_action"
    __bound_columns__ = ("objective_id", "author_id")

    objective_id: Mapped[UUID] = mapped_column(ForeignKey("plan_objectives.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(ActionHead)
