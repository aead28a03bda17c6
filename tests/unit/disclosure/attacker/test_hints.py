"""The true counts, told to the attacker in our own trials, take nothing away from what it tests."""

from caseapp.disclosure.attacker.reading import read_edition
from caseapp.disclosure.attacker.report import attack
from caseapp.disclosure.hints import true_world
from caseapp.disclosure.lattice import link
from caseapp.disclosure.tables import Cell
from tests.unit.disclosure.borough import make_units, six_tables
from tests.unit.disclosure.releases import certified_rounding, publish

TABLES = six_tables(make_units(240))
TRUTH = link(TABLES).truth
RELEASE = read_edition(publish(TABLES, certified_rounding(TABLES)))


def shown(told: bytes) -> dict[Cell, list[int]]:
    report = attack([RELEASE], told=told)
    return {
        Cell(entry["measure"], tuple(sorted(entry["cell"].items()))): entry["shown"]
        for entry in report["cells"]
        if "shown" in entry
    }


def test_who_is_told_the_truth_still_shows_that_each_small_count_could_be_four_others() -> None:
    found = shown(true_world({RELEASE.name: TRUTH}))
    small = [cell for cell, n in TRUTH.items() if 1 <= n <= 4]
    assert len(small) > 50
    assert all(found[cell][1] - found[cell][0] >= 3 for cell in small)


def test_who_is_told_that_a_count_is_zero_still_shows_that_it_could_be_one() -> None:
    """Else a group that is proved to be none of a margin would not be seen."""
    found = shown(true_world({RELEASE.name: TRUTH}))
    zeros = [cell for cell in found if TRUTH[cell] == 0 and cell.fixed[-1][0] == "theme"]
    assert len(zeros) > 10
    assert all(found[cell][1] >= 1 for cell in zeros)


def test_what_was_told_and_does_not_fit_what_was_published_is_no_world() -> None:
    """The hint is off by a thousand: it is not believed."""
    wrong = true_world({RELEASE.name: {cell: n + 1000 for cell, n in TRUTH.items()}})
    assert shown(wrong).keys() == shown(b"").keys()
    assert max(high for _, high in shown(wrong).values()) < 1000
