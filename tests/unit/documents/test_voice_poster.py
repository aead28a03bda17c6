"""The poster: one page that anybody can read, and that says nothing but what was said and done."""

from __future__ import annotations

import io

import pikepdf
import pytest

from caseapp.documents.rendering import render_pdf
from caseapp.documents.voice_poster import SIZES, VoicePoster, poster_html
from caseapp.voice.forms import DONE_LIMIT, SAID_LIMIT
from tests.unit.documents.conftest import faults
from tests.unit.documents.read_aloud import Reader, said_in
from tests.unit.documents.seen_page import letters_of

YEARS = "September 2024 to September 2026"
SAID, DID = "We wait too long to be rung.", "There are two more workers."
ARABIC = "نعم."


def poster(said: str = SAID, did: str = DID, when: str = YEARS) -> VoicePoster:
    return VoicePoster(said=said, did=did, when=when)


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.parametrize(
    "words", ["long words and short ", "W", "語", "ﻻ ", "العربية وفارسی ", "<b>&amp;</b> ", "1 "]
)
def test_the_longest_that_can_be_typed_stays_on_one_page_and_passes_pdf_ua(words: str) -> None:
    html = poster_html(poster((words * 200)[:SAID_LIMIT], (words * 300)[:DONE_LIMIT]))
    pdf = render_pdf(html)
    assert pages_of(pdf) == 1
    assert faults(pdf) == []
    assert Reader(pdf).text == said_in(html)


@pytest.mark.parametrize("letters", range(10, SAID_LIMIT + 1, 38))
def test_no_size_of_the_letters_brings_a_second_page(letters: int) -> None:
    full = poster("W" * letters, "W" * letters)
    assert pages_of(render_pdf(poster_html(full))) == 1


def test_few_words_are_large_and_many_are_never_smaller_than_the_smallest() -> None:
    assert poster().size == max(SIZES)
    assert poster("said and done " * 14, "said and done " * 20).size >= 16
    assert poster("﷽" * SAID_LIMIT, "﷽" * DONE_LIMIT).size == min(SIZES)


def test_arabic_begins_at_the_right() -> None:
    pdf = render_pdf(poster_html(poster(ARABIC, ARABIC)))
    edges = [box.right for letter, box in letters_of(pdf) if "\u0600" <= letter <= "\u06ff"]
    assert max(edges) > 500  # of 595 points


def test_the_paper_tells_a_neutral_title_and_nobody_else() -> None:
    html = poster_html(poster())
    with pikepdf.open(io.BytesIO(render_pdf(html))) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert str(pdf.docinfo["/Title"]) == "You said, we did"
    told = html.casefold()
    assert [
        word for word in ("caseapp", "victim", "violence", "survey", "http") if word in told
    ] == []
