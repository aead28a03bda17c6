"""The three papers that hold all of a plan: standard, large print and the worker's copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from caseapp.documents.plan_paper import PlanPaper, PlanSection, plan_html
from caseapp.documents.printer import Printer
from caseapp.languages import LANGUAGES, catalogue
from tests.unit.documents.conftest import faults
from tests.unit.documents.filled_plan import KINDS, filled_plan
from tests.unit.documents.read_aloud import Reader, said_in, without_spaces
from tests.unit.documents.seen_page import sizes_of

WHOLE = ("standard", "large_print", "worker")
DRAFT = "Nobody who speaks this language has checked all of our words yet."
HARD = {
    "a long word": "w" * 200,
    "an address of a page": "https://example.org/" + "a-very/" * 40,
    "digits": "1234567890" * 20,
    "groups of digits": "07700 900123 " * 40,
    "emoji": "😀👩🏽‍🚀❤️" * 60,
    "mixed directions": "I tell زینب (999) then به خانه می‌روم 07700 900123, OK? " * 6,
    "many lines": "one\n" * 60,
}


def typed(paper: PlanPaper) -> Iterator[str]:
    """Everything that somebody wrote, of what the person takes away."""
    for section in paper.sections:
        yield from (section.own_words, section.worker_words)
        yield from (words for step in section.steps for words in (step.when, step.then))
        yield from (place.words for place in section.places)
        yield from (words for one in section.people for words in (one.who, one.reach))
    yield from (helpline.number for helpline in paper.helplines)


def filled_with(words: str) -> PlanPaper:
    """A plan whose sections hold `words` wherever somebody can write."""
    plan = filled_plan("youth_violence")
    rows = (each for each in plan.sections if each.steps or each.places or each.people)
    return replace(
        plan, sections=(_with(plan.sections[0], words), *(_with(s, words) for s in rows))
    )


def _with(section: PlanSection, words: str) -> PlanSection:
    return replace(
        section,
        own_words=words,
        worker_words=words,
        steps=tuple(replace(step, when=words, then=words) for step in section.steps[:1]),
        places=tuple(replace(place, words=words) for place in section.places[:1]),
        people=tuple(replace(one, who=words, reach=words) for one in section.people[:1]),
    )


def beside_the_paper(pdf: bytes) -> list[str]:
    """What is drawn outside the margins, a millimetre let go."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for drawn in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], textpage=text):
                left, bottom, right, top = drawn.get_bounds()
                if left < 39 or right > width - 39 or bottom < 20 or top > height - 39:
                    found.append(drawn.extract())
    return found


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("kind", KINDS)
def test_everything_in_a_plan_is_on_paper(printer: Printer, form: str, kind: str) -> None:
    plan = filled_plan(kind, "fa")
    said = Reader(printer.print(plan_html(plan, form))).text
    assert [words for words in typed(plan) if without_spaces(words) not in said] == []


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("hard", HARD)
def test_hard_words_stay_whole_and_on_the_page(printer: Printer, form: str, hard: str) -> None:
    html = plan_html(filled_with(HARD[hard]), form)
    pdf = printer.print(html)
    assert faults(pdf) == []
    assert beside_the_paper(pdf) == []
    assert Reader(pdf).text == said_in(html)


@pytest.mark.parametrize("form", WHOLE)
def test_an_answer_of_ten_thousand_words_is_on_paper_whole(printer: Printer, form: str) -> None:
    words = " ".join(f"w{number}" for number in range(10_000))
    section = PlanSection(heading="Home", prompt="", picture="home", own_words=words)
    pdf = printer.print(plan_html(filled_plan("youth_violence", sections=(section,)), form))
    assert without_spaces(words) in Reader(pdf).text
    assert beside_the_paper(pdf) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_of_large_print_is_under_18_point(printer: Printer, language: str) -> None:
    pdf = printer.print(plan_html(filled_plan("domestic_abuse", language), "large_print"))
    assert min(sizes_of(pdf)) >= 18


@pytest.mark.parametrize("form", WHOLE)
def test_an_empty_plan_prints_with_room_to_write(printer: Printer, form: str) -> None:
    blank = PlanSection(heading="Home", prompt="", picture="home")
    html = plan_html(filled_plan("youth_violence", sections=(blank,), helplines=()), form)
    assert faults(printer.print(html)) == []
    assert "You can write here." in html
    assert "People I can talk to" not in html


@pytest.mark.parametrize("form", WHOLE)
def test_a_heading_that_a_home_has_reworded_is_read_out_in_english(form: str) -> None:
    reworded = PlanSection(
        heading="Round the corner", prompt="", picture="home", own_words="My aunt."
    )
    html = plan_html(filled_plan("youth_violence", "ar", sections=(reworded,)), form)
    assert '<span lang="en" dir="ltr">Round the corner</span>' in html


def test_safe_and_unsafe_are_said_in_words_and_not_by_colour_alone() -> None:
    said = said_in(plan_html(filled_plan("youth_violence")))
    for words in ("A safe placeThe library", "A place I stay away fromThe car park"):
        assert without_spaces(words) in said


@pytest.mark.parametrize("form", WHOLE)
def test_nobody_is_told_to_hide_the_plan_from_a_helper_of_whom_nothing_was_said(form: str) -> None:
    said = said_in(plan_html(filled_plan("domestic_abuse"), form))
    assert without_spaces("07700 900123 They may know about this plan.") in said
    assert without_spaces("5pm to 8pm They may know") not in said


def test_the_person_is_told_of_a_draft_in_their_language_and_not_in_english() -> None:
    for language in LANGUAGES:
        words = catalogue(language)
        html = plan_html(filled_plan("domestic_abuse", language))
        is_draft = words.state("Call 999.") == "draft"
        assert (words.phrase(DRAFT) in html) == is_draft
    assert DRAFT not in plan_html(filled_plan("domestic_abuse"))


STAFF = ("Amina Yusuf", "Tom Reid", "A new incident was recorded", "Agreed", "Worker’s copy")


@pytest.mark.parametrize("form", ["standard", "large_print"])
def test_no_copy_for_the_person_names_staff(form: str) -> None:
    html = plan_html(filled_plan("domestic_abuse"), form)
    assert [words for words in STAFF if words in html] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workers_copy_tells_the_history_in_english(language: str) -> None:
    said = said_in(plan_html(filled_plan("domestic_abuse", language), "worker"))
    newest = "3 7 March 2026 Amina Yusuf The person themselves, A parent or carer, on 8 March 2026"
    assert without_spaces(newest) in said
    assert without_spaces("1 10 January 2026 Tom Reid Not agreed yet 7 February 2026") in said
    assert without_spaces("Why this plan is due for a review A new incident was recorded") in said


def test_the_workers_copy_says_what_easy_read_would_find_too_long() -> None:
    long = " ".join(["again"] * 16) + "."
    section = PlanSection(heading="Home", prompt="", picture="home", own_words=f"Short. {long}")
    html = plan_html(filled_plan("youth_violence", sections=(section,), child=()), "worker")
    told = html[html.index("Sentences of more than 15 words") :]
    assert long in told
    assert "Short." not in told
    assert "more than 15" not in plan_html(filled_plan("youth_violence"), "worker")
