"""Reading answers: always whole batches, in the order of the months alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.responses import OpenAnswer, Response


@dataclass(frozen=True)
class Batch:
    """Answers that were let out together. `month`: YYYY-MM."""

    id: UUID
    month: str
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class Heard:
    """An open answer, and the batch that it is coded in."""

    batch_id: UUID
    month: str
    answer: OpenAnswer
    response: Response


def responses(session: Session, since: str, until: str) -> list[Response]:
    """What was said in the months from `since` to `until` (YYYY-MM, both included), in the order
    of the months alone. Raises CannotOpen for a damaged batch."""
    wanted = SurveyBatch.month.between(since, until)
    rows = session.scalars(select(SurveyBatch).where(wanted).order_by(SurveyBatch.month))
    return [response for row in rows for response in row.head.responses]


def batches(session: Session) -> list[Batch]:
    """All that was let out, in the order of release. Raises CannotOpen for a damaged batch."""
    return [Batch(row.id, row.month, row.head.responses) for row in _rows(session)]


def open_answers(session: Session) -> list[Heard]:
    """All that was said in words, coded or not, a month after the other. Raises CannotOpen."""
    return [heard for row in _rows(session) for heard in _heard(row)]


def _heard(row: SurveyBatch) -> Iterator[Heard]:
    for answer in row.head.said:
        yield Heard(row.id, row.month, answer, row.head.responses[answer.response])


def _rows(session: Session) -> Iterator[SurveyBatch]:
    """A month has one batch of a questionnaire; its id is by chance."""
    in_order = select(SurveyBatch).order_by(SurveyBatch.month, SurveyBatch.id)
    return iter(session.scalars(in_order).all())
