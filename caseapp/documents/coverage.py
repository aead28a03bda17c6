"""Which characters our typefaces can draw, read from the font files themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from fontTools.ttLib import TTFont

from caseapp.documents.fonts import EVERYDAY, FACES, FOLDER, Face

STAND_IN = "\N{REPLACEMENT CHARACTER}"
# Joiners, direction marks and variation selectors shape their neighbours and are never drawn: of
# Unicode's Default_Ignorable_Code_Point what HarfBuzz leaves out. Other signs of their category are
# drawn, such as those around Arabic numbers.
SHAPING = frozenset(
    map(
        chr,
        (
            *(0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, 0xE0001),
            *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
            *(*range(0xFE00, 0xFE10), *range(0x1D173, 0x1D17B)),
            *(*range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0)),
        ),
    )
)
# They stand around notes between lines; in one typeface each has a shape that nothing draws.
NEVER_DRAWN = frozenset("\ufff9\ufffa\ufffb")


@cache
def characters_of(face: Face) -> frozenset[str]:
    """The characters that one face can draw, and is used for."""
    with TTFont(FOLDER / face.file, lazy=True) as font:
        drawn = frozenset(map(chr, font.getBestCmap()))
    return drawn & _range(face.only) if face.only else drawn


@cache
def _empty_boxes() -> frozenset[str]:
    """What lies in the range that a face is used for, and has no shape in it: no other is asked."""
    return frozenset().union(*(_range(face.only) - characters_of(face) for face in FACES))


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


def _range(unicode_range: str) -> frozenset[str]:
    """The characters of a CSS unicode-range such as "U+0600-06FF, U+200C-200F"; none for ""."""
    parts = filter(None, unicode_range.split(", "))
    ends = (part.removeprefix("U+").split("-") for part in parts)
    return frozenset(chr(c) for a, b in ends for c in range(int(a, 16), int(b, 16) + 1))


def _replacements(characters: Iterable[str]) -> Iterator[tuple[int, str]]:
    for character in characters:
        if character in NEVER_DRAWN:
            yield ord(character), ""
        elif unicodedata.category(character) == "Cc" and character not in "\n\t":
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
    return character in SHAPING or _first_family(character) is not None


@cache
def _first_family(character: str) -> str | None:
    if character in _empty_boxes():
        return None
    return next((face.family for face in FACES if character in characters_of(face)), None)
