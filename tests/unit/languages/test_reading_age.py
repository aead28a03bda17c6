"""A nine-year-old can read our phrases in English: how long the words are, and which they are.

Textstat's formulas give a school grade of the United States. Pupils are between grade + 5 and
grade + 6 years old when that grade starts, so half-way between is the reading age here. A single
phrase is too short for a formula: the whole sentences of each file are measured as one text, and a
second test looks at each word.
"""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
import textstat

from tests.unit.languages.phrases import phrases_in_use

Formula = Callable[[str], float]

READING_AGE = 9
HIGHEST_GRADE = READING_AGE - 5.5
FORMULAS = (textstat.automated_readability_index, textstat.coleman_liau_index)
# Textstat brings Dale's 3,000 words, which four in five children of nine or ten know. The list is
# American and older than the internet; each word here was weighed when it came.
ALSO_KNOWN = {
    "apps", "helpline", "internet", "mobile", "online", "passport", "passwords",
    "adult", "area", "calm", "collect", "grown-up", "grown-ups", "neighbours", "press", "pressure",
    "scary", "support", "zigzag",
    "device", "disagree", "don’t", "easier", "link", "shift", "type", "understood", "usual",
}  # fmt: skip
# The names of helplines are what one asks for.
NAMES = {"childline", "victim"}
# Easy read says what these mean.
EXPLAINED = {
    "code", "documents", "emergency", "injunction", "marac", "peers", "refuge", "separation",
    "social", "solicitor",
}  # fmt: skip
EASY_READ = "templates/documents/plans/easy_read.html"


def texts() -> dict[str, str]:
    """The whole sentences of each file that uses phrases, and of all of them."""
    found: dict[str, list[str]] = {}
    for phrase, places in phrases_in_use().items():
        for place in ("everything", *places):
            if phrase.endswith((".", "?")):
                found.setdefault(place, []).append(phrase)
    return {place: " ".join(phrases) for place, phrases in found.items() if len(phrases) > 4}


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.__name__)
@pytest.mark.parametrize("place", texts())
def test_a_nine_year_old_can_read_the_sentences_of_a_plan(formula: Formula, place: str) -> None:
    assert formula(texts()[place]) <= HIGHEST_GRADE


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.__name__)
def test_the_formulas_tell_what_an_office_would_have_written(formula: Formula) -> None:
    office = (
        "Please indicate which circumstances precipitate escalation of threatening behaviour. "
        "Identify appropriate individuals who could facilitate emergency accommodation."
    )
    assert formula(office) > HIGHEST_GRADE


def test_each_word_is_one_that_a_nine_year_old_knows_or_that_we_explain() -> None:
    easy = _easy_words() | ALSO_KNOWN | NAMES | EXPLAINED
    hard = {
        word for word in _words_of(*phrases_in_use()) if not easy.intersection(_plainer_forms(word))
    }
    assert hard == set()


def test_no_word_is_let_through_that_nobody_uses() -> None:
    assert (ALSO_KNOWN | NAMES | EXPLAINED) - set(_words_of(*phrases_in_use())) == set()


def test_easy_read_says_what_each_hard_word_means() -> None:
    said = [p for p, places in phrases_in_use().items() if EASY_READ in places]
    assert EXPLAINED - set(_words_of(*said)) == set()


def _words_of(*phrases: str) -> Iterator[str]:
    for phrase in phrases:
        yield from re.findall(r"[a-z][a-z’-]*", phrase.replace("{day}", "").lower())


def _easy_words() -> set[str]:
    listed = files("textstat").joinpath("resources", "en", "easy_words.txt")
    return set(listed.read_text(encoding="utf-8").split())


def _plainer_forms(word: str) -> Iterator[str]:
    """The word itself, and what it may be a form of: help for helps, helped, helping, helper."""
    yield word
    yield word.removeprefix("un")
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    for ending in ("’s", "s", "es", "d", "ed", "r", "er", "ing", "ly"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield from (stem, f"{stem}e", stem[:-1])
