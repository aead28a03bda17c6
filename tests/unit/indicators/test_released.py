"""The indicators of a month, worked out by hand from the released cells and what was entered."""

from dataclasses import replace

import pytest

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.tables import Cell, Table
from caseapp.disclosure.treatment import Ratio
from caseapp.indicators.direction import Travel
from caseapp.indicators.released import IndicatorRow, headline, indicator_rows
from tests.unit.indicators.given_figures import Entered, residents, value_of
from tests.unit.release_files.editions import invented_edition

BESIDE = Entered()
NOTHING = Ratio(None, None, None, "x")
MEN_STABBED = Cell(
    "incidents", (("age_band", "under_25"), ("knife_injury", "yes"), ("sex", "male"))
)
DA_CASES = Cell("cases", (("theme", "domestic_abuse"),))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return invented_edition(600)


def rows_of(edition: Edition, *earlier: Edition) -> dict[tuple[int, str], IndicatorRow]:
    rows = indicator_rows(
        edition, BESIDE.figures, BESIDE.population, BESIDE.progress, list(earlier)
    )
    return {(row.number, row.part): row for row in rows}


def released(edition: Edition, measure: str, **fixed: str) -> int:
    return edition.values[Cell(measure, tuple(sorted(fixed.items())))]


def edition_of(edition: Edition, period: str, since: str, changed: dict[Cell, int]) -> Edition:
    """The same figures in another month, but for some."""
    return replace(edition, period=period, since=since, values={**edition.values, **changed})


def test_nothing_is_worked_out_from_a_true_count(edition: Edition) -> None:
    """The rows stay the same whatever was counted, as long as the same was published."""
    empty = tuple(
        Table(t.name, t.dimensions, {}, t.population, t.impossible, t.within)
        for t in edition.tables
    )
    assert rows_of(replace(edition, tables=empty)) == rows_of(edition)


def test_a_share_is_the_released_part_of_the_released_whole(edition: Edition) -> None:
    row = rows_of(edition)[15, "own"]
    part = released(edition, "cases", theme="domestic_abuse", sex="female")
    whole = released(edition, "cases", theme="domestic_abuse")
    assert row.ratio.value == int(100 * part / whole + 0.5)
    assert row.ratio.low is not None
    assert row.ratio.low < row.ratio.value
    assert (row.kind, row.unit, row.against) == ("own", "%", 91)
    assert row.baseline.startswith("91%")


def test_a_detection_rate_counts_incidents_that_have_an_outcome(edition: Edition) -> None:
    detected, other = (
        released(edition, "incidents", theme="domestic_abuse", outcome=group)
        for group in ("detected", "other")
    )
    own = rows_of(edition)[16, "own"]
    assert own.ratio.value == int(100 * detected / (detected + other) + 0.5)


def test_rates_by_ethnic_group_use_the_population_table_and_tell_of_the_unknown(
    edition: Edition,
) -> None:
    rows = rows_of(edition)
    part = released(edition, "cases", theme="domestic_abuse", ethnicity="black")
    assert rows[22, "rate_black"].ratio.value == round(1000 * part / 11279, 1)
    assert "Census 2021" in rows[22, "rate_black"].source
    unknown = rows[22, "rate_unknown"]
    assert unknown.ratio.value == released(
        edition, "cases", theme="domestic_abuse", ethnicity="unknown"
    )
    assert unknown.unit == "count"


def test_disproportion_is_the_rate_of_a_group_over_the_white_rate(edition: Edition) -> None:
    black, white = (
        released(edition, "cases", theme="domestic_abuse", ethnicity=group)
        for group in ("black", "white")
    )
    ratio = rows_of(edition)[22, "ratio_black"].ratio
    assert ratio.value == round((black / 11279) / (white / 91394), 1)
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low < ratio.value < ratio.high


def test_another_population_changes_rates_and_nothing_else(edition: Edition) -> None:
    people = residents()
    twice = replace(people, groups={group: 2 * number for group, number in people.groups.items()})
    now = rows_of(edition)
    then = {
        (row.number, row.part): row
        for row in indicator_rows(edition, BESIDE.figures, twice, BESIDE.progress)
    }
    changed = {key for key in now if now[key] != then[key]}
    assert changed == {key for key, row in now.items() if row.unit == "per 1,000"}


def test_a_group_without_residents_has_no_rate(edition: Edition) -> None:
    nobody = replace(residents(), groups={"white": 91394, "black": 0})
    rows = indicator_rows(edition, {}, nobody)
    ratios = {row.part: row.ratio for row in rows if row.number == 22}
    assert ratios["rate_black"] == ratios["ratio_black"] == ratios["rate_asian"] == NOTHING
    assert ratios["rate_white"].value is not None


def test_an_entered_percentage_is_exact_and_says_when_and_from_whom(edition: Edition) -> None:
    row = rows_of(edition)[16, "entered"]
    assert row.ratio == Ratio(10.0, 10.0, 10.0)
    assert (row.kind, row.period, row.source) == (
        "entered", "2026-05-31", "Police, monthly bulletin",
    )  # fmt: skip


def test_an_entered_whole_of_nothing_is_unreliable(edition: Edition) -> None:
    figures = {"police_da_outcomes": value_of(0), "police_da_detections": value_of(0)}
    rows = indicator_rows(edition, figures)
    (row,) = (row for row in rows if (row.number, row.part) == (16, "entered"))
    assert row.ratio == Ratio(None, None, None, "u")


def test_the_gap_between_referrals_and_police_victims_has_the_range_of_ours(
    edition: Edition,
) -> None:
    rows = rows_of(edition)
    own, gap = rows[15, "own"].ratio, rows[15, "gap"].ratio
    assert own.value is not None
    assert own.low is not None
    assert own.high is not None
    assert gap == Ratio(own.value - 10, own.low - 10, own.high - 10)
    assert rows[15, "gap"].kind == "derived"


def test_what_nobody_entered_is_marked_and_has_no_value(edition: Edition) -> None:
    rows = {(row.number, row.part): row for row in indicator_rows(edition)}
    for key in ((2, "entered"), (13, "rate_black"), (15, "gap"), (19, "entered"), (34, "overdue")):
        assert rows[key].ratio == NOTHING
        assert rows[key].direction == "not yet known"


def test_a_category_that_the_tables_do_not_have_is_not_collected(edition: Edition) -> None:
    fewer = replace(
        edition, tables=tuple(t for t in edition.tables if t.population != "survey_responses")
    )
    assert rows_of(fewer)[28, "own"].ratio == NOTHING
    assert rows_of(fewer)[8, "own"].ratio.value is not None


def test_a_suppressed_part_gives_no_percentage(edition: Edition) -> None:
    cell = Cell("cases", (("sex", "female"), ("theme", "domestic_abuse")))
    hidden = replace(edition, hidden={cell: (0, 9)})
    assert rows_of(hidden)[15, "own"].ratio == Ratio(None, None, None, "c")


def test_actions_of_the_plan_are_told_as_they_stand(edition: Edition) -> None:
    told = {row.part: row.ratio.value for row in rows_of(edition).values() if row.number == 34}
    assert told == {"not_started": 3, "on_track": 4, "delayed": 1, "complete": 2, "overdue": 5}


def test_a_released_zero_is_told_as_low_and_never_as_none(edition: Edition) -> None:
    low = edition_of(edition, "2026-05", "2026-04", {MEN_STABBED: 0})
    assert rows_of(low)[12, "own"].ratio == Ratio(0, 0, 4, "low")


def test_twelve_months_are_the_difference_of_released_figures_of_two_years(
    edition: Edition,
) -> None:
    now = edition_of(edition, "2026-05", "2026-04", {MEN_STABBED: 15})
    march = edition_of(edition, "2026-03", "2025-04", {MEN_STABBED: 40})
    same = edition_of(edition, "2025-05", "2025-04", {MEN_STABBED: 10})
    row = rows_of(now, same, march)[12, "own"]
    assert row.ratio == Ratio(45, 33, 57)
    assert row.period == "2025-06 to 2026-05"
    assert row.indicator.endswith(", last 12 months")


@pytest.mark.parametrize("missing", ["2026-03", "2025-05"])
def test_twelve_months_that_cannot_be_told_are_called_since_april(
    edition: Edition, missing: str
) -> None:
    now = edition_of(edition, "2026-05", "2026-04", {MEN_STABBED: 15})
    earlier = [
        edition_of(edition, month, "2025-04", {}) for month in ("2026-03", "2025-05")
        if month != missing
    ]  # fmt: skip
    row = rows_of(now, *earlier)[12, "own"]
    assert row.ratio == Ratio(15, 11, 19)
    assert row.period == "2026-04 to 2026-05"
    assert row.indicator.endswith(", since April")


def test_march_has_twelve_months_by_itself(edition: Edition) -> None:
    march = edition_of(edition, "2026-03", "2025-04", {MEN_STABBED: 15})
    row = rows_of(march)[12, "own"]
    assert row.ratio == Ratio(15, 11, 19)
    assert row.indicator.endswith(", last 12 months")


def test_where_the_strategy_has_no_number_the_year_before_stands_for_it(edition: Edition) -> None:
    known = Cell("community_responses", (("knows_help", "agree"),))
    more = edition_of(edition, "2027-05", "2027-04", {known: edition.values[known] + 100})
    row = rows_of(more, edition)[33, "know"]
    assert (row.direction, row.travel.compared_with) == ("better", "2026-05")
    assert row.travel == row.since_last_year
    assert rows_of(more)[33, "know"].travel == Travel()


def test_what_only_grows_through_the_year_is_no_better_a_month_later(edition: Edition) -> None:
    june = edition_of(edition, "2026-06", "2026-04", {})
    row = rows_of(june, edition)[18, "own"]
    assert row.since_earlier == Travel("not yet known", Ratio(0, -8, 8), "2026-05")
    share = rows_of(june, edition)[8, "own"].since_earlier
    assert (share.direction, share.compared_with) == ("same", "2026-05")


def test_april_is_not_compared_with_the_whole_year_before(edition: Edition) -> None:
    april = edition_of(edition, "2026-04", "2026-04", {})
    march = edition_of(edition, "2026-03", "2025-04", {})
    assert all(row.since_earlier == Travel() for row in rows_of(april, march).values())


def test_later_editions_are_not_looked_at(edition: Edition) -> None:
    later = edition_of(edition, "2026-06", "2026-04", {DA_CASES: 5})
    assert rows_of(edition, later) == rows_of(edition)


def test_the_row_that_stands_for_an_indicator_is_the_first_with_a_value(edition: Edition) -> None:
    rows = list(rows_of(edition).values())
    assert headline(rows, 7).part == "entered"
    assert headline(indicator_rows(edition), 7).part == "own"
    assert headline(indicator_rows(edition), 19).part == "entered"


def test_a_count_of_the_year_is_judged_when_the_year_is_over(edition: Edition) -> None:
    children = Cell("children", (("theme", "domestic_abuse"),))
    february, march = (
        edition_of(edition, month, "2025-04", {children: 100}) for month in ("2026-02", "2026-03")
    )
    assert rows_of(february)[18, "own"].direction == "not yet known"
    assert rows_of(march)[18, "own"].direction == "better"
