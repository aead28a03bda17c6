"""Financial years: read exactly, and nothing else taken for one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.figures.years import NoYear, read_year, year_of, years_until

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize("typed", ["2026-27", " 2026-27 ", "2026/27", "2026-2027"])
def test_a_year_is_read_as_it_is_written_in_the_field(typed: str) -> None:
    assert read_year(typed, TODAY) == "2026-27"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026", "financial year"),
        ("2026-28", "financial year"),
        ("2026-2028", "financial year"),
        ("2026-3027", "financial year"),
        ("26-27", "financial year"),
        ("2026-27-28", "financial year"),
        ("٢٠٢٦-27", "financial year"),
        ("n/a", "financial year"),
        ("", "financial year"),
        ("2027-28", "in the future"),
        ("2014-15", "or later"),
    ],
)
def test_what_is_no_year_that_figures_can_be_of_is_refused_with_the_reason(
    typed: str, why: str
) -> None:
    with pytest.raises(NoYear, match=why):
        read_year(typed, TODAY)


def test_a_year_begins_with_april() -> None:
    assert year_of(date(2026, 3, 31)) == "2025-26"
    assert year_of(date(2026, 4, 1)) == "2026-27"
    assert year_of(date(2099, 4, 1)) == "2099-00"


@given(st.integers(0, 4000))
def test_each_year_that_is_offered_can_be_read_again(days: int) -> None:
    today = date(2020, 1, 1) + timedelta(days)
    offered = years_until(today)
    assert offered[0] == year_of(today)
    assert [read_year(year, today) for year in offered] == offered
