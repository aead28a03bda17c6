"""Answers of victims: each set of answers is one unit, which belongs to nobody."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from caseapp.indicators.catalogue import SURVEY_RESPONSES, Unit
from caseapp.indicators.dimensions import category
from caseapp.indicators.periods import Period
from caseapp.indicators.units.counted import Counted, one, some
from caseapp.surveys.queries import responses
from caseapp.surveys.responses import Response

# The codes of survey_item, each of which is a dimension of its own.
ITEMS = ("feels_safer", "knows_help", "could_use", "listened_to", "understood", "copes")
NOT_ASKED = "not_asked"


def count_answers(session: Session, period: Period) -> Iterator[Counted]:
    """Raises CannotOpen for a damaged batch."""
    for response in responses(session, *period.months):
        yield Counted(SURVEY_RESPONSES, period.since, answer_unit(response))


def answer_unit(response: Response) -> Unit:
    said = dict(response.answers)
    return {
        "stage": one(response.stage),
        "justice": one(response.justice_outcome),
        "helped": some(response.helped),
        **{item: one(category(item, said.get(item, NOT_ASKED))) for item in ITEMS},
    }
