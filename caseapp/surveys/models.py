"""The tables of surveys: codes, one box of answers that wait, and batches.

An answer has no row, id, time or place in an order, so that no row of anything else can be held
against it. The row of a batch knows the month and how many answers it holds.
"""

from typing import Any

from msgspec import Struct
from sqlalchemy import Insert, LargeBinary, String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base, PlainBase, db
from caseapp.surveys.responses import OpenAnswer, Response
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class SurveyCode(PlainBase):
    """A one-use code, in the order of its hash. `expires`: a first of a month, or NULL on the
    stack; `content`: the code while it waits, then the facts sealed under it."""

    __tablename__ = "survey_codes"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 (SQLAlchemy reads it so)

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires: Mapped[str | None] = mapped_column(String(10))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class WaitingBox(PlainBase):
    """The one box of answers that wait; written anew with each."""

    __tablename__ = "survey_waiting"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BatchHead(Struct, frozen=True, kw_only=True):
    """The answers, in an order that chance gave them, and what was said in words."""

    responses: tuple[Response, ...]
    said: tuple[OpenAnswer, ...] = ()


class SurveyBatch(SealedRow, Base):
    """Answers that were let out in one month, as many as are needed for nobody to stand alone."""

    __tablename__ = "survey_batches"
    __label__ = "survey_batch"
    __key_owner__ = "id"
    __key_kind__ = "survey_batch"
    __bound_columns__ = ("month", "answers")

    month: Mapped[str] = mapped_column(String(7), index=True)  # YYYY-MM
    answers: Mapped[int]

    head = SealedDocument(BatchHead)


def insert_missing(table: Any) -> Insert:
    """Insert a row unless there is one of its key."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement: Insert = dialect.insert(table).on_conflict_do_nothing()
    return statement
