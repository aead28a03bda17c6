"""How long a record is kept, and what was measured in which order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.closure.models import MeasureHead
from caseapp.closure.rules import (
    course_of_points,
    kept_until,
    newest_month_over,
    place_of_stage,
    why_cannot_close,
)

CLOSED = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("born", "until"),
    [
        (date(1990, 1, 1), date(2033, 6, 1)),  # an adult: seven years after closure
        (date(2008, 6, 1), date(2033, 6, 1)),  # 18 on the very day: an adult
        (date(2008, 6, 2), date(2033, 6, 2)),  # 18 tomorrow: to the 25th birthday
        (date(2012, 2, 29), date(2037, 3, 1)),
        (None, date(2051, 6, 1)),  # not known: as if born today
    ],
)
def test_a_record_is_kept_as_the_list_says(born: date | None, until: date) -> None:
    assert kept_until(born, CLOSED) == until


@given(st.dates(date(1930, 1, 1), CLOSED))
def test_a_known_birthday_never_keeps_a_record_longer_than_an_unknown_one(born: date) -> None:
    assert CLOSED < kept_until(born, CLOSED) <= kept_until(None, CLOSED)


def test_a_case_cannot_close_before_it_opened() -> None:
    assert why_cannot_close(CLOSED, date(2026, 5, 31)) == "The case cannot close before it opened"
    assert why_cannot_close(CLOSED, CLOSED) is None


def test_a_measure_that_was_not_asked_leaves_its_place_empty() -> None:
    first = MeasureHead(stage="intake", measured_on=CLOSED, points=(("copes", "2"),))
    second = MeasureHead(
        stage="exit", measured_on=CLOSED, points=(("copes", "5"), ("health", "not_asked"))
    )
    assert course_of_points([first, second], ["copes", "health"]) == [
        ("copes", ["2", "5"]),
        ("health", ["", ""]),
    ]


def test_a_stage_that_no_edition_knows_comes_after_all_others() -> None:
    assert sorted(["gone", "exit", "intake"], key=place_of_stage) == ["intake", "exit", "gone"]


@given(
    st.none() | st.dates(date(1930, 1, 1), CLOSED),
    st.dates(date(2001, 1, 1), date(2026, 6, 1)),
    st.integers(0, 12_000),
)
def test_no_record_whose_time_is_over_began_after_the_month_that_is_asked_for(
    born: date | None, closed_on: date, days: int
) -> None:
    """The month is all that SQL can ask for: it may find too many, and never too few."""
    if born and born > closed_on:
        born = closed_on
    day = closed_on + timedelta(days=days)
    if kept_until(born, closed_on) < day:
        assert f"{closed_on:%Y-%m}" <= newest_month_over(day)
