"""What stands on the board: words for values, the row that stands for an indicator, the map."""

from dataclasses import replace

import pytest

from caseapp.board.outcomes import outcomes
from caseapp.board.panels import group_rates, panel
from caseapp.board.released_rows import ReleasedRow, released_rows

ROW = ReleasedRow(
    number=16, part="own", title="Detection rate", value=12, low=10, high=14, marker="", unit="%",
    baseline="10%", direction="same", change=2, compared_with="strategy", kind="own",
)  # fmt: skip
NONE = replace(ROW, part="entered", value=None, low=None, high=None, marker="x", change=None)


def test_every_indicator_but_the_plan_and_the_directions_tells_of_an_outcome() -> None:
    told = {number for each in outcomes() for number in each.numbers}
    assert told == set(range(1, 37)) - {34, 35}
    assert [each.code for each in outcomes()] == [
        "held-to-account", "victims-supported", "communities-prioritised",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "shown", "between"),
    [
        (ROW, "12%", "10 to 14"),
        (replace(ROW, value=3.4, low=2.9, high=4.1, unit="ratio"), "3.4 times", "2.9 to 4.1"),
        (replace(ROW, value=0, low=0, high=4, marker="low", unit="count"), "0 to 4", ""),
        (replace(ROW, value=1234, low=1234, high=1234, unit="count"), "1,234", ""),
        (NONE, "not collected yet", ""),
        (replace(NONE, marker="u"), "too few to say", ""),
        (replace(NONE, marker="c"), "suppressed", ""),
    ],
)
def test_a_value_is_said_with_its_unit_and_range(
    row: ReleasedRow, shown: str, between: str
) -> None:
    assert (row.shown, row.range) == (shown, between)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROW, "2 points more than in the strategy"),
        (replace(ROW, change=-3, compared_with="2025-10"), "3 points less than in October 2025"),
        (replace(ROW, change=1.1, unit="ratio"), "1.1 more than in the strategy"),
        (replace(ROW, change=0), "as in the strategy"),
        (NONE, ""),
    ],
)
def test_a_change_is_said_in_words(row: ReleasedRow, words: str) -> None:
    assert row.compared == words


def test_the_first_percentage_that_is_known_stands_for_its_indicator() -> None:
    outcome = outcomes()[0]
    shown = panel(outcome, {"2026-05": [NONE, ROW]})
    assert [(words, line.row) for words, line in shown.first] == [
        ("Domestic abuse: detection rate", ROW)
    ]
    assert [line.row for line in shown.every] == [NONE, ROW]
    assert shown.directions["same"] == 1


@pytest.mark.parametrize("unit", ["count", "ratio", "per 1,000"])
def test_no_number_of_another_kind_or_group_stands_under_the_name_of_an_indicator(
    unit: str,
) -> None:
    first = replace(NONE, number=13, part="ratio_black", unit="ratio", marker="u")
    other = replace(ROW, number=13, part="other", unit=unit)
    shown = panel(outcomes()[2], {"2026-05": [first, other]})
    assert [line.row for _, line in shown.first] == [first]


def test_the_months_of_a_line_are_those_in_which_it_was_released() -> None:
    earlier = replace(ROW, value=8)
    other = replace(ROW, part="entered")
    shown = panel(outcomes()[0], {"2026-04": [earlier], "2026-05": [other], "2026-06": [ROW]})
    line = next(line for line in shown.every if line.row == ROW)
    assert [month for month, _ in line.months] == ["2026-04", "2026-06"]
    assert line.bars[0] == ("April 2026", 8, "8% (10 to 14)")


def test_a_group_whose_residents_are_not_known_has_cases_and_no_rate() -> None:
    white = replace(ROW, number=13, part="rate_white", unit="per 1,000", value=2.1)
    unknown = replace(ROW, number=13, part="rate_unknown", unit="count", value=45)
    ratio = replace(ROW, number=13, part="ratio_white", unit="ratio", value=1, low=1, high=1)
    found = {each.group: each.rates[0] for each in group_rates([white, unknown, ratio])}
    assert found["White"] == ("2.1 (10 to 14)", "1")
    assert found["Not known"] == ("45 (10 to 14) cases, no rate", "")


def test_no_cases_are_spoken_of_where_none_were_counted() -> None:
    row = replace(NONE, number=13, part="rate_unknown", unit="count")
    assert group_rates([row])[0].rates[0] == ("not collected yet", "")


def test_a_release_without_indicators_has_no_rows() -> None:
    assert released_rows({"certificate.json": b"{}"}) == []
