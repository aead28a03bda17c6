"""Codes as a person gets them: with the link that opens each, and the place to type it at."""

from collections.abc import Sequence

from caseapp.documents.survey_cards import SurveyCard, SurveyCards
from caseapp.giving.rules import place_to_type
from caseapp.surveys.codes import as_typed
from caseapp.surveys.links import link_of


def card_of(code: str) -> SurveyCard:
    return SurveyCard(link=link_of(code), code=as_typed(code))


def cards_of(codes: Sequence[str]) -> SurveyCards:
    """At least one."""
    cards = tuple(card_of(code) for code in codes)
    return SurveyCards(cards=cards, address=place_to_type(cards[0].link))
