"""Kinds, sections, review dates and copies: the decisions without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.cases.rules import review_due
from caseapp.plans import rules
from caseapp.plans.models import SectionWords, Step, VersionBody
from caseapp.reference import choices

TODAY = date(2026, 3, 7)


def test_the_kind_of_the_cases_theme_is_offered_first() -> None:
    assert rules.kinds_for(("domestic_abuse",)) == ("domestic_abuse", "youth_violence")
    assert rules.kinds_for(()) == ("youth_violence", "domestic_abuse")
    assert set(rules.kinds_for(("sexual_violence",))) == set(rules.KINDS)


@pytest.mark.parametrize("kind", rules.KINDS)
def test_sections_come_from_the_code_list_with_heading_and_prompt(kind: str) -> None:
    sections = rules.sections_of(kind)
    assert [section.code for section in sections] == [c for c, _ in choices(f"plan_section_{kind}")]
    assert all(section.heading and section.prompt for section in sections)


def test_a_section_that_left_the_list_stays_while_it_has_words() -> None:
    written = [SectionWords(code="old_section", own="Still here")]
    last = rules.sections_of("youth_violence", written)[-1]
    assert (last.code, last.heading) == ("old_section", "Old section")


@pytest.mark.parametrize(
    ("days", "refusal"), [(-1, "past|today or in the future"), (0, ""), (366, ""), (367, "year")]
)
def test_a_review_date_is_neither_past_nor_far_away(days: int, refusal: str) -> None:
    problem = rules.why_not_review_on(TODAY + timedelta(days=days), TODAY)
    assert (
        (problem is None) if not refusal else any(w in (problem or "") for w in refusal.split("|"))
    )


@given(st.sampled_from(["high", "medium", "standard"]), st.dates(max_value=date(9000, 1, 1)))
def test_the_date_that_we_propose_is_never_refused(risk: str, today: date) -> None:
    assert rules.why_not_review_on(review_due(risk, today), today) is None


def test_a_plan_at_high_risk_is_due_sooner() -> None:
    assert review_due("high", TODAY) == TODAY + timedelta(weeks=4)
    assert review_due("medium", TODAY) == TODAY + timedelta(weeks=12)


@pytest.mark.parametrize(
    ("has_somebody", "day", "question"),
    [
        (True, TODAY, None),
        (True, TODAY - timedelta(days=3), None),
        (True, None, "agreed_on"),
        (False, None, None),
        (False, TODAY, None),  # which is only proposed
        (False, TODAY - timedelta(days=3), "agreed_by"),
    ],
)
def test_who_agreed_and_when_go_together(
    has_somebody: bool, day: date | None, question: str | None
) -> None:
    problem = rules.why_not_agreed(has_somebody, day, TODAY)
    assert (problem[0] if problem else None) == question


@pytest.mark.parametrize(
    ("age", "has_children", "is_open"),
    [(12, False, True), (13, False, False), (None, False, False), (40, True, True)],
)
def test_the_childrens_plan_is_open_for_a_child_and_for_a_household_with_one(
    age: int | None, has_children: bool, is_open: bool
) -> None:
    assert rules.has_childs_part(age, has_children) == is_open


def test_rows_that_no_section_names_any_more_stand_in_the_last_one() -> None:
    sections = rules.sections_of("youth_violence")
    assert rules.holder_of("steps", sections) == "if_then"
    assert rules.holder_of("gone", sections) == sections[-1].code


def test_a_picture_of_a_sentence_that_was_taken_out_goes_with_it() -> None:
    chosen = {"I run.": "door", "I hide at Ada's.": "home"}
    assert rules.kept_pictures(chosen, ["Then I run. Fast."]) == {"I run.": "door"}


def test_a_plan_of_one_step_alone_has_something_in_it() -> None:
    assert not rules.has_content(VersionBody(sections=(SectionWords(code="home"),)))
    assert rules.has_content(VersionBody(sections=(), steps=(Step(when="a", then="b"),)))
    assert rules.has_content(
        VersionBody(sections=(), child=(SectionWords(code="people", own="x"),))
    )
