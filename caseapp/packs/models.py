"""A pack of plans: what it was asked to hold, what came of each case, how far it is."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.background import WorkRow
from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

# Besides those of every work in the background. A pack goes only forward: one that was stopped is
# made again as another pack.
WAITING, STOPPED, CANCELLED, REMOVED = "waiting", "stopped", "cancelled", "removed"


class How(Struct, frozen=True, kw_only=True):
    """How its plans are printed. The password is not here: it is kept nowhere."""

    format: str = ""  # a code of the list plan_format; empty: each as its reader reads best
    language: str = ""  # BCP 47; empty: each in its reader's
    shape: str = "zip"  # or "pdf": one document
    copy_reason: str = ""  # a code of the list plan_copy_reason; empty: unsafe copies stay out


class PackHead(Struct, frozen=True, kw_only=True):
    """How it was asked for, and what opens its file once that is whole."""

    chosen_at: datetime
    how: How = How()
    key: bytes = b""
    size: int = 0  # bytes of the file, as it is downloaded


class Part(Struct, frozen=True, kw_only=True):
    """One plan of the pack: plan-001.pdf is number 1."""

    case_id: UUID
    number: int
    kind: str  # youth_violence or domestic_abuse
    format: str
    language: str


class LeftOut(Struct, frozen=True, kw_only=True):
    """A case, or one plan of it, that is not in the pack; `why`: a code of rules.LEFT_OUT."""

    case_id: UUID
    why: str


class PackBody(Struct, frozen=True, kw_only=True):
    """Which cases were chosen, in the order of their names, and what came of them."""

    cases: tuple[UUID, ...] = ()
    parts: tuple[Part, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Pack(SealedRow, Base):
    """One pack of one manager."""

    __tablename__ = "packs"
    __label__ = "pack"
    __key_owner__ = "id"
    __key_kind__ = "pack"
    __bound_columns__ = ("team_id", "author_id")

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(PackHead)
    body = SealedDocument(PackBody)


class PackProgress(WorkRow):
    """How far a pack is, under the same id: numbers alone, written often."""

    __tablename__ = "pack_progress"

    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    done: Mapped[int] = mapped_column(default=0)  # cases looked at
    of_all: Mapped[int] = mapped_column(default=0)
    plans: Mapped[int] = mapped_column(default=0)  # in the pack
    left_out: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(200), default="")
    updated_at: Mapped[str] = mapped_column(String(40), default="")  # ISO 8601, UTC

    @property
    def changed_at(self) -> datetime:
        """The last sign of life; of one that has ended, when that was."""
        return datetime.fromisoformat(self.updated_at)
