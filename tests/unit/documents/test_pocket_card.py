"""The pocket card: one page always, nothing cut off, nothing that tells on its outer sides."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseapp.documents import pocket_card
from caseapp.documents.plan_paper import (
    Helpline,
    Idea,
    PlanHelper,
    PlanPaper,
    PlanPlace,
    PlanSection,
    PlanStep,
    plan_html,
)
from caseapp.documents.pocket_card import left_out
from caseapp.documents.rendering import render_pdf
from caseapp.languages import LANGUAGES
from tests.unit.documents.conftest import faults, text_of
from tests.unit.documents.filled_plan import KINDS, filled_plan
from tests.unit.documents.seen_page import MILLIMETRE, Box, letters_of, pages_of, sizes_of

LEFT, TOP = 19.4 * MILLIMETRE, (297 - 9) * MILLIMETRE
PANEL_WIDTH, PANEL_HEIGHT = 85.6 * MILLIMETRE, 54 * MILLIMETRE
FOLDS_DOWN = [LEFT + n * PANEL_WIDTH for n in range(3)]
FOLDS_ACROSS = [TOP - n * PANEL_HEIGHT for n in range(6)]
# The margins of two panels meet at a fold. A line that overflows a panel lands in there.
CLEAR = 2.5 * MILLIMETRE

SCRIPTS = [
    "abc xyz",
    "WMW mmm",
    "سشص ضبت",
    "漢字仮名",
    "நான் தமிழ்",
    "ക്ഷത്രിയൻ",
    "😀👨‍👩‍👧",
    "Ọ̀láyínká",
    "ЩЖШ",
]
LETTERS = st.sampled_from("".join(SCRIPTS)) | st.characters(exclude_categories=["Cs", "Cc"])
WORDS = st.text(LETTERS, max_size=400) | st.sampled_from(["W" * 900, "a-" * 200, "x " * 300])
FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def card(paper: PlanPaper) -> bytes:
    return render_pdf(plan_html(paper, "pocket_card"))


def plan_of(*said: str, language: str = "en") -> PlanPaper:
    """A plan that says these words everywhere where a card could print them."""
    section = PlanSection(
        heading="My area",
        prompt="",
        picture="map",
        own=tuple(Idea(words=words, picture="map") for words in said),
        worker=tuple(Idea(words=words, picture="map") for words in said),
        steps=tuple(PlanStep(when=words, then=words, picture="map") for words in said),
        places=tuple(
            PlanPlace(label="A safe place", is_safe=True, words=words, picture="map")
            for words in said
        ),
        people=tuple(
            PlanHelper(who=words, reach=words, may_know=True, picture="map") for words in said
        ),
    )
    paper = filled_plan("youth_violence", language)
    return replace(paper, sections=(section, section))


def on_a_fold(pdf: bytes) -> list[str]:
    """The letters that stand on the outline or on a fold, or too near to it."""
    return [letter for letter, box in letters_of(pdf) if box.top > FOOT and _is_on_a_fold(box)]


FOOT = TOP - 5 * PANEL_HEIGHT  # below stands how to fold it


def _is_on_a_fold(box: Box) -> bool:
    down = any(box.left < fold + CLEAR and box.right > fold - CLEAR for fold in FOLDS_DOWN)
    across = any(box.bottom < fold + CLEAR and box.top > fold - CLEAR for fold in FOLDS_ACROSS)
    return down or across or box.left < LEFT or box.right > FOLDS_DOWN[-1] or box.top > TOP


def panels_of(pdf: bytes) -> dict[tuple[int, int], str]:
    """The letters of each panel, by column and row from the upper left one."""
    found: dict[tuple[int, int], str] = {}
    for letter, box in letters_of(pdf):
        if box.top > FOOT:
            place = int((box.left - LEFT) / PANEL_WIDTH), int((TOP - box.top) / PANEL_HEIGHT)
            found[place] = found.get(place, "") + letter
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_one_page_that_no_word_leaves(language: str, kind: str) -> None:
    pdf = card(filled_plan(kind, language))
    assert pages_of(pdf) == 1
    assert on_a_fold(pdf) == []
    assert faults(pdf) == []
    assert min(sizes_of(pdf)) >= 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_fold_it_stands_below_the_card_on_the_same_page(language: str) -> None:
    below = [box for _, box in letters_of(card(filled_plan(KINDS[0], language))) if box.top < FOOT]
    assert len(below) > 20
    assert min(box.bottom for box in below) > 3 * MILLIMETRE


@FEW
@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(list(LANGUAGES)))
def test_no_length_and_no_script_leaves_its_panel(said: list[str], language: str) -> None:
    pdf = card(plan_of(*said, language=language))
    assert pages_of(pdf) == 1
    assert on_a_fold(pdf) == []


@FEW
@given(st.lists(st.integers(1, 70), min_size=1, max_size=30))
def test_every_word_is_printed_or_told_as_left_out(lengths: list[int]) -> None:
    counted = iter(range(10_000))
    said = [" ".join(f"w{next(counted)}w" for _ in range(length)) for length in lengths]
    ideas = tuple(Idea(words=words, picture="home") for words in said)
    section = PlanSection(heading="Home", prompt="", picture="home", own=ideas)
    paper = replace(filled_plan("youth_violence"), sections=(section,))
    is_printed, is_told = text_of(card(paper)).split(), " ".join(left_out(paper)).split()
    assert sorted([*_canaries(is_printed), *is_told]) == sorted(" ".join(said).split())


def _canaries(words: list[str]) -> list[str]:
    return [word for word in words if word[0] == word[-1] == "w"]


def test_an_entry_is_left_out_whole() -> None:
    step = PlanStep(when="begin " * 3, then="end " * 400, picture="home")
    section = PlanSection(heading="Home", prompt="", picture="home", steps=(step,))
    paper = replace(filled_plan("youth_violence"), sections=(section,))
    text = text_of(card(paper))
    assert "begin" not in text
    assert "end " not in text
    assert len(left_out(paper)) == 1
    assert left_out(paper)[0].count("begin") == 3
    assert left_out(paper)[0].count("end") == 400


def test_a_short_plan_is_on_the_card_whole() -> None:
    paper = replace(plan_of("Mine"), sections=plan_of("Mine").sections[:1])
    assert left_out(paper) == ()
    assert text_of(card(paper)).count("Mine") == 7


def test_people_steps_and_places_come_before_other_words() -> None:
    text = text_of(card(filled_plan("domestic_abuse")))
    order = [text.find(part) for part in ("Zaynab", "somebody follows me", "The library", "I call")]
    assert order == sorted(order)
    assert -1 not in order


def test_helplines_that_find_no_room_are_told() -> None:
    lines = tuple(Helpline(label=f"Line {n} {'x' * 60}", number="0800 1111") for n in range(9))
    paper = replace(filled_plan("youth_violence"), helplines=lines)
    text = text_of(card(paper))
    missing = [line.label for line in lines if line.label.split()[1] not in _numbers(text)]
    assert [line for line in left_out(paper) if "Line" in line] == [
        f"0800 1111 {label}" for label in missing
    ]
    assert missing


def _numbers(text: str) -> list[str]:
    words = text.split()
    return [after for word, after in pairwise(words) if word == "Line"]


@pytest.mark.parametrize(("language", "front"), [("en", 0), ("ar", 1), ("fa", 1), ("so", 0)])
def test_folded_both_outer_sides_are_neutral(language: str, front: int) -> None:
    # Folded down the middle, then in a zigzag, the first panel of the front and the last one of
    # the back are outside.
    outer = [panels_of(card(plan_of("Secret", language=language)))[front, 0]]
    outer += [panels_of(card(plan_of("Secret", language=language)))[1 - front, 4]]
    for secret in ("Secret", "999", "0800", "Childline"):
        assert not [side for side in outer if secret in side]
    if language == "en":
        assert outer == ["Myplan", "MynextdateWewilllookatitagainon4April2026."]


def test_danger_stands_on_the_second_panel_and_the_helplines_on_the_back() -> None:
    panels = panels_of(card(filled_plan("youth_violence")))
    assert "Call999." in panels[0, 1]
    assert "Childline" in panels[1, 3]


def test_an_empty_plan_leaves_room_to_write() -> None:
    paper = replace(filled_plan("youth_violence"), sections=(), helplines=())
    assert text_of(card(paper)).count("You can write here.") == 7


def test_a_line_is_measured_once_however_many_panels_it_is_tried_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else an answer of ten thousand words makes the page wait that prints a plan."""
    measured, real = [], vars(pocket_card)["lines_of"]

    def counted(text: str, **kind: object) -> int:
        measured.append(text)
        return int(real(text, **kind))

    monkeypatch.setattr(pocket_card, "lines_of", counted)
    long = "never ending " * 500
    assert left_out(plan_of(long))
    alone = [text for text in measured if text == long.strip()]
    assert len(alone) == 4  # in two sections, as own words and as worker’s notes
