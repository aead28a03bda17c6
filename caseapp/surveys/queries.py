"""Reading answers: always all of the months that are asked for."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.responses import Response


def responses(session: Session, since: str, until: str) -> list[Response]:
    """What was said in the months from `since` to `until` (YYYY-MM, both included), in the order
    of the months alone. Raises CannotOpen for a damaged batch."""
    wanted = SurveyBatch.month.between(since, until)
    batches = session.scalars(select(SurveyBatch).where(wanted).order_by(SurveyBatch.month))
    return [response for batch in batches for response in batch.head.responses]
