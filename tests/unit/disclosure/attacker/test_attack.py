"""The attacker finds what other rules give away, and nothing in certified rounding."""

import pytest

from caseapp.disclosure.attacker.known import KnownUnit
from caseapp.disclosure.attacker.reading import read_edition
from caseapp.disclosure.attacker.report import attack
from caseapp.disclosure.attacker.worlds import Contradictory
from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.tables import Cell, Dimension, Key, Table
from tests.unit.disclosure.borough import make_units, six_tables
from tests.unit.disclosure.releases import (
    Rule,
    as_they_are,
    attacked,
    certified_rounding,
    nearest_5,
    publish,
    suppress_under_5,
)

MONTH = "2025-04"
SEX = Dimension("sex", ("female", "male"))
AGE = Dimension("age", ("young", "old", "unknown"))
COUNTS: dict[Key, int] = {
    ("female", "young"): 9,
    ("female", "old"): 3,
    ("female", "unknown"): 7,
    ("male", "young"): 8,
    ("male", "old"): 12,
    ("male", "unknown"): 2,
}
SMALL_TABLE = Table("sex_by_age", (SEX, AGE), COUNTS)


def test_suppression_of_single_cells_gives_every_one_of_them_back() -> None:
    found = attacked([publish([SMALL_TABLE], suppress_under_5)], {MONTH: [SMALL_TABLE]})
    assert (found.counts.small, found.counts.exact) == (2, 2)
    assert {flag.cell.fixed for flag in found.flags} >= {(("age", "old"), ("sex", "female"))}


def test_rounding_to_the_nearest_leaves_fewer_than_four_candidates() -> None:
    found = attacked([publish([SMALL_TABLE], nearest_5)], {MONTH: [SMALL_TABLE]})
    assert found.counts.narrow >= 1


def test_a_release_without_protection_is_all_exact() -> None:
    found = attacked([publish([SMALL_TABLE], as_they_are)], {MONTH: [SMALL_TABLE]})
    assert found.counts.exact == found.counts.small == 2


def test_certified_rounding_of_the_six_tables_gives_nothing_away() -> None:
    tables = six_tables(make_units(600))
    found = attacked([publish(tables, certified_rounding(tables))], {MONTH: tables})
    assert found.counts.small > 50
    assert (found.counts.exact, found.counts.narrow, found.groups_proved) == (0, 0, 0)


@pytest.mark.parametrize("rule", [suppress_under_5, nearest_5])
def test_the_same_six_tables_leak_under_other_rules(rule: Rule) -> None:
    tables = six_tables(make_units(150))
    found = attacked([publish(tables, rule)], {MONTH: tables})
    assert found.counts.narrow > 0


def test_a_second_edition_gives_back_what_the_first_hid() -> None:
    """Growth alone: 3 was hidden in April; in May the cell is shown, and the total grew by 2."""
    april = Table("sex", (SEX,), {("female",): 3, ("male",): 4})
    may = Table("sex", (SEX,), {("female",): 5, ("male",): 5})
    documents = [
        publish([april], suppress_under_5, "2025-04"),
        publish([may], suppress_under_5, "2025-05"),
    ]
    found = attacked(documents, {"2025-04": [april], "2025-05": [may]})
    assert found.report["growth_rows"]
    assert found.flows.narrow > 0


def test_a_late_correction_costs_the_attacker_no_more_than_that_one_count() -> None:
    april = Table("sex", (SEX,), {("female",): 9, ("male",): 9})
    may = Table("sex", (SEX,), {("female",): 7, ("male",): 9})
    documents = [publish([april], as_they_are, "2025-04"), publish([may], as_they_are, "2025-05")]
    found = attacked(documents, {"2025-04": [april], "2025-05": [may]})
    assert (found.report["corrections_seen"], found.report["growth_rows"]) == (2, 1)


def test_a_group_proved_to_be_none_of_a_total_is_found() -> None:
    table = Table("sex", (SEX,), {("female",): 9, ("male",): 0})
    found = attacked([publish([table], suppress_under_5)], {MONTH: [table]})
    assert found.groups_proved == 2
    assert not found.safe


def test_an_impossible_cell_is_no_proof_about_anybody() -> None:
    def rule(cell: Cell, count: int) -> Figure:
        hidden = ("sex", "male") in cell.fixed
        return Figure(None, "z", 0, 0) if hidden else Figure(count, "", 1, 9)

    table = Table("sex", (SEX,), {("female",): 5}, impossible=frozenset({("male",)}))
    found = attacked([publish([table], rule)], {MONTH: [table]})
    assert found.groups_proved == 0


def test_what_a_partner_knows_is_taken_off_before_candidates_are_counted() -> None:
    table = Table("sex", (SEX,), {("female",): 8, ("male",): 13})
    known = [KnownUnit("cases", "", {"sex": frozenset({"female"})})] * 7
    report = attack([read_edition(publish([table], certified_rounding([table])))], known)
    female = next(entry for entry in report["cells"] if entry["cell"] == {"sex": "female"})
    assert female["known"] == 7
    assert female["lower"] >= 7


def test_tables_that_no_world_fits_are_called_contradictory() -> None:
    def rule(cell: Cell, count: int) -> Figure:
        return Figure(count, "", count, count) if cell.fixed else Figure(50, "", 50, 50)

    with pytest.raises(Contradictory):
        attack([read_edition(publish([SMALL_TABLE], rule))])


def test_an_incident_proves_that_there_is_a_case() -> None:
    cases = Table("cases", (SEX,), {("female",): 4, ("male",): 6})
    incidents = Table(
        "incidents", (SEX,), {("female",): 9, ("male",): 9}, "incidents", within="cases"
    )
    tables = [cases, incidents]

    def rule(_: Cell, count: int) -> Figure:
        return Figure(0, "low", 0, 4) if count <= 4 else Figure(count, "", count, count)

    report = attack([read_edition(publish(tables, rule))])
    women = next(
        e for e in report["cells"] if e["measure"] == "cases" and e["cell"] == {"sex": "female"}
    )
    assert women["lower"] >= 1


def test_no_incident_at_all_contradicts_nothing() -> None:
    cases = Table("cases", (SEX,), {("female",): 1})
    tables = [cases, Table("incidents", (SEX,), {}, "incidents", within="cases")]
    for rule in (certified_rounding(tables), suppress_under_5, as_they_are):
        assert attacked([publish(tables, rule)], {MONTH: tables}).report["cells"]
