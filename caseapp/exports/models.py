"""The ledger of releases, what a second person said of each, and the jobs that make them."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.background import WorkRow
from caseapp.database import Base
from caseapp.disclosure.rules import ROUNDING_5
from caseapp.disclosure.tables import Cell, Dimension, Key
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class ReleaseHead(Struct, frozen=True, kw_only=True):
    """When it was made, and by which method of its year."""

    made_at: datetime
    method: str = ROUNDING_5.name


class KeptTable(Struct, frozen=True, kw_only=True):
    """A table with its true counts: what the attack on later months needs, and never leaves."""

    name: str
    dimensions: tuple[Dimension, ...]
    counts: tuple[tuple[Key, int], ...]
    population: str
    impossible: tuple[Key, ...]
    within: str | None


class ReleaseBody(Struct, frozen=True, kw_only=True):
    """The edition as it was solved, and the very bytes that leave. `worlds`: other true counts that
    fit all that is released; they show that it is safe, and spare later attacks the search."""

    tables: tuple[KeptTable, ...]
    values: tuple[tuple[Cell, int], ...]
    widened: tuple[Cell, ...]
    files: dict[str, bytes]
    hidden: tuple[tuple[Cell, tuple[int, int]], ...] = ()
    worlds: bytes = b""


class Release(SealedRow, Base):
    """One entry of the ledger, chained to the one before. It is added and never changed."""

    __tablename__ = "releases"
    __label__ = "release"
    __key_owner__ = "id"
    __key_kind__ = "release"
    __bound_columns__ = (
        "position", "period", "since", "inputs", "catalogue", "released", "solver", "previous",
        "made_by",
    )  # fmt: skip

    position: Mapped[int] = mapped_column(unique=True)  # 1 for the first
    period: Mapped[str] = mapped_column(String(7), unique=True)  # the month, YYYY-MM
    since: Mapped[str] = mapped_column(String(7))  # the first month that it counts
    inputs: Mapped[str] = mapped_column(String(64))
    catalogue: Mapped[str] = mapped_column(String(64))
    released: Mapped[str] = mapped_column(String(64))
    solver: Mapped[str] = mapped_column(String(100))
    previous: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[UUID | None]

    head = SealedDocument(ReleaseHead)
    body = SealedDocument(ReleaseBody)


class DecisionHead(Struct, frozen=True, kw_only=True):
    """When it was decided."""

    at: datetime


class DecisionBody(Struct, frozen=True, kw_only=True):
    """Why it must not leave; "" where it was agreed to."""

    reason: str


class ReleaseDecision(SealedRow, Base):
    """What a second person said of the very edition whose entry has this ledger head."""

    __tablename__ = "release_decisions"
    __label__ = "release_decision"
    __key_owner__ = "release_id"
    __key_kind__ = "release"
    __bound_columns__ = ("release_id", "decided_by", "agreed", "ledger_head")

    release_id: Mapped[UUID] = mapped_column(ForeignKey("releases.id"), index=True)
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    agreed: Mapped[bool]
    ledger_head: Mapped[str] = mapped_column(String(64))

    head = SealedDocument(DecisionHead)
    body = SealedDocument(DecisionBody)


class ReleaseJob(WorkRow):
    """One try to make a release in the background; holds nothing of a case."""

    __tablename__ = "release_jobs"

    period: Mapped[str] = mapped_column(String(7))
    state: Mapped[str] = mapped_column(String(10))  # running, done, failed, cancelled
    step: Mapped[str] = mapped_column(String(60))
    problem: Mapped[str] = mapped_column(String(500))
    user_id: Mapped[UUID]
    started_at: Mapped[str] = mapped_column(String(40))  # ISO 8601, UTC
    updated_at: Mapped[str] = mapped_column(String(40))
