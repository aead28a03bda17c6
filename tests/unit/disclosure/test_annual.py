"""An annual edition shows exact figures, and hides as much as it takes that none small is found."""

import pytest

from caseapp.disclosure.annual import hide
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.release import protect
from caseapp.disclosure.rules import ANNUAL_SUPPRESSION, NotSolved
from caseapp.disclosure.tables import Cell, Dimension, Table
from tests.unit.disclosure.borough import make_units, six_tables

KEY = b"one key of the disclosure tests."
PART = Dimension("part", ("a", "b", "c"))
A, B, C = (Cell("cases", (("part", name),)) for name in PART.categories)
TOTAL = Cell("cases", ())


def parts(a: int, b: int, c: int, dimension: Dimension = PART) -> list[Table]:
    return [Table("parts", (dimension,), {("a",): a, ("b",): b, ("c",): c})]


@pytest.fixture(scope="module")
def edition() -> Edition:
    tables = six_tables(make_units(150))
    return protect(tables, KEY, "2026-03", "2025-04", method=ANNUAL_SUPPRESSION)


def test_one_small_count_takes_another_count_with_it() -> None:
    hidden = hide(parts(2, 30, 40), ANNUAL_SUPPRESSION, {})
    assert A in hidden
    assert len(hidden) >= 2


def test_a_lone_zero_is_hidden_too() -> None:
    assert A in hide(parts(0, 30, 40), ANNUAL_SUPPRESSION, {})


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hide(parts(20, 30, 40), ANNUAL_SUPPRESSION, {}) == {}


def test_a_count_under_ten_is_hidden_where_disability_is_shown() -> None:
    disability = Dimension("disability", PART.categories)
    assert hide(parts(7, 30, 40), ANNUAL_SUPPRESSION, {}) == {}
    hidden = hide(parts(7, 30, 40, disability), ANNUAL_SUPPRESSION, {})
    assert Cell("cases", (("disability", "a"),)) in hidden


def test_an_impossible_count_is_shown_as_such() -> None:
    table = Table("parts", (PART,), {("a",): 20, ("b",): 30}, impossible=frozenset({("c",)}))
    assert hide([table], ANNUAL_SUPPRESSION, {}) == {}


def test_what_is_stated_of_a_hidden_count_holds_the_truth(edition: Edition) -> None:
    truth = link(edition.tables).truth
    assert edition.hidden
    for cell, (low, high) in edition.hidden.items():
        assert low <= truth[cell] <= high


def test_what_is_shown_is_exact_and_what_is_hidden_has_no_value(edition: Edition) -> None:
    truth = link(edition.tables).truth
    assert edition.values == {cell: n for cell, n in truth.items() if cell not in edition.hidden}
    assert all(n >= ANNUAL_SUPPRESSION.threshold_of(cell) for cell, n in edition.values.items())
    figures = [edition.figure(table, key) for table in edition.tables for key in table.published()]
    assert {figure.marker for figure in figures} == {"", "c"}
    assert all(figure.value is None for figure in figures if figure.marker == "c")


def test_the_attacker_finds_no_hidden_count(edition: Edition) -> None:
    found = edition.certificate["counts_that_could_be_small"]
    assert found["tested"] > 20
    assert (found["exact"], found["narrow"]) == (0, 0)
    assert edition.certificate["groups_proved_none_or_all"] == 0
    assert edition.certificate["method_name"] == "annual_suppression"
    assert edition.certificate["cells_suppressed"] == len(edition.hidden)


def test_what_nothing_can_hide_is_refused() -> None:
    with pytest.raises(NotSolved, match="cannot be hidden"):
        hide(parts(2, 30, 40), ANNUAL_SUPPRESSION, {A: 1_000})
