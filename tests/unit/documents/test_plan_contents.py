"""Which sections are printed, and which words stand in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caseapp.documents.plan_contents import has_something, mentions
from caseapp.documents.plan_paper import Idea, PlanHelper, PlanPlace, PlanSection, PlanStep
from tests.unit.documents.filled_plan import filled_plan

EMPTY = PlanSection(heading="Court orders", prompt="An emergency?", picture="justice")
IDEA = Idea(words="A solicitor helps me.", picture="people")
FILLED = [
    replace(EMPTY, own=(IDEA,)),
    replace(EMPTY, worker=(IDEA,)),
    replace(EMPTY, steps=(PlanStep(when="I see a Solicitor", then="I go", picture="door"),)),
    replace(EMPTY, steps=(PlanStep(when="I go", then="I ask my solicitor", picture="door"),)),
    replace(
        EMPTY,
        places=(
            PlanPlace(label="A safe place", is_safe=True, words="The solicitor’s", picture="map"),
        ),
    ),
    replace(
        EMPTY,
        people=(PlanHelper(who="My solicitor", reach="", may_know=True, picture="people"),),
    ),
    replace(
        EMPTY,
        people=(PlanHelper(who="Jo", reach="at the solicitor", may_know=True, picture="people"),),
    ),
]


def test_a_section_without_words_has_nothing() -> None:
    assert not has_something(EMPTY)


@pytest.mark.parametrize("section", FILLED)
def test_a_section_has_something_whatever_it_holds(section: PlanSection) -> None:
    assert has_something(section)


@pytest.mark.parametrize("section", FILLED)
def test_a_word_is_found_wherever_it_is_printed(section: PlanSection) -> None:
    paper = replace(filled_plan("youth_violence"), sections=(section,))
    assert mentions(paper, "solicitor")
    assert mentions(paper, "court orders")


def test_a_section_that_is_not_printed_mentions_nothing() -> None:
    paper = replace(filled_plan("youth_violence"), sections=(EMPTY,))
    assert not mentions(paper, "court orders")


def test_a_part_of_a_word_and_an_unprinted_prompt_are_not_found() -> None:
    paper = replace(filled_plan("youth_violence"), sections=(FILLED[0],))
    assert not mentions(paper, "solicit")
    assert not mentions(paper, "emergency")
