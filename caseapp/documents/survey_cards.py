"""Cards to hand out, each with one code that opens a few questions once, and how they become HTML.

A card says neither whose questions these are nor what about: whoever finds one learns nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseapp.documents.qr_codes import qr_svg
from caseapp.documents.typesetting import typeset
from caseapp.languages import LANGUAGES, Language, State, catalogue

FILE_NAME = "cards.pdf"
TITLE = "A few questions"
ON_A_SHEET = 8


@dataclass(frozen=True)
class SurveyCard:
    """`link` goes into the square; `code`, in groups of four, is for typing at the address."""

    link: str
    code: str


@dataclass(frozen=True, kw_only=True)
class SurveyCards:
    """`address`: where a code can be typed, as it is typed into a browser."""

    cards: tuple[SurveyCard, ...]
    address: str


def survey_cards_html(paper: SurveyCards) -> str:
    """Return the whole HTML document: eight cards a sheet, with lines to cut along."""
    cards = paper.cards
    sheets = [cards[start : start + ON_A_SHEET] for start in range(0, len(cards), ON_A_SHEET)]
    return typeset(
        "documents/survey_cards.html",
        title=TITLE,
        sheets=sheets,
        address=paper.address,
        greetings=greetings(),
        qr_svg=qr_svg,
    )


def greetings() -> list[tuple[Language, str]]:
    """The title in each language that has words for it, English first."""
    said = [(language, catalogue(code).phrase(TITLE)) for code, language in LANGUAGES.items()]
    return [
        (language, words) for language, words in said if language.code == "en" or words != TITLE
    ]


def not_reviewed() -> list[str]:
    """The languages, in English, whose words no speaker has checked yet."""
    said = [language for language, _ in greetings()]
    return [
        each.english for each in said if catalogue(each.code).state(TITLE) is not State.REVIEWED
    ]
