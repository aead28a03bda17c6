"""Tables of counts and the lattice that links them."""

import pytest

from caseapp.disclosure.lattice import link
from caseapp.disclosure.tables import ALL, Cell, Contradiction, Dimension, Key, Table
from tests.unit.disclosure.borough import make_units, six_tables

SEX = Dimension("sex", ("female", "male"))
PLACE = Dimension("place", ("a", "b", "c"), groups=(("ab", ("a", "b")),))
THEME = Dimension("theme", ("youth", "domestic"), additive=False)


def test_margins_are_the_sums_of_the_inner_counts() -> None:
    table = Table("t", (SEX, PLACE), {("female", "a"): 2, ("female", "b"): 1, ("male", "c"): 4})
    counts = table.with_margins()
    assert counts["female", "ab"] == 3
    assert counts["male", ALL] == 4
    assert counts[ALL, ALL] == 7
    assert list(counts) == list(table.published())


def test_all_of_overlapping_categories_is_its_own_count_and_not_their_sum() -> None:
    table = Table("t", (THEME,), {("youth",): 5, ("domestic",): 4, (ALL,): 6})
    assert table.with_margins()[(ALL,)] == 6


def test_a_cell_that_two_tables_share_is_one_cell() -> None:
    first = Table("first", (SEX, PLACE), {("female", "a"): 3, ("male", "b"): 2})
    second = Table("second", (SEX,), {("female",): 3, ("male",): 2})
    cells = link((first, second)).truth
    assert cells[Cell("cases", (("sex", "female"),))] == 3
    assert len(cells) == len(list(first.published()))


def test_tables_that_disagree_on_a_shared_cell_are_refused() -> None:
    first = Table("first", (SEX, PLACE), {("female", "a"): 3})
    second = Table("second", (SEX,), {("female",): 4})
    with pytest.raises(Contradiction):
        link((first, second))


@pytest.mark.parametrize(
    "counts", [{("youth",): 7, (ALL,): 6}, {("youth",): 2, ("domestic",): 3, (ALL,): 6}]
)
def test_overlapping_counts_that_cannot_be_true_are_refused(counts: dict[Key, int]) -> None:
    with pytest.raises(Contradiction):
        link((Table("t", (THEME,), counts),))


def test_two_dimensions_of_one_name_must_be_the_same() -> None:
    other = Dimension("sex", ("female", "male", "unknown"))
    with pytest.raises(Contradiction):
        link((Table("first", (SEX,), {}), Table("second", (other,), {})))


@pytest.mark.parametrize("counts", [{("nobody",): 1}, {("male",): -1}, {("male",): 1.5}])
def test_a_count_that_is_none_is_refused(counts: dict[Key, int]) -> None:
    with pytest.raises(ValueError, match="Table t"):
        Table("t", (SEX,), counts)


def test_something_counted_in_an_impossible_cell_is_refused() -> None:
    with pytest.raises(Contradiction):
        Table("t", (SEX,), {("male",): 1}, impossible=frozenset({("male",)}))


def test_codes_that_repeat_are_refused() -> None:
    with pytest.raises(ValueError, match="repeat"):
        Dimension("sex", ("female", "all"))


def test_the_six_tables_of_a_borough_are_linked_by_their_themes() -> None:
    truth = link(six_tables(make_units(100))).truth
    assert truth[Cell("cases", ())] == 100
    assert Cell("incidents", ()) in truth
