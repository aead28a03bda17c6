"""Which characters our typefaces can draw, read from the font files themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from fontTools.ttLib import TTFont

from caseapp.documents.fonts import EVERYDAY, FACES, FOLDER, Face

STAND_IN = "\N{REPLACEMENT CHARACTER}"
# Joiners, direction marks and variation selectors shape their neighbours and are never drawn.
SHAPING = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F)))


@cache
def characters_of(face: Face) -> frozenset[str]:
    """The characters that one face can draw."""
    with TTFont(FOLDER / face.file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def faces_for(text: str) -> tuple[Face, ...]:
    """The faces that `text` needs besides EVERYDAY: for each character the first that has it."""
    families = {_first_family(character) for character in _beyond_ascii(text)}
    return tuple(face for face in FACES if face.family in families and face not in EVERYDAY)


def drawable(text: str) -> str:
    """`text` composed (NFC), with a stand-in for each character that no face can draw.

    PDF/UA forbids a glyph without a character; a reader could not tell what stood there.
    """
    text = unicodedata.normalize("NFC", text)
    return text.translate(dict(_replacements(set(text))))


def _replacements(characters: Iterable[str]) -> Iterator[tuple[int, str]]:
    for character in characters:
        if unicodedata.category(character) == "Cc" and character not in "\n\t":
            yield ord(character), "\n" if character == "\r" else ""
        elif not (character.isascii() or _is_printable(character)):
            yield ord(character), _nearest(character)


def _nearest(character: str) -> str:
    """A space for a rare space, plain letters for fancy ones, else the stand-in."""
    plain = " " if character.isspace() else unicodedata.normalize("NFKC", character)
    return plain if all(c.isascii() or _is_printable(c) for c in plain) else STAND_IN


def _beyond_ascii(text: str) -> set[str]:
    return {character for character in text if not character.isascii()}


@cache
def _is_printable(character: str) -> bool:
    return _shapes_others(character) or _first_family(character) is not None


@cache
def _first_family(character: str) -> str | None:
    return next((face.family for face in FACES if character in characters_of(face)), None)


def _shapes_others(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or character in SHAPING
