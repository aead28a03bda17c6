"""What a screen reader says of a PDF: it goes by the structure tree, not by the page."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw
from tinyhtml5 import parse

HEADING = re.compile(r"/?h[1-6]", re.IGNORECASE)
TEXT = pypdfium2.raw.FPDF_PAGEOBJ_TEXT
LOST_ON_THE_WAY = frozenset("-\x02\ufffe\ufe0f")
SILENT = {"style", "title", "head"}


class Reader:
    """One PDF, element by element in the order of its structure tree."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pikepdf.open(io.BytesIO(pdf))
        pages = enumerate(self._pdf.pages)
        self._pages: dict[object, int] = {page.objgen: number for number, page in pages}
        self._drawn = list(_drawn(pdf))

    @property
    def text(self) -> str:
        """Everything that is said, one space between words."""
        return without_spaces(" ".join(self._said(self._pdf.Root.StructTreeRoot.K)))

    @property
    def headings(self) -> list[str]:
        return [
            without_spaces(" ".join(self._said(found)))
            for found in self._elements()
            if _is_tagged_heading(found)
        ]

    @property
    def languages(self) -> set[str]:
        """Those that parts of the document are marked with."""
        return {str(found.Lang) for found in self._elements() if "/Lang" in found}

    def _elements(self) -> Iterator[Any]:
        waiting = [self._pdf.Root.StructTreeRoot.K]
        while waiting:
            now = waiting.pop()
            if isinstance(now, pikepdf.Array):
                waiting += reversed(list(now))
            elif isinstance(now, pikepdf.Dictionary):
                yield now
                waiting += [now.K] if "/K" in now else []

    def _said(self, item: Any, page: int = 0) -> Iterator[str]:
        if isinstance(item, pikepdf.Array):
            for one in item:
                yield from self._said(one, page)
        elif isinstance(item, pikepdf.Dictionary):
            page = self._pages[item.Pg.objgen] if "/Pg" in item else page
            if "/ActualText" in item:
                yield str(item.ActualText)
            elif item.get("/S") != "/Lbl":  # the dot before an item of a list
                yield from self._said(item.get("/K", pikepdf.Array()), page)
        else:
            yield self._drawn[page].get(int(item), "")


def said_in(html: str) -> str:
    """What the document that was printed says, in its order."""
    return without_spaces(" ".join(_texts(parse(html, namespace_html_elements=False))))


def headings_in(html: str) -> list[str]:
    """Its headings with their spaces, in their order."""
    tree = parse(html, namespace_html_elements=False)
    return ["".join(found.itertext()) for found in tree.iter() if _is_heading(found)]


def _texts(element: Any) -> Iterator[str]:
    if element.tag not in SILENT:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _is_heading(element: Any) -> bool:
    return isinstance(element.tag, str) and bool(HEADING.fullmatch(element.tag))


def _is_tagged_heading(element: Any) -> bool:
    return bool(HEADING.fullmatch(str(element.get("/S", ""))))


def _drawn(pdf: bytes) -> Iterator[dict[int, str]]:
    """For each page its marked contents: number and text, as drawn."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            texts: dict[int, str] = {}
            for drawn in page.get_objects([TEXT], textpage=page.get_textpage()):
                number = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(drawn)
                texts[number] = texts.get(number, "") + drawn.extract()
            yield texts


def without_spaces(text: str) -> str:
    """Lines end where the paper does, and not where words do. What pdfium loses is left out: a
    hyphen at the end of a line, marks of direction, what asks for a coloured emoji."""
    return "".join(sign for sign in text if not (sign.isspace() or _is_lost(sign)))


def _is_lost(sign: str) -> bool:
    return sign in LOST_ON_THE_WAY or unicodedata.category(sign) == "Cf"
