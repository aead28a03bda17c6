"""Every format in every language, of both kinds of plan: printed, valid, and read in its order."""

from __future__ import annotations

import io
import unicodedata

import pikepdf
import pytest

from caseapp.documents.plan_paper import FORMATS, plan_html
from caseapp.documents.printer import Printer
from caseapp.languages import LANGUAGES, catalogue
from tests.unit.documents.conftest import faults, text_of
from tests.unit.documents.filled_plan import KINDS, filled_plan
from tests.unit.documents.read_aloud import Reader, headings_in, said_in, without_spaces

PAPERS = [(form, code, kind) for form in FORMATS for code in LANGUAGES for kind in KINDS]


@pytest.mark.parametrize(("form", "language", "kind"), PAPERS)
def test_everyone_can_read_every_paper(
    printer: Printer, form: str, language: str, kind: str
) -> None:
    html = plan_html(filled_plan(kind, language), form)
    pdf = printer.print(html)
    assert faults(pdf) == []
    assert_tells_nothing_but_its_title_and_language(pdf, language)
    reader = Reader(pdf)
    headings = headings_in(html)
    assert reader.headings == [without_spaces(heading) for heading in headings]
    assert reader.text == said_in(html)
    assert_help_comes_first(reader.text, language)
    assert_can_be_copied_out(headings, text_of(pdf), LANGUAGES[language].direction)


def assert_tells_nothing_but_its_title_and_language(pdf: bytes, language: str) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == language
        assert document.docinfo["/Title"] == catalogue(language).phrase("My plan")
        assert set(document.docinfo.keys()) == {"/Title", "/Producer"}
        told = {name.rpartition("}")[2] for name in document.open_metadata()}
        assert told == {"title", "part", "Producer"}


def assert_help_comes_first(said: str, language: str) -> None:
    title = without_spaces(catalogue(language).phrase("My plan"))
    assert said.startswith(title)
    first = said[len(title) : len(title) + 250]
    assert -1 < first.find("999") < first.find("55")


def assert_can_be_copied_out(headings: list[str], copied: str, direction: str) -> None:
    """Programs that go by the page alone put a line of two directions together each in its own way,
    and pdfium turns round the two letters of the sign لا: of Arabic script we ask for the letters
    of each word, and of the rest for the order of the headings too."""
    if direction == "ltr":
        whole = without_spaces(copied)
        assert -1 not in places_in_turn(whole, [without_spaces(heading) for heading in headings])
    else:
        words = {"".join(sorted(word)) for word in unicodedata.normalize("NFKC", copied).split()}
        asked = {word for word in " ".join(headings).split() if word.isalpha()}
        assert [word for word in asked if "".join(sorted(word)) not in words] == []


def places_in_turn(text: str, parts: list[str]) -> list[int]:
    """Where each of `parts` stands, behind the one before it; -1 where it does not."""
    places, start = [], 0
    for part in parts:
        found = text.find(part, start)
        places.append(found)
        start = max(found, start)
    return places
