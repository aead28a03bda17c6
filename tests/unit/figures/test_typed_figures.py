"""A figure is read exactly, or refused with words that help."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.figures.catalogue import figure_specs
from caseapp.figures.typed_figures import NoFigure, check_date, check_source, read_value

COUNT, TREND, RANK = (
    figure_specs()[code] for code in ("police_da_victims", "injury_trend", "injury_rank_rate")
)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1,234.5", "without commas"),
        ("1,234", "without commas"),
        ("n/a", "must be a number"),
        ("5th", "must be a number"),
        ("", "must be a number"),
        ("12%", "without a % sign"),
        ("1e5", "must be a number"),
        ("nan", "must be a number"),
        ("inf", "must be a number"),
        ("٣", "must be a number"),
        ("=1+1", "must be a number"),
        ("1.5", "whole number"),
        ("-1", "from 0 to"),
        ("99999999999", "from 0 to"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(NoFigure, match=why):
        read_value(COUNT, typed)


def test_a_percentage_over_100_is_refused() -> None:
    with pytest.raises(NoFigure, match="from -100 to 100"):
        read_value(TREND, "100.5")


def test_a_rank_that_london_does_not_have_is_refused() -> None:
    for typed in ("0", "34"):
        with pytest.raises(NoFigure, match="from 1 to 33"):
            read_value(RANK, typed)


def test_a_fall_is_read_with_either_minus() -> None:
    assert read_value(TREND, "-3.5") == read_value(TREND, "\u22123.5") == -3.5
    assert str(read_value(TREND, "-0")) == "0.0"


@given(st.integers(0, 10_000_000))
def test_what_is_shown_of_a_count_is_what_was_typed(number: int) -> None:
    assert COUNT.words(read_value(COUNT, str(number))).replace(",", "") == str(number)


@given(st.decimals(-100, 100, places=4))
def test_what_is_shown_of_a_trend_is_what_was_typed(number: object) -> None:
    shown = TREND.words(read_value(TREND, f"{number:f}"))
    assert shown.endswith("%")
    assert read_value(TREND, shown.removesuffix("%")) == float(str(number))


@pytest.mark.parametrize("source", ["=HYPERLINK(1)", "+1", "@SUM(A1)", "-1"])
def test_a_source_that_a_spreadsheet_would_run_is_refused(source: str) -> None:
    with pytest.raises(NoFigure, match="formula"):
        check_source(source)


def test_a_source_must_be_there_and_be_short() -> None:
    for source, why in (("\u200b ", "who counted"), ("x" * 201, "200"), ("a\x07", "control")):
        with pytest.raises(NoFigure, match=why):
            check_source(source)


def test_a_source_of_tomorrow_is_refused() -> None:
    today = date(2026, 5, 20)
    check_date(today, today)
    with pytest.raises(NoFigure, match="in the past"):
        check_date(date(2026, 5, 21), today)
    with pytest.raises(NoFigure, match="1 January 2000"):
        check_date(date(1999, 12, 31), today)
