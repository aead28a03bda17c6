"""What an eye sees on the pages of a PDF: sizes of type, pictures, and the words beside each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

import pypdfium2
from pypdfium2 import PdfDocument, PdfPage, raw

MILLIMETRE = 72 / 25.4
BOTTOM = 20 * MILLIMETRE  # the margin, where the number of the page stands
TILE = 34 * MILLIMETRE  # the square behind each picture


@dataclass(frozen=True)
class Box:
    """In points, from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def holds(self, other: Box, slack: float = 1.0) -> bool:
        return (
            self.left - slack <= other.left
            and other.right <= self.right + slack
            and self.bottom - slack <= other.bottom
            and other.top <= self.top + slack
        )


@dataclass(frozen=True)
class Row:
    """A tile, how many pictures are drawn on it, and the words beside it."""

    page: int
    tile: Box
    pictures: int
    words: str


def sizes_of(pdf: bytes) -> set[float]:
    """The sizes of all type, in points, to a tenth."""
    with PdfDocument(pdf) as document:
        return {
            round(each.get_font_size() * abs(each.get_matrix().d), 1)
            for page in document
            for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
            if isinstance(each, pypdfium2.PdfTextObj)
        }


def rows_of(pdf: bytes) -> list[Row]:
    """The rows of all pages from top to bottom."""
    with PdfDocument(pdf) as document:
        return [row for number, page in enumerate(document) for row in _rows(number, page)]


def pictures_of(pdf: bytes) -> int:
    """How many pictures are drawn, wherever they stand."""
    with PdfDocument(pdf) as document:
        return sum(len(_boxes(page, raw.FPDF_PAGEOBJ_FORM)) for page in document)


def pages_of(pdf: bytes) -> int:
    with PdfDocument(pdf) as document:
        return len(document)


def letters_of(pdf: bytes) -> Iterator[tuple[str, Box]]:
    """Each letter that is drawn on the first page, and its box."""
    with PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            if letter.strip():
                yield letter, Box(*text.get_charbox(index))


def _rows(number: int, page: PdfPage) -> Iterator[Row]:
    drawn = _boxes(page, raw.FPDF_PAGEOBJ_FORM)
    tiles = {box for box in _boxes(page, raw.FPDF_PAGEOBJ_PATH) if _is_tile(box)}
    downwards = sorted(tiles, key=lambda box: -box.top)
    ends = [*(tile.top + 2 for tile in downwards[1:]), BOTTOM]
    text, lines = page.get_textpage(), _lines(page)
    for tile, end in zip(downwards, ends, strict=False):
        # A heading stands below a row and above the next, and begins where the tiles begin.
        beside = [
            line
            for line in lines
            if end <= line.bottom <= tile.top
            if line.left > tile.right or line.right < tile.left
        ]
        words = " ".join(text.get_text_bounded(*astuple(line)) for line in beside)
        pictures = sum(tile.holds(box) for box in drawn)
        yield Row(number, tile, pictures, " ".join(words.split()))


def _lines(page: PdfPage) -> list[Box]:
    """The lines of type, from the top."""
    found: dict[float, list[Box]] = {}
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        box = Box(*each.get_bounds())
        if box.width:
            found.setdefault(round(each.get_matrix().f), []).append(box)
    return [_around(found[height]) for height in sorted(found, reverse=True)]


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _is_tile(box: Box) -> bool:
    return abs(box.width - TILE) < 1 and abs(box.height - TILE) < 1


def _boxes(page: PdfPage, kind: int) -> list[Box]:
    rounded = (
        [round(edge, 1) for edge in each.get_bounds()]
        for each in page.get_objects(filter=[kind], max_depth=1)
    )
    return [Box(*edges) for edges in rounded]
