from datetime import UTC, date, datetime, time

import pytest
import time_machine

from caseapp.web.words import age, age_on, long_date, long_moment, number, short_date, time_of_day


def test_a_moment_is_told_in_london_time_in_summer_too() -> None:
    assert long_moment(datetime(2026, 3, 5, 14, 5, tzinfo=UTC)) == "5 March 2026 at 2:05pm"
    assert long_moment(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == "6 July 2026 at 12:30am"
    assert long_date(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == "6 July 2026"


def test_dates_have_no_leading_nought() -> None:
    assert long_date(date(2026, 3, 5)) == "5 March 2026"
    assert short_date(date(2026, 3, 5)) == "5 Mar 2026"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(0, 1), "12:01am"),
        (time(12, 1), "12:01pm"),
    ],
)
def test_midday_and_midnight_cannot_be_mistaken_for_each_other(at: time, words: str) -> None:
    assert time_of_day(at) == words


def test_a_person_is_a_year_older_on_the_birthday_and_not_before() -> None:
    born = date(2009, 3, 5)
    assert age_on(born, date(2026, 3, 4)) == 16
    assert age_on(born, date(2026, 3, 5)) == 17


def test_somebody_born_on_29_february_is_a_year_older_on_1_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@time_machine.travel(datetime(2026, 7, 5, 23, 30, tzinfo=UTC), tick=False)
def test_today_is_the_day_in_london() -> None:
    assert age(date(2008, 7, 6)) == 18


def test_large_numbers_have_commas() -> None:
    assert number(12345) == "12,345"
    assert number(1234.56) == "1,234.6"
