"""Every phrase that is printed stands in every catalogue, complete and in plain sentences."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseapp.languages import LANGUAGES, State, catalogue
from caseapp.languages.translations import Translation, placeholders, read_translations
from tests.unit.languages.catalogues import OTHERS, path_of, renewed
from tests.unit.languages.phrases import phrases_in_use

MOST_WORDS = 15
END_OF_SENTENCE = re.compile(r"(?<=[.!?؟۔])\s+")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
HOW_TO_RENEW = "run: python -m tests.unit.languages.catalogues --write, then translate"

in_each_language = pytest.mark.parametrize("code", OTHERS)


def translations(code: str) -> Iterator[tuple[str, str]]:
    """Each phrase in English and in another language."""
    return ((english, found.words) for english, found in read_translations(path_of(code)).items())


def numbers(text: str) -> list[str]:
    return sorted("".join(filter(str.isdigit, found)) for found in re.findall(r"\d[\d\s]*", text))


def first_direction(text: str) -> str:
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next(kind for kind in kinds if kind in {"L", "R", "AL"})


@in_each_language
def test_the_catalogue_has_each_phrase_in_use_and_no_other(code: str) -> None:
    assert set(read_translations(path_of(code))) == set(phrases_in_use()), HOW_TO_RENEW


@in_each_language
def test_the_catalogue_is_in_step_with_the_places_that_use_it(code: str) -> None:
    assert path_of(code).read_bytes() == renewed(code, path_of(code)), HOW_TO_RENEW


def test_what_a_speaker_checked_outlives_the_writing_of_new_phrases(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    reviewed = '# reviewed by Marie Diallo, 2026-03-07\nmsgid "My plan"\nmsgstr "Mon plan"\n'
    path.write_text(f'{reviewed}\nmsgid "Out of use"\nmsgstr "Hors d’usage"\n', encoding="utf-8")
    path.write_bytes(renewed("fr", path))
    assert read_translations(path)["My plan"] == Translation("Mon plan", "Marie Diallo, 2026-03-07")
    assert set(read_translations(path)) == set(phrases_in_use())


@in_each_language
def test_no_phrase_waits_for_its_translation(code: str) -> None:
    words = catalogue(code)
    waiting = [english for english in phrases_in_use() if words.state(english) is State.MISSING]
    assert waiting == []


@in_each_language
def test_what_is_filled_in_later_survives_translation(code: str) -> None:
    lost = [
        english
        for english, words in translations(code)
        if placeholders(english) != placeholders(words)
    ]
    assert lost == []


@in_each_language
def test_each_number_to_dial_or_press_is_the_same_in_western_digits(code: str) -> None:
    changed = [
        english for english, words in translations(code) if numbers(english) != numbers(words)
    ]
    others = [words for _, words in translations(code) if re.search(r"(?![0-9])\d", words)]
    assert (changed, others) == ([], [])


@in_each_language
def test_a_number_in_groups_holds_together_so_that_no_direction_reorders_it(code: str) -> None:
    assert [words for _, words in translations(code) if re.search(r"\d \d", words)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_phrase_runs_in_the_direction_of_its_language(code: str) -> None:
    expected = "AL" if LANGUAGES[code].direction == "rtl" else "L"
    phrases = map(catalogue(code).phrase, phrases_in_use())
    assert [words for words in phrases if first_direction(words) != expected] == []


@in_each_language
def test_a_question_stays_a_question(code: str) -> None:
    mark = "؟" if LANGUAGES[code].direction == "rtl" else "?"
    changed = [
        english for english, words in translations(code) if english.count("?") != words.count(mark)
    ]
    assert changed == []


def test_french_marks_stay_on_the_line_of_their_word() -> None:
    loose = [
        words for _, words in translations("fr") if re.search(rf"[^{NO_BREAK_SPACE}][?!:;]", words)
    ]
    assert loose == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_has_more_words_than_easy_read_allows(code: str) -> None:
    phrases = map(catalogue(code).phrase, phrases_in_use())
    sentences = (sentence for words in phrases for sentence in END_OF_SENTENCE.split(words))
    too_long = {
        sentence: length(sentence) for sentence in sentences if length(sentence) > MOST_WORDS
    }
    assert too_long == {}


def length(sentence: str) -> int:
    """Words, that is whatever stands between spaces and has a letter or a digit."""
    return sum(any(map(str.isalnum, word)) for word in sentence.split())


@in_each_language
def test_every_character_is_composed_and_no_hidden_mark_steers_the_direction(code: str) -> None:
    hidden = {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"}
    wrong = [
        words
        for _, words in translations(code)
        if words != unicodedata.normalize("NFC", words) or hidden & set(words)
    ]
    assert wrong == []
