"""How long a record is kept, and what was measured in which order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.closure.models import MeasureHead
from caseapp.closure.rules import course_of_points, kept_until, place_of_stage, why_cannot_close

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
