"""The indicators of a month, worked out by hand from the released cells."""

import pytest

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.tables import Cell
from caseapp.disclosure.treatment import Ratio
from caseapp.indicators.definitions import definitions
from caseapp.indicators.released import IndicatorRow, direction_of_travel, indicator_rows
from caseapp.reference import code_list
from tests.unit.exports.editions import invented_edition


@pytest.fixture(scope="module")
def edition() -> Edition:
    return invented_edition(600)


def rows_of(edition: Edition, number: int) -> list[IndicatorRow]:
    return [row for row in indicator_rows(edition) if row.number == number]


def released(edition: Edition, measure: str, **fixed: str) -> int:
    return edition.values[Cell(measure, tuple(sorted(fixed.items())))]


def test_the_strategys_36_indicators_are_all_defined_once_and_in_order() -> None:
    assert [each.number for each in definitions().indicators] == list(range(1, 37))


def test_every_cell_that_a_definition_names_is_one_that_is_published(edition: Edition) -> None:
    for each in definitions().indicators:
        for measure in each.measures:
            for fixed in (measure.part, *measure.whole):
                assert Cell(measure.measure, tuple(sorted(fixed.items()))) in edition.values
    groups = {name for name, size in definitions().population.items() if isinstance(size, int)}
    assert groups <= set(code_list("ethnicity").groups)


def test_a_share_is_the_released_part_of_the_released_whole(edition: Edition) -> None:
    (row,) = rows_of(edition, 15)
    part = released(edition, "cases", theme="domestic_abuse", sex="female")
    whole = released(edition, "cases", theme="domestic_abuse")
    assert row.ratio.value == int(100 * part / whole + 0.5)
    assert row.ratio.low is not None
    assert row.ratio.low <= row.ratio.value
    assert row.baseline.startswith("91%")


def test_a_detection_rate_counts_incidents_that_have_an_outcome(edition: Edition) -> None:
    (row,) = rows_of(edition, 16)
    detected, other = (
        released(edition, "incidents", theme="domestic_abuse", outcome=group)
        for group in ("detected", "other")
    )
    assert row.ratio.value == int(100 * detected / (detected + other) + 0.5)


def test_rates_by_ethnic_group_use_the_census(edition: Edition) -> None:
    found = rows_of(edition, 22)
    assert len(found) == 5
    black = next(row for row in found if "Black" in row.indicator)
    part = released(edition, "cases", theme="domestic_abuse", ethnicity="black")
    assert black.ratio.value == round(1000 * part / 11279, 1)


def test_what_is_not_collected_yet_is_marked_and_has_no_value(edition: Edition) -> None:
    (row,) = rows_of(edition, 28)
    assert row.ratio == Ratio(None, None, None, "x")
    assert row.direction == "not yet known"


@pytest.mark.parametrize(
    ("low", "high", "baseline", "wanted", "direction"),
    [
        (12, 20, 10, "up", "better"),
        (2, 9, 10, "up", "worse"),
        (8, 12, 10, "up", "same"),
        (12, 20, 10, "down", "worse"),
        (12, 20, 10, "", "not yet known"),
        (12, 20, None, "up", "not yet known"),
    ],
)
def test_better_or_worse_is_only_said_where_rounding_leaves_no_doubt(
    low: int, high: int, baseline: float | None, wanted: str, direction: str
) -> None:
    assert direction_of_travel(Ratio(10, low, high), baseline, wanted) == direction
