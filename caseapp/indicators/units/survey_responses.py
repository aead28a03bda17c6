"""Answers of victims, and those of the community: each set of answers is one unit of nobody.

They are two populations, so that what is said of victims is of victims alone.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from caseapp.indicators.catalogue import COMMUNITY_RESPONSES, SURVEY_RESPONSES, Unit
from caseapp.indicators.dimensions import category
from caseapp.indicators.periods import Period
from caseapp.indicators.units.counted import Counted, one, some
from caseapp.surveys.queries import responses
from caseapp.surveys.responses import COMMUNITY, Response

# The codes of survey_item, each of which is a dimension of its own.
COMMUNITY_ITEMS = ("knows_help", "could_use")
ITEMS = ("feels_safer", *COMMUNITY_ITEMS, "listened_to", "understood", "copes")
NOT_ASKED = "not_asked"


def count_answers(session: Session, period: Period) -> Iterator[Counted]:
    """Raises CannotOpen for a damaged batch."""
    for response in responses(session, *period.months):
        if response.stage == COMMUNITY:
            yield Counted(COMMUNITY_RESPONSES, period.since, _points(response, COMMUNITY_ITEMS))
        else:
            yield Counted(SURVEY_RESPONSES, period.since, answer_unit(response))


def answer_unit(response: Response) -> Unit:
    """What is counted of the answers of a victim."""
    return {
        "stage": one(response.stage),
        "justice": one(response.justice_outcome),
        "helped": some(response.helped),
        **_points(response, ITEMS),
    }


def _points(response: Response, items: Iterable[str]) -> Unit:
    said = dict(response.answers)
    return {item: one(category(item, said.get(item, NOT_ASKED))) for item in items}
