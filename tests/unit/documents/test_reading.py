"""What a PDF tells a screen reader beside its letters: words in their order, and languages."""

from __future__ import annotations

import pypdfium2
import pytest

from caseapp.documents.rendering import render_pdf
from caseapp.documents.typesetting import isolated, numbers_kept
from tests.unit.documents.read_aloud import Reader, without_spaces

PAGE = '<html lang="{}" dir="{}"><title>t</title><h1>h</h1>{}'


def read(language: str, direction: str, body: str) -> Reader:
    return Reader(render_pdf(PAGE.format(language, direction, body)))


@pytest.mark.parametrize(
    "line",
    [
        "أتصل بأختي زينب على الرقم 07700 900123.",
        'أتصل <bdi dir="ltr">07700 900123</bdi> الآن.',
        "أذهب إلى المكتبة (Kensal Library) وأنتظر.",
        "به کتابخانه می‌روم.",
        "Somebody follows me",
    ],
)
def test_a_line_on_a_page_of_arabic_is_read_out_as_it_was_written(line: str) -> None:
    words = line.replace('<bdi dir="ltr">', "").replace("</bdi>", "")
    said = read("ar", "rtl", f"<p>خطتي</p><p>{line}</p>").text
    assert said == without_spaces(f"hخطتي{words}")


def digits_as_printed(body: str) -> str:
    """From left to right, whichever way they are written."""
    with pypdfium2.PdfDocument(render_pdf(PAGE.format("ar", "rtl", body))) as document:
        text = document[0].get_textpage()
        signs = [
            (text.get_charbox(n)[0], text.get_text_range(n, 1)) for n in range(text.count_chars())
        ]
    return "".join(sign for _, sign in sorted(signs) if sign.isdigit())


@pytest.mark.parametrize(
    "number",
    [
        "07700 900123",
        "+44 (0)7700 900-123",
        "07700 – 900123",
        "07700\u2011900\u2010123",
        "07700\u2009900\u00a0123",
        "07700\u200f \u061c900123",
        "116 123",
    ],
)
def test_the_groups_of_a_number_never_change_places_among_arabic_letters(number: str) -> None:
    dialled = "".join(filter(str.isdigit, number))
    line = f"أتصل {number} الآن"
    assert digits_as_printed(f"<p>{numbers_kept(line)}") == dialled
    assert digits_as_printed(f"<p>{isolated(line)}") == dialled


def test_english_among_arabic_is_read_out_by_an_english_voice() -> None:
    assert read("ar", "rtl", '<p>خطتي <span lang="en">Call 999.</span></p>').languages == {"en"}


def test_a_document_in_one_language_names_it_once() -> None:
    assert read("en", "ltr", "<p>Call <b>999</b>.</p>").languages == set()


def test_a_document_without_a_language_still_prints() -> None:
    assert Reader(render_pdf("<title>t</title><h1>h</h1><p lang=en>word")).text == "hword"
