"""How much room a text takes, without the typefaces at hand: never less than they will take.

The figures are the widest advance of each group of letters in our typefaces, in parts of the type
size; a test holds them against the font files.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache

THIN = frozenset(" !\"'(),-./:;[]\\`fijlrt{|}’‘ıاأإآٱ،؛۔")
WIDE = frozenset("mwMW@%&ŒœÆæŴŵ–—…")
WIDEST_ARABIC = frozenset("سشصضښۺڜڝڞ\u06dd؈﷼")
BOLD = 1.1
_BY_CATEGORY = {"Cc": 0.25, "Mn": 0.36, "Me": 1.8}


def lines_of(text: str, *, size: float, width: float, bold: bool = False) -> int:
    """How many lines `text` takes at most, when words go to the next line as they stop fitting.

    `size` and `width` in points; a word that is longer than a line is broken.
    """
    em = size * (BOLD if bold else 1.0)
    lines, used = 0, math.inf
    for word in _unbroken(text):
        room = sum(map(width_of, word)) * em
        if used + width_of(" ") * em + room <= width:
            used += width_of(" ") * em + room
            continue
        # Each line of a broken word may end one letter early.
        whole = 1 if room <= width else math.ceil(room / (width - 4 * em))
        lines, used = lines + whole, room if whole == 1 else width
    return lines


def _unbroken(text: str) -> list[str]:
    """The words, each with the signs after it that may not begin a line, or that may not end one
    before it."""
    joined: list[str] = []
    for word in text.split():
        if joined and (not _may_begin(word) or _opens(joined[-1])):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _may_begin(word: str) -> bool:
    return word[0].isalnum() or unicodedata.category(word[0]) in {"Ps", "Pi"}


def _opens(word: str) -> bool:
    return unicodedata.category(word[-1]) in {"Ps", "Pi"} or word[-1] in "\"'"


@cache
def width_of(character: str) -> float:
    """The advance of one character at most, in parts of the type size."""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character:  # it may be written out, where no typeface has it
        return max(_width(character), sum(map(_width, plain)))
    return _width(character)


def _width(character: str) -> float:
    if character in THIN:
        return 0.42
    if character in WIDE:
        return 1.1
    category = unicodedata.category(character)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    if character <= "\u017f" or character in "“”„":
        return 0.62 if category in {"Ll", "Pi", "Pf"} else 0.82
    return _width_abroad(character, category)


def _width_abroad(character: str, category: str) -> float:
    if "\u0600" <= character <= "\u06ff":
        return 1.35 if character in WIDEST_ARABIC else 1.0
    if "\u0370" <= character <= "\u05ff" or "\u1e00" <= character <= "\u1eff":
        return 1.35 if category == "Lu" else 1.1
    if category == "Cf":  # what joins letters or turns their direction is never drawn
        return 0.0 if "\u200b" <= character <= "\u200f" else 1.1
    if unicodedata.east_asian_width(character) in "WF" and category[0] == "L":
        return 1.05
    return 4.0 if category[0] in "SPN" else 2.4
