"""Aim: from every edition of a year together, work out a small count, or a small change."""

import pytest

from benchmarks.other_methods import OTHERS, published
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.judging import judge
from caseapp.disclosure.lattice import link
from caseapp.disclosure.trial import run_attacker
from tests.attacks.invented_years import SINCE, InventedYear, at_random, errors_of

YEARS = (InventedYear(600, 5, 3.0, 6), InventedYear(600, 6, 3.0, 7))  # a year ends in between


@pytest.fixture(scope="module")
def thirteen() -> list[Edition]:
    return [edition for year in YEARS for edition in year.editions()]


def test_nothing_small_can_be_worked_out_of_thirteen_editions(thirteen: list[Edition]) -> None:
    assert len(thirteen) == 13
    for newest in (thirteen[5], thirteen[12]):
        _insist_on_nothing_found(newest)


def test_every_figure_is_published_near_the_truth_and_every_sum_holds(
    thirteen: list[Edition],
) -> None:
    errors = errors_of(thirteen)
    assert max(errors) <= 4
    assert sum(errors) / len(errors) <= 1.8
    for edition in thirteen:
        lattice = link(edition.tables)
        assert edition.values.keys() == lattice.truth.keys()
        assert not edition.hidden
        assert all(line.holds(edition.values) for line in lattice.lines)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_nothing_small_can_be_worked_out_of_another_borough(number: int) -> None:
    """Seed and skew are chosen anew at each run and printed."""
    *_, newest = at_random(months=3).editions()
    _insist_on_nothing_found(newest)


def test_a_partner_that_knows_a_third_of_the_cases_works_out_nothing_of_the_rest() -> None:
    """Month after month, with how each of its cases stood in each: none of it is public."""
    year = InventedYear(300, 5, 3.0, 2)
    *_, newest = year.editions(year.partner(3))
    remainders = newest.certificate["partner_remainders"]
    assert remainders["tested"] > 50
    assert (remainders["exact"], remainders["narrow"]) == (0, 0)
    assert newest.certificate["partner"] == "one case in 3"


@pytest.mark.parametrize("name", OTHERS)
def test_the_same_attacker_takes_every_other_method_apart(name: str) -> None:
    """An attacker that has gone blind would find nothing here either."""
    year = InventedYear(300, 5, 3.0, 2)
    documents = [published(m, SINCE, tables, OTHERS[name]) for m, tables in year.tables.items()]
    truths = {month: link(tables).truth for month, tables in year.tables.items()}
    found = judge(run_attacker(documents, patience=8.0), truths)
    assert found.counts.narrow + found.flows.narrow + found.groups_proved > 10


def _insist_on_nothing_found(newest: Edition) -> None:
    certificate = newest.certificate
    for what in ("counts_that_could_be_small", "flows_that_could_be_small"):
        assert certificate[what]["tested"] > 50
        assert (certificate[what]["exact"], certificate[what]["narrow"]) == (0, 0)
    assert certificate["groups_proved_none_or_all"] == 0
