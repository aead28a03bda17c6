from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.web.typed_dates import Misread, read_date, read_time


def refused(day: str, month: str, year: str) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Misread) as caught:
        read_date(day, month, year)
    return caught.value.why, caught.value.parts


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR.", "٣"])
def test_a_month_may_be_typed_as_a_number_or_a_name(month: str) -> None:
    assert read_date("5", month, "2009") == date(2009, 3, 5)


@pytest.mark.parametrize(
    "whole", ["5/3/2009", "05.03.2009", "5-3-2009", "5 March 2009", "5th mar, 2009", "2009-03-05"]
)
def test_a_whole_date_in_one_box_is_spread_over_the_three(whole: str) -> None:
    assert read_date(whole, "", "") == date(2009, 3, 5)
    assert read_date("", "", whole) == date(2009, 3, 5)


def test_three_blank_boxes_are_no_date_and_no_fault() -> None:
    assert read_date("", "", "") is None


def test_each_missing_box_is_named() -> None:
    assert refused("5", "", "2009") == ("must include a month", ("month",))
    assert refused("", "", "2009") == ("must include a day and month", ("day", "month"))


def test_a_day_that_the_month_does_not_have_is_refused() -> None:
    assert refused("29", "2", "2026") == ("must be a real date", ("day", "month", "year"))


def test_the_box_that_is_wrong_is_named() -> None:
    assert refused("32", "1", "2026") == ("must be a real date", ("day",))
    assert refused("5", "13", "2026") == ("must be a real date", ("month",))
    assert refused("5", "ma", "2026") == ("must be a real date", ("month",))
    assert refused("x", "y", "2026") == ("must be a real date", ("day", "month"))


def test_a_year_of_two_numbers_is_not_guessed() -> None:
    why, parts = refused("5", "3", "09")
    assert why == "must include a year of 4 numbers, like 2009"
    assert parts == ("year",)


def test_the_year_nought_is_refused_and_not_a_server_error() -> None:
    assert refused("5", "3", "0000")[0] == "must be a real date"


@given(st.dates())
def test_every_real_date_is_read_back_as_itself(day: date) -> None:
    year = f"{day.year:04}"
    assert read_date(str(day.day), str(day.month), year) == day
    assert read_date(f"{day:%d}", f"{day:%B}", year) == day


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_anything_typed_is_a_date_nothing_or_a_sentence(day: str, month: str, year: str) -> None:
    found: object
    try:
        found = read_date(day, month, year)
    except Misread as misread:
        found = misread.why if misread.parts else "no box is named"
    assert found is None or isinstance(found, date) or str(found).startswith("must ")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("2:30pm", time(14, 30)),
        ("2.30 p.m.", time(14, 30)),
        ("1430", time(14, 30)),
        ("2pm", time(14)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("Midnight", time(0)),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "13pm", "0am", "2:60", "soon", "2", "14:3"])
def test_a_time_that_is_unclear_is_not_guessed(typed: str) -> None:
    with pytest.raises(Misread, match="must be a time"):
        read_time(typed)


@given(st.times())
def test_every_minute_of_the_day_is_read_back_as_itself(at: time) -> None:
    assert read_time(f"{at:%H:%M}") == time(at.hour, at.minute)
    assert read_time(f"{at:%I:%M%p}") == time(at.hour, at.minute)
