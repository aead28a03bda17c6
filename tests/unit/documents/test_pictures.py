"""The pictures of plans: that they are there, no two share a word, and which fits a sentence."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.documents.assets import ALLOWED, AssetFetcher
from caseapp.documents.pictures import PICTURES, STATIC, picture_of, suggest
from caseapp.reference import code_list
from caseapp.setup.drawings import checked_drawing

SECTIONS = [
    section
    for name in ("youth_violence", "domestic_abuse", "child")
    for section in code_list(f"plan_section_{name}").entries
]


@pytest.mark.parametrize("code", PICTURES)
def test_each_picture_is_shapes_alone_and_a_document_may_fetch_it(code: str) -> None:
    picture = PICTURES[code]
    assert checked_drawing(picture.path.read_text(encoding="utf-8"), picture.file)
    answer = AssetFetcher().fetch(f"asset:pictures/{code}.svg")
    assert answer.read() == picture.path.read_bytes()
    assert ALLOWED[picture.asset] == (picture.path, "image/svg+xml")


@pytest.mark.parametrize("folder", ["pictures", "vendor/pictures"])
def test_no_picture_lies_there_that_the_list_does_not_name(folder: str) -> None:
    named = {one.file for one in PICTURES.values() if one.static.startswith(f"{folder}/")}
    assert {path.name for path in (STATIC / folder).glob("*.svg")} == named


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.code)
def test_each_section_of_a_plan_has_a_picture(section: object) -> None:
    assert section.attributes["picture"] in PICTURES  # type: ignore[attr-defined]


def test_a_word_stands_with_one_picture() -> None:
    counted = Counter(word for one in PICTURES.values() for word in one.words)
    assert [word for word, times in counted.items() if times > 1] == []


def test_no_two_pictures_have_one_label() -> None:
    labels = [picture.label for picture in PICTURES.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("I call 999.", "phone"),
        ("My aunt’s house.", "family"),
        ("I pack my bags.", "bag"),
        ("We were running to the buses.", "run"),
        ("I feel scared in the evening.", "scared"),
        ("At home I keep a spare key at home.", "home"),  # twice, so more than the key
        ("I STAY AWAY FROM THE PARK", "stop"),
        ("If it is not safe I run.", "run"),
        ("We go upstairs.", "stairs"),
        ("Je vais à l’école.", "school"),
        ("Voy a casa de mi hermana.", "home"),
        ("Telefono à minha mãe.", "family"),
        ("Waxaan wacaa booliska.", "police"),
        ("أذهب إلى المدرسة.", "school"),
        ("به خانه می روم.", "home"),
        ("Whatever.", ""),
        ("", ""),
    ],
)
def test_a_sentence_gets_the_picture_of_its_words(sentence: str, code: str) -> None:
    assert suggest(sentence) == code


@pytest.mark.parametrize(
    "sentence",
    ["Do not open the door.", "I don’t answer the phone.", "Never go by bus.", "No voy a casa."],
)
def test_what_not_to_do_never_gets_the_picture_of_doing_it(sentence: str) -> None:
    assert suggest(sentence) == "no"


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("I wait at the bus stop.", "bus"),
        ("I get off one stop early.", "clock"),
        ("I take the number 7 bus home.", "bus"),
        ("I save the messages.", "communication"),
        ("I cut through the estate.", "neighbours"),
        ("I book a bed at the refuge.", "bed"),
        ("They go quiet and drink.", "alcohol"),
    ],
)
def test_a_word_that_means_two_things_suggests_no_picture(sentence: str, code: str) -> None:
    assert suggest(sentence) == code


def test_a_word_that_means_two_things_still_finds_its_picture() -> None:
    assert "stop" in PICTURES["stop"].words


@given(st.text())
def test_any_text_gets_a_picture_of_the_list_or_none(sentence: str) -> None:
    assert suggest(sentence) in {"", *PICTURES}


def test_what_was_chosen_comes_before_what_is_suggested_and_the_section_last() -> None:
    assert picture_of("I call 999.", {"I call 999.": "key"}, "home") == "key"
    assert picture_of("I call 999.", {"I call 998.": "key"}, "home") == "phone"
    assert picture_of("Whatever.", {}, "home") == "home"
    # Of an edition of the list that had it: the paper must not look for a file that is not there.
    assert picture_of("Whatever.", {"Whatever.": "gone"}, "home") == "home"
