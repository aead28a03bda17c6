"""Cards with codes: a phone can read each square, and the paper says nothing of whose they are."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
import segno

from caseapp.documents.rendering import render_pdf
from caseapp.documents.survey_cards import (
    SurveyCard,
    SurveyCards,
    greetings,
    survey_cards_html,
)
from caseapp.languages import LANGUAGES, catalogue
from tests.unit.documents.conftest import faults, text_of
from tests.unit.documents.read_aloud import Reader, without_spaces
from tests.unit.documents.seen_page import letters_of

SHORT = "v.example.org/s"
LONG = "a-rather-long-name.of-a-service.in-a-borough.example.gov.uk/s"
MARGIN, WIDTH, HEIGHT, SQUARE, GAP = 12, 93, 68, 36, 4  # millimetres, as in the template
QUIET = 4  # modules of white around the square


def codes(number: int) -> list[str]:
    """The widest signs there are, so that what does not fit is seen."""
    return [f"WWWW-MMMM-QQQQ-{place:04}" for place in range(number)]


def cards(number: int, address: str = SHORT) -> SurveyCards:
    made = (SurveyCard(link=f"https://{address}/{code}", code=code) for code in codes(number))
    return SurveyCards(cards=tuple(made), address=address)


def printed(number: int, address: str = SHORT) -> bytes:
    return render_pdf(survey_cards_html(cards(number, address)))


@pytest.mark.parametrize(("number", "sheets"), [(1, 1), (8, 1), (9, 2), (200, 25)])
def test_cards_pass_pdf_ua_eight_to_a_sheet(number: int, sheets: int) -> None:
    pdf = printed(number)
    assert faults(pdf) == []
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        assert len(document) == sheets
    assert [code for code in codes(number) if code not in text_of(pdf)] == []


def test_cards_are_read_aloud_one_after_the_other() -> None:
    said = Reader(printed(2)).text
    one = "".join(words for _, words in greetings()) + SHORT
    assert said == without_spaces("".join(one + code for code in codes(2)))


def test_the_title_stands_there_in_each_language_that_has_words_for_it() -> None:
    known = {
        code for code in LANGUAGES if catalogue(code).phrase("A few questions") != "A few questions"
    }
    assert {language.code for language, _ in greetings()} == known | {"en"}
    said = Reader(printed(1)).text
    assert [words for _, words in greetings() if without_spaces(words) not in said] == []


def test_the_paper_tells_a_neutral_title_and_nothing_else() -> None:
    with pikepdf.open(io.BytesIO(printed(1))) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert str(pdf.docinfo["/Title"]) == "A few questions"
    said = survey_cards_html(cards(1)).casefold()
    assert [word for word in ("caseapp", "survey", "victim", "violence") if word in said] == []


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_nothing_crosses_the_lines_to_cut_along(address: str) -> None:
    """Every letter of a full sheet lies within one of the eight cards."""
    points = 72 / 25.4
    for letter, box in letters_of(printed(8, address)):
        left, right = (edge / points - MARGIN for edge in (box.left, box.right))
        top, bottom = (297 - edge / points - MARGIN for edge in (box.top, box.bottom))
        assert int(left // WIDTH) == int(right // WIDTH), letter
        assert int(top // HEIGHT) == int(bottom // HEIGHT), letter
        assert left % WIDTH > GAP, letter


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_each_square_holds_the_link_of_its_card_module_by_module(address: str) -> None:
    """As a phone does: each module is looked at in its middle, on the printed page."""
    scale = 8  # pixels a point
    with pypdfium2.PdfDocument(io.BytesIO(printed(8, address))) as document:
        picture = document[0].render(scale=scale, grayscale=True).to_pil()
    for place, card in enumerate(cards(8, address).cards):
        matrix = segno.make(card.link, error="m", micro=False).matrix
        module = SQUARE / (len(matrix) + 2 * QUIET)
        left = MARGIN + WIDTH * (place % 2) + WIDTH - GAP - SQUARE
        top = MARGIN + HEIGHT * (place // 2) + GAP
        pixels = scale * 72 / 25.4
        seen = [
            [
                picture.getpixel(
                    (
                        round((left + (x + QUIET + 0.5) * module) * pixels),
                        round((top + (y + QUIET + 0.5) * module) * pixels),
                    )
                )
                < 128
                for x in range(len(matrix))
            ]
            for y in range(len(matrix))
        ]
        assert seen == [[bool(dark) for dark in row] for row in matrix], card
