"""A spreadsheet that is brought in: how it is read, how far it is, and what came of each row."""

from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct, field
from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.background import WorkRow
from caseapp.database import Base, PlainBase
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

# Besides those of every work in the background.
MAPPING, STOPPED, REMOVED = "mapping", "stopped", "removed"


class ImportHead(Struct, frozen=True, kw_only=True):
    """What the file was, and what opens the two streams that are kept of it."""

    file_name: str
    brought_at: datetime
    columns: tuple[str, ...]
    rows: int
    rows_key: bytes
    faults_key: bytes
    file_id: UUID = field(default_factory=uuid4)  # of the rows, apart from the form that was sent


class ImportBody(Struct, frozen=True, kw_only=True):
    """What each column means: a code of ours, or "" for one that is left out."""

    meanings: tuple[str, ...] = ()


class CaseImport(SealedRow, Base):
    """One spreadsheet, of one team."""

    __tablename__ = "case_imports"
    __label__ = "case_import"
    __key_owner__ = "id"
    __key_kind__ = "import"
    __bound_columns__ = ("team_id", "author_id")

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(ImportHead)
    body = SealedDocument(ImportBody)


class ImportProgress(WorkRow):
    """How far an import is, under the same id: numbers alone, written often."""

    __tablename__ = "import_progress"

    state: Mapped[str] = mapped_column(String(10), default=MAPPING)
    done: Mapped[int] = mapped_column(default=0)  # rows looked at
    of_all: Mapped[int] = mapped_column(default=0)
    brought: Mapped[int] = mapped_column(default=0)  # new cases
    known: Mapped[int] = mapped_column(default=0)  # rows that had been brought in before
    faulty: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(200), default="")
    updated_at: Mapped[str] = mapped_column(String(40), default="")  # ISO 8601, UTC


class ImportMark(PlainBase):
    """A blind token of a row that was brought in, so that it is not brought in again."""

    __tablename__ = "import_marks"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    import_id: Mapped[UUID] = mapped_column(ForeignKey("case_imports.id"))
