"""What changed between two texts: whole sentences first, and word by word where one was rewritten.

Pure: it knows words alone. Putting the kept and the removed pieces together gives the old text,
the kept and the added ones the new.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter

KEPT, REMOVED, ADDED = "kept", "removed", "added"
TOKENS = re.compile(r"\s+|\S+")
ENDS = (".", "!", "?", "؟", "۔")
# Of sentences, or of words in rewritten ones, and the spaces between them: the work grows with the
# product of both sides. A text of 10,000 words has some 2,000 of them.
MOST_PAIRS = 16_000_000
# Of the words of both sides: where fewer stayed, single ones that happen to stand in both texts
# only make it harder to read.
SHARE_KEPT = 0.3


@dataclass(frozen=True)
class Piece:
    """Some of the text, and whether it was kept, removed or added."""

    change: str
    text: str


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in reading order: what was removed stands before what came in its place."""
    if old == new:
        return tuple(_pieces((KEPT, old)))
    found: list[Piece] = []
    for is_kept, before, after in _changes(_sentences(old), _sentences(new)):
        if is_kept:
            found += _pieces((KEPT, before))
        else:
            found += _word_by_word(before, after)
    return tuple(_joined(found))


def _word_by_word(old: str, new: str) -> Iterator[Piece]:
    changes = _changes(TOKENS.findall(old), TOKENS.findall(new))
    kept = sum(len(before.split()) for is_kept, before, _ in changes if is_kept)
    if 2 * kept < SHARE_KEPT * (len(old.split()) + len(new.split())):
        changes = [(False, old, new)]
    for is_kept, before, after in changes:
        yield from (
            _pieces((KEPT, before)) if is_kept else _pieces((REMOVED, before), (ADDED, after))
        )


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, str, str]]:
    """(whether it stayed, the old text, the new) in order. Where the lists are too long to be
    compared, all of it is taken for rewritten."""
    if len(old) * len(new) > MOST_PAIRS:
        return [(False, "".join(old), "".join(new))]
    matcher = SequenceMatcher(str.isspace, old, new)
    return [
        (what == "equal", "".join(old[first:last]), "".join(new[start:end]))
        for what, first, last, start, end in matcher.get_opcodes()
    ]


def _sentences(text: str) -> list[str]:
    """Sentences, and the spaces around them; together they are the text."""
    found: list[str] = []
    begun: list[str] = []
    for token in TOKENS.findall(text):
        if token.isspace() and (not begun or "\n" in token):
            found += [*_whole(begun), token]
        else:
            begun.append(token)
            if token.endswith(ENDS):
                found += _whole(begun)
    return [*found, *_whole(begun)]


def _whole(begun: list[str]) -> list[str]:
    """The sentence that ends here, if one was begun; the next one begins anew."""
    sentence = "".join(begun)
    begun.clear()
    return [sentence] if sentence else []


def _pieces(*changes: tuple[str, str]) -> Iterator[Piece]:
    return (Piece(change, text) for change, text in changes if text)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """What stayed at the end of one sentence and the whole of the next are one piece."""
    for change, alike in groupby(pieces, key=attrgetter("change")):
        yield Piece(change, "".join(piece.text for piece in alike))
