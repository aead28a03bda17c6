"""One cell of a spreadsheet: the same day or number however it was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.imports.cells import a_date, a_phone


@pytest.mark.parametrize(
    "text",
    ["27/3/2009", "27-03-2009", "27.3.2009", "2009-03-27", "27 March 2009", "27 Mar 2009",
     "39899", "2009-03-27T00:00:00", "2009-03-27 14:30"],
)  # fmt: skip
def test_a_day_is_the_same_day_however_it_was_typed(text: str) -> None:
    assert a_date(text) == date(2009, 3, 27)


@pytest.mark.parametrize("text", ["03/27/2009", "31/2/2009", "27/3/09", "soon", "0", "=TODAY()"])
def test_what_is_no_day_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must (be|include)"):
        a_date(text)


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_a_day_survives_each_of_its_forms(day: date) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%-d %B %Y}", serial):
        assert a_date(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [("7700900123", "07700900123"), ("+447700900123", "+447700900123"),
     ("020 7946 0000", "020 7946 0000"), ("9700900123", "9700900123")],
)  # fmt: skip
def test_a_first_zero_that_a_sum_has_lost_is_given_back(text: str, number: str) -> None:
    assert a_phone(text) == number
