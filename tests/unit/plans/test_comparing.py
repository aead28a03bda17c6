"""What changed between two texts: nothing of either is lost, and the changes can be read."""

from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.plans import comparing
from caseapp.plans.comparing import ADDED, KEPT, MOST_PAIRS, REMOVED, Piece, compare_words

WORDS = st.sampled_from(
    ["I", "lock", "the", "door.", "خانه", "call!", "\n", "  ", "\r\n", "999", "؟"]
)
TEXT = st.text() | st.lists(WORDS, max_size=60).map(" ".join) | st.lists(WORDS).map("".join)


def without(change: str, pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.change != change)


@settings(deadline=None)
@given(TEXT, TEXT)
def test_nothing_of_either_text_is_lost(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    assert without(ADDED, pieces) == old
    assert without(REMOVED, pieces) == new


@settings(deadline=None)
@given(TEXT, TEXT)
def test_no_two_neighbours_are_of_one_kind_and_none_is_empty(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    assert all(piece.text for piece in pieces)
    kinds = [piece.change for piece in pieces]
    assert all(one != next_ for one, next_ in pairwise(kinds))
    assert (ADDED, REMOVED) not in pairwise(kinds)


@settings(deadline=None)
@given(TEXT)
def test_the_same_text_twice_is_kept_whole(text: str) -> None:
    assert {piece.change for piece in compare_words(text, text)} <= {KEPT}


@settings(deadline=None)
@given(TEXT, TEXT)
def test_what_was_added_one_way_was_removed_the_other_way_or_kept(old: str, new: str) -> None:
    assert bool(without(KEPT, compare_words(old, new))) == (old != new)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "I lock the door.", [(ADDED, "I lock the door.")]),
        ("I lock the door.", "", [(REMOVED, "I lock the door.")]),
        (
            "I lock the door.",
            "I lock the door. I call my aunt.",
            [(KEPT, "I lock the door."), (ADDED, " I call my aunt.")],
        ),
        (
            "I go to my aunt. I lock the door.",
            "I go to my gran. I lock the door.",
            [(KEPT, "I go to my "), (REMOVED, "aunt."), (ADDED, "gran."),
             (KEPT, " I lock the door.")],
        ),
        (
            "I go to the shop.\nI call mum.",
            "I call mum.",
            [(REMOVED, "I go to the shop.\n"), (KEPT, "I call mum.")],
        ),
        (
            "أذهب إلى بيت خالتي.",
            "أذهب إلى بيت أختي.",
            [(KEPT, "أذهب إلى بيت "), (REMOVED, "خالتي."), (ADDED, "أختي.")],
        ),
    ],
)  # fmt: skip
def test_a_reader_sees_which_words_changed(
    old: str, new: str, pieces: list[tuple[str, str]]
) -> None:
    assert [(piece.change, piece.text) for piece in compare_words(old, new)] == pieces


def test_a_sentence_with_nothing_in_common_is_not_torn_into_single_words() -> None:
    old = "I keep the bag under the stairs and the key with the man next door."
    new = "We agreed that the children ring the school from the shop."
    assert [piece.change for piece in compare_words(old, new)] == [REMOVED, ADDED]


@pytest.mark.parametrize("word", ["a ", "a. "])
def test_texts_too_long_to_compare_are_shown_whole_and_no_comparing_is_begun(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs: list[int] = []

    def counted(junk: Callable[[str], bool], old: list[str], new: list[str]) -> object:
        pairs.append(len(old) * len(new))
        return SequenceMatcher(junk, old, new)

    monkeypatch.setattr(comparing, "SequenceMatcher", counted)
    old, new = word * 20_000, word * 20_000 + "b"
    pieces = compare_words(old, new)
    assert (without(ADDED, pieces), without(REMOVED, pieces)) == (old, new)
    assert sum(pairs) <= MOST_PAIRS


def test_one_word_changed_in_ten_thousand_is_found() -> None:
    sentences = [f"On day {n} I walk along the long road to place {n}." for n in range(1_000)]
    old = " ".join(sentences)
    new = old.replace("to place 500.", "to nowhere at all.")
    changed = [(piece.change, piece.text) for piece in compare_words(old, new)
               if piece.change != KEPT]  # fmt: skip
    assert changed == [(REMOVED, "place 500."), (ADDED, "nowhere at all.")]
