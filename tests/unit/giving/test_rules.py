"""What may be said of whoever answers, where a code is typed, and how long it is good."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.giving.rules import ethnic_groups, last_day, place_to_type, services
from caseapp.surveys.facts import Facts, wrong_facts
from caseapp.surveys.months import first_of


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("https://voice.example.org/s/K7FM-1234-ABCD-90XY", "voice.example.org/s"),
        ("http://127.0.0.1:5101/s/K7FM-1234-ABCD-90XY", "127.0.0.1:5101/s"),
    ],
)
def test_the_place_to_type_a_code_is_the_link_without_it(link: str, place: str) -> None:
    assert place_to_type(link) == place


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_a_code_is_promised_no_day_on_which_it_is_over(day: date) -> None:
    """Codes end on a first of a month; who gets one on its eve still has two whole months."""
    last = last_day(day)
    assert last + timedelta(days=1) == first_of(last + timedelta(days=1))
    assert timedelta(days=58) <= last - day <= timedelta(days=92)


def test_every_broad_fact_that_can_be_chosen_is_one_that_a_code_can_hold() -> None:
    for group, _ in ethnic_groups():
        facts = Facts(questionnaire="exit", version=1, stage="exit", ethnicity=group)
        assert list(wrong_facts(facts)) == []
    offered = [code for code, _ in services()]
    assert offered[-1] == "none"
    for code in offered[:-1]:
        facts = Facts(questionnaire="exit", version=1, stage="exit", service=code)
        assert list(wrong_facts(facts)) == []
