"""The definitions of the 36 indicators are whole, and name only what is published."""

import pytest

from caseapp.disclosure.tables import Cell
from caseapp.figures.catalogue import figure_specs
from caseapp.indicators.catalogue import standard_catalogue
from caseapp.indicators.definitions import (
    Count,
    Disproportion,
    Entered,
    EnteredShare,
    Gap,
    Indicator,
    Rate,
    Row,
    Share,
    definitions,
)
from caseapp.indicators.direction import DIRECTIONS

KNOWN = definitions().indicators
BY_NUMBER = {each.number: each for each in KNOWN}
ROWS = [(each, row) for each in KNOWN for row in each.spread()]


def published() -> set[Cell]:
    """Every cell of the catalogue that comes with the program."""
    cells = set()
    for spec in standard_catalogue().tables:
        keys: list[tuple[tuple[str, str], ...]] = [()]
        for cut in spec.cut():
            keys = [(*key, (cut.name, node)) for key in keys for node in cut.nodes]
        for key in keys:
            fixed = sorted(pair for pair in key if pair[1] != "all")
            cells.add(Cell(spec.population, tuple(fixed)))
    return cells


def cells_in(row: Row) -> set[Cell]:
    def cell(population: str, fixed: dict[str, str]) -> Cell:
        return Cell(population, tuple(sorted(fixed.items())))

    match row:
        case Count():
            return {cell(row.of, dict(part)) for part in row.part}
        case Share():
            return {cell(row.of, dict(part)) for part in (*row.part, *row.whole)}
        case Rate():
            return {cell("cases", {**row.part, "ethnicity": row.group})}
        case Disproportion():
            return {cell("cases", {**row.part, "ethnicity": g}) for g in (row.group, row.other)}
    return set()


def test_the_strategys_36_indicators_are_all_defined_once_and_in_order() -> None:
    assert [each.number for each in KNOWN] == list(range(1, 37))


def test_every_cell_that_a_definition_names_is_one_that_is_published() -> None:
    known = published()
    for indicator, row in ROWS:
        assert cells_in(row) <= known, (indicator.number, row.name)


def test_every_entered_figure_that_a_definition_names_can_be_entered() -> None:
    named = {
        code
        for _, row in ROWS
        for code in (
            [row.code]
            if isinstance(row, Entered)
            else [row.part, row.whole]
            if isinstance(row, EnteredShare)
            else []
        )
    }
    assert named == figure_specs().keys()


@pytest.mark.parametrize("indicator", KNOWN, ids=lambda each: str(each.number))
def test_every_indicator_has_its_words(indicator: Indicator) -> None:
    for words in (
        indicator.paragraph, indicator.title, indicator.definition, indicator.numerator,
        indicator.denominator, indicator.source, indicator.baseline, indicator.why,
    ):  # fmt: skip
        assert words.strip()
    assert indicator.definition.endswith(".")
    assert indicator.wanted in {"up", "down"}
    assert indicator.paragraph in {"3.5", "4.3", "4.4", "5.1", "6.2", "6.3", "6.4"}


def test_no_two_rows_of_an_indicator_look_or_are_called_the_same() -> None:
    for indicator in KNOWN:
        rows = list(indicator.spread())
        assert len({row.name for row in rows}) == len(rows)
        assert len({row.title for row in rows}) == len(rows)


def test_a_percentage_is_called_one_and_its_part_lies_in_its_whole() -> None:
    for _, row in ROWS:
        if isinstance(row, Share):
            assert "per cent" in row.title
            assert row.whole


def test_a_gap_names_rows_that_there_are() -> None:
    for indicator, row in ROWS:
        if isinstance(row, Gap):
            assert {row.of_row, row.less_row} <= {each.name for each in indicator.rows}


def test_directions_are_counted_all_four() -> None:
    ways = [getattr(row, "direction", "") for row in BY_NUMBER[35].spread()]
    assert ways == list(DIRECTIONS)


@pytest.mark.parametrize(
    ("number", "name", "baseline"),
    [
        (1, "own", 100), (2, "entered", 6), (4, "entered", 5), (5, "entered", 12), (8, "own", 42),
        (9, "own", 58), (10, "own", 55), (11, "own", 81), (12, "own", 14), (12, "everybody", 18),
        (13, "rate_black", 43.1), (13, "rate_white", 18.5), (14, "entered", 45), (15, "own", 91),
        (15, "entered", 61), (16, "own", 10), (16, "entered", 10), (18, "own", 196),
        (19, "entered", 191), (20, "own", 17), (21, "own", 26), (22, "rate_black", 30.8),
        (22, "rate_white", 11.5), (23, "entered", 6), (25, "under_34", 66), (25, "18_to_24", 21),
        (26, "own", 26),
    ],
)  # fmt: skip
def test_the_strategys_numbers_stand_beside_their_rows(
    number: int, name: str, baseline: float
) -> None:
    (row,) = (each for each in BY_NUMBER[number].spread() if each.name == name)
    assert row.against == baseline


@pytest.mark.parametrize("number", [7, 16, 23])
def test_a_detection_rate_says_beside_it_what_a_detection_is(number: int) -> None:
    assert all("{1,2,3,4,6,7}" in row.title for row in BY_NUMBER[number].spread())
    assert "{1,2,3,4,6,7}" in BY_NUMBER[number].definition


def test_the_sentence_that_can_be_read_two_ways_is_called_so_and_not_judged_against() -> None:
    assert "ambiguous" in BY_NUMBER[20].baseline
    assert not BY_NUMBER[20].rows[0].judged
