"""Points out who, where and how to reach somebody in an open answer. Pure, and of our own rules.

It looks nobody up: a voice that was held against the names of clients or workers would no longer be
nobody's. So it points out too much rather than too little, and a person decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from caseapp.reference import code_list

HIDDEN = "[hidden]"
LETTER = r"[^\W\d_]"
WORD = rf"{LETTER}(?:{LETTER}|['’\-](?={LETTER}))*"
PATTERNS = {
    "e-mail or web address": r"\S+@\S+|\S*(?:https?://|www\.)\S+|@\w+",
    "postcode": r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b",
    "number": rf"\+?\d(?:[\d\s().\-/:]*\d)?(?:(?:st|nd|rd|th|am|pm)(?!{LETTER}))?",
}


class Pointed(NamedTuple):
    """Something to hide. `text` as it stands in the answer; `kind`: why it is pointed out."""

    text: str
    kind: str


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    everyday: str
    before_names: str
    places: str
    before_places: str


def point_out(text: str, own_names: Iterable[str] = ()) -> list[Pointed]:
    """What should be hidden, in the order in which it stands, each once however often it is there.

    `own_names`: of teams, which come from outside the lists.
    """
    found: list[Pointed] = []
    for start, end, kind in _joined(text, sorted(_spans(text, own_names))):
        piece = text[start:end].strip()
        if not any(re.fullmatch(f"(?i:{_whole(each.text)})", piece) for each in found):
            found.append(Pointed(piece, kind))
    return found


def hide(text: str, pieces: Iterable[str]) -> str:
    """The text without these pieces, wherever they stand in it, in capitals or not."""
    folded = sorted({each.strip() for each in pieces if each.strip()}, key=len, reverse=True)
    if not folded:
        return text
    pattern = "|".join(_whole(each) for each in folded)
    return re.sub(rf"(?i:{pattern})", HIDDEN, text)


def marked(text: str, pieces: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, and whether each of them is pointed out."""
    known = sorted(filter(None, pieces), key=len, reverse=True)
    if not known:
        return [(text, False)]
    parts = re.split(f"((?i:{'|'.join(map(_whole, known))}))", text)
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def is_in(text: str, piece: str) -> bool:
    return re.search(f"(?i:{_whole(piece)})", text) is not None


def _whole(piece: str) -> str:
    """Whole words alone: "Al" hides nothing in "also"."""
    words = r"\s+".join(map(re.escape, piece.split()))
    before = rf"(?<!{LETTER})" if re.match(LETTER, piece) else ""
    after = rf"(?!{LETTER})" if re.match(LETTER, piece[-1:]) else ""
    return before + words + after


Span = tuple[int, int, str]


def _spans(text: str, own_names: Iterable[str]) -> Iterator[Span]:
    for kind, pattern in PATTERNS.items():
        flags = re.IGNORECASE if kind == "postcode" else 0
        yield from ((*found.span(), kind) for found in re.finditer(pattern, text, flags))
    for name in (*_known_places(), *own_names):
        yield from ((*f.span(), "place") for f in re.finditer(f"(?i:{_whole(name)})", text))
    words = [(found.start(), found.end(), found[0]) for found in re.finditer(WORD, text)]
    for place, (start, end, word) in enumerate(words):
        before = words[place - 1] if place else None
        kind = _kind_of(text, start, word, before)
        if kind:
            yield start, end, kind
        yield from _beside_a_place(words, place)


def _kind_of(text: str, start: int, word: str, before: tuple[int, int, str] | None) -> str:
    folded = _folded(word)
    if folded in _listed("everyday"):
        return ""
    if before and _folded(before[2]) in _listed("before_names") | _listed("before_places"):
        return "name or place" if _is_near(text, before[1], start) else ""
    return "name or place" if word[:1].isupper() else ""


def _beside_a_place(words: list[tuple[int, int, str]], place: int) -> Iterator[Span]:
    """The place itself and the word before it: "heron street"."""
    start, end, word = words[place]
    if _folded(word) in _listed("places") and place:
        before = words[place - 1]
        if _folded(before[2]) not in _listed("everyday") and start - before[1] == 1:
            yield before[0], end, "place"


def _is_near(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return len(between) <= 2 and not set(between) & set("!?؟\n,;")


def _joined(text: str, spans: list[Span]) -> Iterator[Span]:
    """Those that touch, or have one space between them, are one: a name and a surname."""
    held: Span | None = None
    for start, end, kind in spans:
        if held and start <= held[1] + 1 and not text[held[1] : start].strip():
            kinds = held[2] if kind in held[2] else f"{held[2]}, {kind}"
            held = held[0], max(end, held[1]), kinds
            continue
        if held:
            yield held
        held = start, end, kind
    if held:
        yield held


@cache
def _listed(name: str) -> frozenset[str]:
    text = files("caseapp.voice").joinpath("pointing_words.toml").read_text(encoding="utf-8")
    words = getattr(msgspec.toml.decode(text, type=_Words), name).split()
    return frozenset(_folded(word) for word in words)


def _known_places() -> list[str]:
    """Wards and services, and the parts of a ward that has two."""
    wards = [each.label for each in code_list("ward").entries if each.group == "borough"]
    parts = [part for label in wards for part in label.split(" & ")]
    services = [each.label for each in code_list("service").entries]
    return list(dict.fromkeys([*wards, *parts, *services]))


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
