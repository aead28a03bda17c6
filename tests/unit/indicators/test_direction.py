"""Better or worse is said only where rounding leaves no doubt, and by how much with its range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.disclosure.treatment import Ratio
from caseapp.indicators.definitions import Count, Entered, Share, Shown, Wanted
from caseapp.indicators.direction import Travel, against_baseline, judge, since
from caseapp.indicators.workings import NOT_COLLECTED

PER_CENT = Share(title="Part", part=({},), whole=({},), against=10)
COUNT = Count(title="Number", part=({},), against=196)
UNRELIABLE = Ratio(None, None, None, "u")


@pytest.mark.parametrize(
    ("low", "high", "wanted", "direction"),
    [
        (12, 20, "up", "better"),
        (2, 9, "up", "worse"),
        (12, 20, "down", "worse"),
        (2, 9, "down", "better"),
        (8, 12, "up", "same"),
        (10, 14, "up", "same"),
        (5, 15, "down", "same"),
        (4, 15, "down", "not yet known"),
        (12, 20, "neither", "not yet known"),
    ],
)
def test_better_or_worse_is_only_said_where_the_whole_range_lies_on_one_side(
    low: int, high: int, wanted: Wanted, direction: str
) -> None:
    travel = against_baseline(PER_CENT, Ratio(10, low, high), wanted, unfinished=False)
    assert travel == Travel(direction, Ratio(0, low - 10, high - 10), "strategy")


@pytest.mark.parametrize("ratio", [NOT_COLLECTED, UNRELIABLE])
def test_nothing_is_said_of_what_has_no_value(ratio: Ratio) -> None:
    travel = against_baseline(PER_CENT, ratio, "up", unfinished=False)
    assert (travel.direction, travel.change.value) == ("not yet known", None)


def test_nothing_is_said_against_a_baseline_that_is_no_number_or_counts_something_else() -> None:
    for row in (
        Share(title="Part", part=({},), whole=({},)),
        Share(title="Part", part=({},), whole=({},), against=17, judged=False),
    ):
        assert against_baseline(row, Ratio(50, 48, 52), "up", unfinished=False) == Travel()


@pytest.mark.parametrize(
    ("value", "unfinished", "direction"),
    [
        (100, True, "not yet known"),
        (195, True, "not yet known"),
        (300, True, "worse"),
        (100, False, "better"),
        (195, False, "same"),
        (300, False, "worse"),
    ],
)
def test_a_count_that_still_grows_is_not_praised_for_being_low(
    value: int, unfinished: bool, direction: str
) -> None:
    ratio = Ratio(value, value - 4, value + 4)
    assert against_baseline(COUNT, ratio, "down", unfinished).direction == direction


@pytest.mark.parametrize(("value", "direction"), [(-3.5, "better"), (2.0, "not yet known")])
def test_a_baseline_that_is_only_known_to_be_above_a_number_is_only_beaten_below_it(
    value: float, direction: str
) -> None:
    row = Entered(title="Trend", code="injury_trend", unit="%", against=0, known_as="above")
    travel = against_baseline(row, Ratio(value, value, value), "down", unfinished=False)
    assert travel.direction == direction


def test_a_change_between_editions_has_the_widest_range_that_both_leave() -> None:
    travel = since(PER_CENT, Ratio(40, 36, 44), Ratio(20, 17, 23), "up", "2025-05")
    assert travel == Travel("better", Ratio(20, 13, 27), "2025-05")


@given(st.integers(0, 100), st.integers(0, 100), st.data())
def test_whatever_is_said_is_true_of_what_was_not_rounded(
    now: int, then: int, data: st.DataObject
) -> None:
    def around(true: int) -> Ratio:
        low = data.draw(st.integers(max(0, true - 8), true))
        high = data.draw(st.integers(true, true + 8))
        return Ratio(data.draw(st.integers(low, high)), low, high)

    travel = since(PER_CENT, around(now), around(then), "up", "2025-05")
    if travel.direction == "better":
        assert now > then
    if travel.direction == "worse":
        assert now < then
    if travel.direction == "same":
        assert abs(now - then) <= 10


def test_what_is_wanted_the_other_way_is_judged_the_other_way() -> None:
    change = Ratio(5, 1, 9)
    assert (judge(change, "up", 10), judge(change, "down", 10)) == ("better", "worse")


def test_a_row_without_a_unit_of_its_own_is_a_percentage() -> None:
    assert Shown(title="").unit == "%"
