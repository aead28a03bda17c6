"""The readable store of answers: batches, and never an answer on its own.

An answer has no row, id, time or place in an order, so that no row of anything else can be held
against it. The row of a batch knows the month and how many answers it holds.
"""

from msgspec import Struct
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.surveys.responses import Response
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class BatchHead(Struct, frozen=True, kw_only=True):
    """The answers, in an order that chance gave them."""

    responses: tuple[Response, ...]


class SurveyBatch(SealedRow, Base):
    """Answers of one month, as many as are needed for nobody to stand alone."""

    __tablename__ = "survey_batches"
    __label__ = "survey_batch"
    __key_owner__ = "id"
    __key_kind__ = "survey_batch"
    __bound_columns__ = ("month", "answers")

    month: Mapped[str] = mapped_column(String(7), index=True)  # YYYY-MM
    answers: Mapped[int]

    head = SealedDocument(BatchHead)
