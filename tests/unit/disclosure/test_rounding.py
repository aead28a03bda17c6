"""Controlled rounding: what it promises, for any tables."""

from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.disclosure.lattice import Lattice, Line, link
from caseapp.disclosure.rounding import Demand, leaning, round_tables
from caseapp.disclosure.tables import Cell, Dimension, Key, Table
from tests.unit.disclosure.borough import make_units, six_tables

KEY = b"one key of the disclosure tests."
SEX = Dimension("sex", ("female", "male", "unknown"))
PLACE = Dimension("place", ("a", "b", "c", "d"), groups=(("ab", ("a", "b")), ("cd", ("c", "d"))))


@st.composite
def linked_tables(draw: st.DrawFn) -> list[Table]:
    """Two tables that share their sexes."""
    count = st.integers(0, 12)
    people: dict[Key, int] = {(s, p): draw(count) for s in SEX.categories for p in PLACE.categories}
    ages = Dimension("age", ("young", "old"))
    split: dict[Key, int] = {}
    for sex in SEX.categories:
        total = sum(n for (each, _), n in people.items() if each == sex)
        young = draw(st.integers(0, total))
        split |= {(sex, "young"): young, (sex, "old"): total - young}
    return [Table("places", (SEX, PLACE), people), Table("ages", (SEX, ages), split)]


@given(linked_tables())
@settings(max_examples=60, deadline=None)
def test_every_sum_holds_and_every_cell_is_a_multiple_of_five_beside_its_count(
    tables: list[Table],
) -> None:
    lattice = link(tables)
    rounding = round_tables(lattice, KEY, "2025-04")
    assert all(line.holds(rounding.values) for line in lattice.lines)
    for cell, true in lattice.truth.items():
        value = rounding.values[cell]
        assert value % 5 == 0
        assert abs(value - true) <= (4 if cell not in rounding.moved else 9)
        if true % 5 == 0 and cell not in rounding.moved:
            assert value == true


@given(linked_tables())
@settings(max_examples=20, deadline=None)
def test_the_same_key_gives_the_same_rounding(tables: list[Table]) -> None:
    lattice = link(tables)
    assert round_tables(lattice, KEY, "2025-04") == round_tables(lattice, KEY, "2025-04")


def test_another_key_or_another_year_gives_other_noise() -> None:
    lattice = link(six_tables(make_units(300)))
    ours = round_tables(lattice, KEY, "2025-04").values
    assert round_tables(lattice, b"another key of the same tests...", "2025-04").values != ours
    assert round_tables(lattice, KEY, "2026-04").values != ours


def test_six_linked_tables_round_within_four_with_a_mean_error_under_two() -> None:
    lattice = link(six_tables(make_units(600)))
    rounding = round_tables(lattice, KEY, "2025-04")
    errors = [abs(rounding.values[cell] - true) for cell, true in lattice.truth.items() if true]
    assert not rounding.moved
    assert max(errors) <= 4
    assert sum(errors) / len(errors) <= 1.9
    assert all(line.holds(rounding.values) for line in lattice.lines)


def test_the_leaning_of_a_cell_is_even_and_stays_with_it() -> None:
    cells = [Cell("cases", (("ward", str(number)),)) for number in range(2000)]
    leanings = [leaning(KEY, "2025-04", cell) for cell in cells]
    assert leanings == [leaning(KEY, "2025-04", cell) for cell in cells]
    assert 0.48 < sum(leanings) / len(leanings) < 0.52


def test_a_cell_that_did_not_change_keeps_its_value_in_the_next_edition() -> None:
    units = make_units(600)
    first, second = link(six_tables(units[:500])), link(six_tables(units))
    before = round_tables(first, KEY, "2025-04").values
    after = round_tables(second, KEY, "2025-04", Demand(before=before)).values
    assert sum(after[cell] < value for cell, value in before.items()) <= 2
    still = [cell for cell, true in first.truth.items() if second.truth[cell] == true]
    assert sum(after[cell] != before[cell] for cell in still) <= len(still) // 10


def test_what_is_forbidden_is_not_rounded_that_way_again() -> None:
    lattice = link(six_tables(make_units(200)))
    first = round_tables(lattice, KEY, "2025-04").values
    cell = next(cell for cell, true in lattice.truth.items() if true == 3)
    again = round_tables(lattice, KEY, "2025-04", Demand(forbidden=({cell: first[cell]},))).values
    assert again[cell] != first[cell]


def test_tables_that_cannot_be_met_within_four_are_widened_and_say_so() -> None:
    """Two counts of 4 against a total that has to stay at 0 when rounded to adjacent fives."""
    cells = [Cell("cases", (("x", name),)) for name in ("a", "b", "total", "zero")]
    a, b, total, zero = cells
    truth = {a: 5, b: 5, total: 5, zero: 0}
    impossible = Lattice(truth, (Line(total, (a, b), "sum"), Line(zero, (zero,), "sum")))
    rounding = round_tables(impossible, KEY, "2025-04")
    assert rounding.moved
    assert rounding.moved <= rounding.widened == {a, b, total}
    assert rounding.values[a] + rounding.values[b] == rounding.values[total]
