"""Text never takes more room than foretold: held against the typefaces themselves."""

from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from caseapp.documents.fonts import FACES, FOLDER, Face, families_for
from caseapp.documents.letter_widths import BOLD, lines_of, width_of

ORDERS = (families_for("en"), families_for("ar"))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def advances(face: Face) -> dict[str, float]:
    """The advance of each character of a face, and of the shapes that it takes beside others."""
    found: dict[str, float] = {}
    with TTFont(FOLDER / face.file, lazy=True) as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        for code, glyph in font.getBestCmap().items():
            shape = chr(code)
            plain = unicodedata.normalize("NFKC", shape)
            is_shape_of_one = "\ufb50" <= shape <= "\ufefc" and len(plain) == 1
            for each in {shape, plain} if is_shape_of_one else {shape}:
                found[each] = max(found.get(each, 0), widths[glyph][0] / em)
    return found


def is_drawn_by(face: Face, character: str) -> bool:
    """Only the first family that has a letter draws it; a paper has one of two orders."""
    return any(_first(order, character) == face.family for order in ORDERS)


def _first(order: tuple[str, ...], character: str) -> str:
    has = {face.family for face in FACES if character in _CHARACTERS[face]}
    return next(name for name in order if name in has)


_ADVANCES = {face: advances(face) for face in FACES}
_CHARACTERS = {face: frozenset(_ADVANCES[face]) for face in FACES}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_no_letter_is_wider_than_foretold(face: Face) -> None:
    scale = BOLD if face.weight == 700 else 1.0
    wider = {
        character: advance
        for character, advance in _ADVANCES[face].items()
        if advance > width_of(character) * scale + 0.001 and is_drawn_by(face, character)
    }
    assert wider == {}


def test_words_go_to_the_next_line_when_they_stop_fitting() -> None:
    one = 5 * width_of("a")
    assert lines_of("aaaaa", size=1, width=one + 0.5) == 1
    assert lines_of("aaaaa aaaaa", size=1, width=one + 0.5) == 2
    assert lines_of("aaaaa aaaaa", size=1, width=2 * one + width_of(" ") + 0.5) == 1


def test_nothing_takes_no_line() -> None:
    assert lines_of(" \n ", size=10, width=200) == 0


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert 4 <= lines_of("a" * 100, size=10, width=200) <= 5


@given(WORDS, WORDS)
def test_more_words_never_take_fewer_lines(some: str, more: str) -> None:
    assert lines_of(some, size=10, width=200) <= lines_of(f"{some} {more}", size=10, width=200)


@given(WORDS)
def test_bold_words_never_take_fewer_lines(words: str) -> None:
    plain = lines_of(words, size=10, width=200)
    assert plain <= lines_of(words, size=10, width=200, bold=True)
