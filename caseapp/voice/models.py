"""What was said and what was done about it: of everybody together, and of no one answer.

Nothing of a case, but sealed: whoever changes it by SQL is found when it is read."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class FindingChange(Struct, frozen=True, kw_only=True):
    """Somebody wrote it anew. `before`: (question, answer as it was) of what differs."""

    at: datetime
    by: UUID
    before: tuple[tuple[str, str], ...]


class FindingHead(Struct, frozen=True, kw_only=True):
    """`said`: what people said; `stage`: survey_stage; `theme`: what_helped, or ""; `since`,
    `until`: the months in which it was said, YYYY-MM; `done`: what was done; `state`:
    finding_state, as it stood on `on`."""

    said: str
    stage: str
    since: str
    until: str
    state: str
    on: date
    done: str = ""
    theme: str = ""
    changes: tuple[FindingChange, ...] = ()


class Finding(SealedRow, Base):
    """You said, we did."""

    __tablename__ = "findings"
    __label__ = "finding"
    __key_owner__ = "id"
    __key_kind__ = "finding"
    __bound_columns__ = ("author_id", "action_id")

    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_actions.id"), index=True)

    head = SealedDocument(FindingHead)
