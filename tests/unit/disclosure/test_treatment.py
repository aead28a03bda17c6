"""Percentages and rates come from released figures, and only from large enough ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.treatment import UNRELIABLE, percentage, rate_per_1000


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
