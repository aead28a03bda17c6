"""What needs change: the proposed format, the reminder on every page, when to look again."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.people.models import FlagBody, FlagHead, FlagStep, NeedsFlag
from caseapp.people.needs import current_flags, how_to_talk, needs_in_words
from caseapp.people.rules import READING_FORMATS, flag_review_due, reading_format
from caseapp.reference import code_list

DAY = date(2026, 5, 4)
LISTS = ("slcn", "disability", "communication_need", "other_need")


def head(list_name: str, code: str, **more: Any) -> FlagHead:
    known: dict[str, Any] = {"status": "diagnosed", "raised_on": DAY} | more
    return FlagHead(list_name=list_name, code=code, **known)


def flag(list_name: str, code: str, what_helps: str = "", **more: Any) -> NeedsFlag:
    step = FlagStep(on=DAY, what="raised", status="diagnosed")
    body = FlagBody(steps=(step,), what_helps=what_helps)
    return NeedsFlag(id=uuid4(), person_id=uuid4(), head=head(list_name, code, **more), body=body)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([], "standard"),
        ([("slcn", "understanding")], "easy_read"),
        ([("slcn", "learning_disability")], "easy_read"),
        ([("slcn", "stammer"), ("slcn", "adhd")], "standard"),
        ([("disability", "vision")], "large_print"),
        ([("disability", "learning")], "easy_read"),
        ([("communication_need", "large_print")], "large_print"),
        ([("communication_need", "pictures")], "easy_read"),
        ([("communication_need", "bsl")], "standard"),
        # What somebody asked for goes before what their diagnosis suggests.
        ([("slcn", "understanding"), ("communication_need", "large_print")], "large_print"),
        ([("disability", "vision"), ("communication_need", "easy_read")], "easy_read"),
        ([("slcn", "understanding"), ("disability", "vision")], "easy_read"),
        ([("slcn", "of_an_older_list")], "standard"),
    ],
)
def test_the_format_follows_what_they_asked_for_then_what_they_need(
    flags: list[tuple[str, str]], expected: str
) -> None:
    assert reading_format(head(*each) for each in flags) == expected
    assert reading_format(head(*each) for each in reversed(flags)) == expected


def test_a_need_that_has_ended_or_does_not_limit_proposes_nothing() -> None:
    assert reading_format([head("slcn", "understanding", ended_on=DAY)]) == "standard"
    assert reading_format([head("disability", "vision", limits="not_at_all")]) == "standard"
    assert reading_format([head("disability", "vision", limits="a_little")]) == "large_print"


codes = [(name, entry.code) for name in LISTS for entry in code_list(name).entries]


@given(st.lists(st.sampled_from(codes), max_size=6))
def test_one_of_the_three_formats_is_always_proposed_and_asked_for_ones_are_given(
    chosen: list[tuple[str, str]],
) -> None:
    found = reading_format(head(*each) for each in chosen)
    assert found in {entry.code for entry in code_list("reading_format").entries}
    asked = {code for name, code in chosen if name == "communication_need"}
    if asked & set(READING_FORMATS):
        assert found != "standard"


def test_what_they_asked_for_comes_first_then_what_is_known_to_help_them() -> None:
    flags = [
        flag("slcn", "autism", what_helps="Tell her the plan for the day."),
        flag("slcn", "stammer"),
        flag("communication_need", "trusted_adult"),
        flag("disability", "mobility", what_helps="A ramp."),
    ]
    hints = how_to_talk(current_flags(flags))
    assert hints[:2] == ("Trusted adult present", "Tell her the plan for the day.")
    assert hints[2].startswith("Wait until they have finished")
    assert not any("ramp" in hint for hint in hints)  # not about talking
    assert not any("Say what will happen" in hint for hint in hints)  # her own words stand for it


def test_a_need_that_has_ended_is_no_longer_on_every_page() -> None:
    flags = [flag("slcn", "stammer", ended_on=DAY), flag("disability", "none")]
    assert (how_to_talk(current_flags(flags)), needs_in_words(current_flags(flags))) == ((), ())


def test_a_long_hint_is_cut_at_a_word_and_a_double_one_is_shown_once() -> None:
    long = "word " * 100
    flags = [flag("slcn", "stammer", what_helps=long), flag("slcn", "autism", what_helps=long)]
    (hint,) = how_to_talk(current_flags(flags))
    assert hint.endswith("word…")
    assert len(hint) <= 161


def test_the_same_need_of_two_records_is_named_once() -> None:
    assert needs_in_words([flag("slcn", "autism"), flag("slcn", "autism")]) == (
        "Autism (Diagnosed)",
    )


def test_every_speech_need_has_a_reminder_for_whoever_wrote_nothing_better() -> None:
    for entry in code_list("slcn").active:
        assert entry.attributes["reminder"]
        assert entry.attributes["reminder"][-1] != "."


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_need_is_looked_at_again_after_a_year(on: date) -> None:
    assert timedelta(days=364) < flag_review_due(on) - on <= timedelta(days=366)


def test_a_need_of_29_february_is_looked_at_on_28_february() -> None:
    assert flag_review_due(date(2028, 2, 29)) == date(2029, 2, 28)
