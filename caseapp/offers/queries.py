"""When the person of a case that was opened has been asked before."""

from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.offers.models import SurveyOffer


def offers_of(case: Case) -> list[SurveyOffer]:
    """The newest first."""
    return sorted(rows_in(case, SurveyOffer), key=lambda offer: offer.head.on, reverse=True)
