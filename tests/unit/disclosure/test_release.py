"""An edition is attacked before it may leave, repaired where that helps, and refused where not."""

import json

import pytest

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.judging import Flag, judge
from caseapp.disclosure.lattice import link
from caseapp.disclosure.ledger import catalogue_hash
from caseapp.disclosure.release import is_hopeless, protect, repaired
from caseapp.disclosure.rounding import Demand, Weights, round_tables
from caseapp.disclosure.rules import AttackFailed, NotSafe
from caseapp.disclosure.tables import Cell, Dimension, Table
from caseapp.disclosure.trial import run_attacker
from tests.unit.disclosure.borough import make_units, six_tables

KEY = b"one key of the disclosure tests."
PART = Dimension("part", ("a", "b", "c"))
A, B, C = (Cell("cases", (("part", name),)) for name in PART.categories)
TOTAL = Cell("cases", ())
CARELESS = Weights(fall=0, fall_to_zero=0)


def parts(a: int, b: int, c: int) -> list[Table]:
    return [Table("parts", (PART,), {("a",): a, ("b",): b, ("c",): c})]


@pytest.fixture(scope="module")
def editions() -> tuple[Edition, Edition]:
    units = make_units(240)
    april = protect(six_tables(units[:150]), KEY, "2025-04", "2025-04")
    may = protect(six_tables(units), KEY, "2025-05", "2025-04", [april], ledger_head="f" * 64)
    return april, may


def test_two_editions_are_certified_with_nothing_exact_and_nothing_narrow(
    editions: tuple[Edition, Edition],
) -> None:
    certificate = editions[1].certificate
    assert certificate["editions_covered"] == ["2025-04", "2025-05"]
    for figures in ("counts_that_could_be_small", "flows_that_could_be_small"):
        assert certificate[figures]["tested"] > 0
        assert (certificate[figures]["exact"], certificate[figures]["narrow"]) == (0, 0)
    assert certificate["groups_proved_none_or_all"] == 0
    assert certificate["utility"]["all_sums_hold"]
    assert certificate["utility"]["maximum_error"] <= 4


def test_the_certificate_names_the_catalogue_the_ledger_and_its_own_limits(
    editions: tuple[Edition, Edition],
) -> None:
    may = editions[1]
    assert may.certificate["catalogue"] == catalogue_hash(may.tables)
    assert may.certificate["ledger_head"] == "f" * 64
    assert any("not differential privacy" in limit for limit in may.certificate["limits"])
    assert "suppress under 5" in may.certificate["comparison"]["sentence"]


def test_the_certificate_does_not_tell_how_many_counts_are_small(
    editions: tuple[Edition, Edition],
) -> None:
    """That number is a figure about small counts: with few of them, zeros would be true zeros."""
    may = editions[1]
    small = sum(1 <= n <= 4 for n in link(may.tables).truth.values())
    assert may.certificate["counts_that_could_be_small"]["tested"] > small
    numbers = {value for value in may.certificate.values() if isinstance(value, int)}
    assert small not in numbers


def test_what_is_released_holds_no_true_count(editions: tuple[Edition, Edition]) -> None:
    """Every number of every file follows from the rounded values alone."""
    april = editions[0]
    rounded = {cell: april.values[cell] for cell in april.values}
    truthless = Edition(april.period, april.since, april.tables, rounded)
    assert [file.csv for file in april.files()] == [file.csv for file in truthless.files()]
    for file in april.files():
        for line in file.csv.splitlines()[1:]:
            value, _, lower, upper = line.split(",")[-4:]
            assert int(value) % 5 == 0
            assert (int(lower), int(upper)) == (max(0, int(value) - 4), int(value) + 4)


def test_a_rounded_zero_is_marked_low_and_an_impossible_cell_has_no_value() -> None:
    table = Table("parts", (PART,), {("a",): 3, ("b",): 9}, impossible=frozenset({("c",)}))
    edition = Edition("2025-04", "2025-04", (table,), {A: 0, B: 10, C: 0, TOTAL: 10})
    assert edition.figure(table, ("a",)).marker == "low"
    assert (edition.figure(table, ("a",)).lower, edition.figure(table, ("a",)).upper) == (0, 4)
    assert edition.figure(table, ("c",)).value is None
    assert edition.figure(table, ("c",)).marker == "z"
    assert edition.figure(table, ("b",)).marker == ""


def test_a_widened_cell_is_published_with_its_wider_interval() -> None:
    edition = Edition("2025-04", "2025-04", tuple(parts(3, 9, 0)), {A: 10}, frozenset({A}))
    figure = edition.figure(edition.tables[0], ("a",))
    assert (figure.lower, figure.upper) == (1, 19)


def _leaky_april() -> Edition:
    """Two parts of at least one, in a total that was published as 5: sums broken on purpose."""
    return Edition("2025-04", "2025-04", tuple(parts(2, 1, 0)), {A: 5, B: 5, C: 0, TOTAL: 5})


def test_a_figure_that_a_fall_gives_away_is_repaired_before_release() -> None:
    april, may = _leaky_april(), parts(3, 1, 0)
    demand = Demand(before=april.values)
    keys = (bytes([number]) * 32 for number in range(256))
    fallen = next(
        key
        for key in keys
        if round_tables(link(may), key, "2025-04", demand, CARELESS).values[TOTAL] == 0
    )
    edition = protect(may, fallen, "2025-05", "2025-04", [april], weights=CARELESS)
    assert edition.certificate["repairs"] >= 1
    assert edition.values[TOTAL] == 5


def test_no_edition_leaves_when_the_attacker_wins_whatever_is_tried() -> None:
    hopeless = Edition("2025-04", "2025-04", tuple(parts(1, 1, 2)), {A: 5, B: 5, C: 5, TOTAL: 0})
    said: list[str] = []
    with pytest.raises(NotSafe, match="No release for 2025-05"):
        protect(parts(1, 1, 2), KEY, "2025-05", "2025-04", [hopeless], progress=said.append)
    assert 1 <= sum(line.startswith("Try") for line in said) <= 6


def test_what_other_months_give_away_is_not_repaired_in_vain() -> None:
    assert is_hopeless(Flag("2025-04", A, (("2025-04", B), ("2025-06", C))), "2025-05")
    assert not is_hopeless(Flag("2025-04", A, (("2025-04", B), ("2025-05", C))), "2025-05")


def test_a_repair_forbids_the_falls_first_and_else_the_pattern() -> None:
    edition = Edition("2025-05", "2025-04", tuple(parts(3, 1, 0)), {A: 0, B: 5, C: 0, TOTAL: 5})
    flag = Flag("2025-05", A, (("2025-05", A), ("2025-05", B), ("2025-04", C)))
    assert repaired(Demand(before={A: 5}), edition, [flag]).forbidden == ({A: 0},)
    assert repaired(Demand(), edition, [flag]).forbidden == ({A: 0, B: 5},)


def test_an_attacker_that_is_plainly_wrong_stops_the_release() -> None:
    report = run_attacker([_leaky_april().document()])
    with pytest.raises(AttackFailed):
        judge(report, {"2025-04": dict.fromkeys((A, B, C, TOTAL), 999)})


def test_an_attacker_that_cannot_read_the_release_stops_it() -> None:
    with pytest.raises(AttackFailed, match="contradicts itself"):
        run_attacker([_broken_document()])


def _broken_document() -> dict[str, object]:
    csv = "part,measure,value,marker,lower,upper\r\nall,cases,50,,50,50\r\na,cases,5,,5,5\r\n"
    return {"name": "x", "since": "x", "tables": [{"name": "t", "csv": csv, "metadata": None}]}


def test_the_attacker_is_given_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from caseapp.disclosure import trial

    monkeypatch.setenv("CASEAPP_PASSPHRASE", "a secret")
    assert not any(name.startswith("CASEAPP_") for name in trial._without_secrets())


def test_the_certificate_is_plain_data(editions: tuple[Edition, Edition]) -> None:
    assert json.loads(json.dumps(editions[0].certificate)) == editions[0].certificate
