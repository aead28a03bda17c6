"""Percentages and rates come from released figures, and only from large enough ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.treatment import (
    UNRELIABLE,
    mean,
    percentage,
    rate_per_1000,
    ratio_of_rates,
)


def rounded(value: int) -> Figure:
    return Figure(value, "" if value else "low", max(0, value - 4), value + 4)


def test_a_percentage_is_whole_and_stands_beside_its_range() -> None:
    ratio = percentage(rounded(25), rounded(60))
    assert (ratio.value, ratio.low, ratio.high, ratio.marker) == (42, 32, 52, "")


@pytest.mark.parametrize("whole", [rounded(45), rounded(0), Figure(None, "z", 0, 0)])
def test_a_percentage_of_fewer_than_50_is_unreliable(whole: Figure) -> None:
    assert percentage(rounded(5), whole) == UNRELIABLE


@given(st.integers(10, 400), st.data())
def test_the_true_percentage_lies_in_the_range(fives: int, data: st.DataObject) -> None:
    whole = data.draw(st.integers(5 * fives - 4, 5 * fives + 4))
    part = data.draw(st.integers(0, whole))
    released = rounded(data.draw(st.sampled_from([part // 5 * 5, -(-part // 5) * 5])))
    ratio = percentage(released, rounded(5 * fives))
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low <= 100 * part / whole <= ratio.high


def test_a_rate_of_fewer_than_ten_is_unreliable() -> None:
    assert rate_per_1000(rounded(5), 1000) == UNRELIABLE
    assert rate_per_1000(rounded(10), 1000).value == 10.0


def test_a_rate_in_a_population_of_nobody_is_unreliable() -> None:
    assert rate_per_1000(rounded(50), 0) == UNRELIABLE


def test_how_disproportionate_a_group_is_takes_both_sizes_into_account() -> None:
    ratio = ratio_of_rates(rounded(40), 1000, rounded(100), 5000)
    assert (ratio.value, ratio.low, ratio.high) == (2.0, 1.7, 2.3)


@pytest.mark.parametrize(("part", "other"), [(rounded(5), rounded(100)), (rounded(40), rounded(5))])
def test_a_ratio_of_a_rate_that_is_unreliable_is_unreliable(part: Figure, other: Figure) -> None:
    assert ratio_of_rates(part, 1000, other, 5000) == UNRELIABLE


@given(st.integers(10, 500), st.integers(10, 500), st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_true_rate_and_ratio_lie_in_their_ranges(
    part: int, other: int, people: int, others: int
) -> None:
    down, up = rounded(part // 5 * 5), rounded(-(-other // 5) * 5)
    rate, ratio = rate_per_1000(down, people), ratio_of_rates(down, people, up, others)
    assert rate.low is not None
    assert rate.high is not None
    assert rate.low <= round(1000 * part / people, 6) <= rate.high
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low <= round((part / people) / (other / others), 6) <= ratio.high


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5), st.data())
def test_the_true_mean_lies_in_the_range(counts: list[int], data: st.DataObject) -> None:
    released = [rounded(data.draw(st.sampled_from([n // 5 * 5, -(-n // 5) * 5]))) for n in counts]
    found = mean([(score + 1, figure) for score, figure in enumerate(released)])
    if sum(figure.value or 0 for figure in released) < 10:
        assert found == UNRELIABLE
    elif sum(counts):
        true = sum((score + 1) * n for score, n in enumerate(counts)) / sum(counts)
        assert found.low is not None
        assert found.high is not None
        assert found.low <= true <= found.high


def test_a_mean_of_something_suppressed_is_unreliable() -> None:
    assert mean([(1, rounded(20)), (2, Figure(None, "c", 0, 30))]) == UNRELIABLE
    assert mean([(1, rounded(5))]) == UNRELIABLE
    assert mean([(1, rounded(10)), (2, rounded(10))]).value == 1.5
