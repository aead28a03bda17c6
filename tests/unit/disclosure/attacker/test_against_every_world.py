"""The attacker against brute force: on tiny tables, every world is tried."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product

from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.disclosure.attacker.reading import read_edition
from caseapp.disclosure.attacker.report import attack
from caseapp.disclosure.lattice import link
from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.tables import ALL, Cell, Dimension, Key, Table
from tests.unit.disclosure.releases import Rule, certified_rounding, nearest_5, publish
from tests.unit.disclosure.releases import suppress_under_5 as suppress

SEX = Dimension("sex", ("female", "male"))
PLACE = Dimension("place", ("a", "b"))
THEME = Dimension("theme", ("x", "y", "w"), additive=False)
NEED = Dimension("need", ("p", "q"), additive=False, covering=False)
MOST = 6

plain_table = st.tuples(*[st.integers(0, MOST)] * 4).map(
    lambda n: Table("t", (SEX, PLACE), dict(zip(product(("female", "male"), "ab"), n, strict=True)))
)


@st.composite
def overlapping_table(draw: st.DrawFn) -> Table:
    """Units with one or more of three themes, none or more of two needs."""
    counts: dict[Key, int] = {}
    themes = st.sets(st.sampled_from("xyw"), min_size=1)
    for unit in draw(st.lists(st.tuples(themes, st.sets(st.sampled_from("pq"))), max_size=6)):
        for key in product((*unit[0], ALL), (*unit[1], ALL)):
            counts[key] = counts.get(key, 0) + 1
    return Table("t", (THEME, NEED), counts)


def worlds(table: Table, rule: Rule) -> Iterator[dict[Cell, int]]:
    """Every table of small counts that would have been published the same way."""
    released = publish([table], rule)["tables"][0]["csv"]
    for counts in _possible(table):
        other = Table("t", table.dimensions, counts)
        if publish([other], rule)["tables"][0]["csv"] == released:
            yield dict(link([other]).truth)


def _possible(table: Table) -> Iterator[dict[Key, int]]:
    keys = list(product(*(dimension.counted for dimension in table.dimensions)))
    for values in product(range(MOST + 1), repeat=len(keys)):
        yield dict(zip(keys, values, strict=True))


def intervals(table: Table, rule: Rule) -> dict[Cell, tuple[int, int, list[int]]]:
    report = attack([read_edition(publish([table], rule))])
    return {
        Cell("cases", tuple(sorted(entry["cell"].items()))): (
            entry["lower"],
            entry["upper"],
            entry.get("shown", [entry["lower"], entry["upper"]]),
        )
        for entry in report["cells"]
    }


@given(plain_table)
@settings(max_examples=12, deadline=None)
def test_no_world_lies_outside_the_interval_of_a_suppressed_table(table: Table) -> None:
    _compare_with_all_worlds(table, suppress)


@given(plain_table)
@settings(max_examples=12, deadline=None)
def test_no_world_lies_outside_the_interval_of_a_table_rounded_to_the_nearest(table: Table) -> None:
    _compare_with_all_worlds(table, nearest_5)


def _compare_with_all_worlds(table: Table, rule: Rule) -> None:
    possible = list(worlds(table, rule))
    for cell, (lower, upper, _) in intervals(table, rule).items():
        values = {world[cell] for world in possible}
        assert lower <= min(values)
        assert max(values) <= upper
        if upper - lower < 3 and max(link([table]).truth.values()) <= MOST:
            assert {lower, upper} == {min(values), max(values)}


@given(overlapping_table())
@settings(max_examples=25, deadline=None)
def test_the_truth_is_among_the_candidates_where_categories_overlap(table: Table) -> None:
    rule = certified_rounding([table])
    for cell, (lower, upper, shown) in intervals(table, rule).items():
        assert lower <= link([table]).truth[cell] <= upper
        assert lower <= shown[0] <= shown[1] <= upper


def give_or_take_one(_: Cell, count: int) -> Figure:
    return Figure(count, "", max(0, count - 1), count + 1)


KINDS = [
    (themes, needs)
    for themes in ("x", "y", "w", "xy", "xw", "yw", "xyw")
    for needs in ("", "p", "q", "pq")
]


def _counted(units: Sequence[tuple[str, str]]) -> Table:
    counts: Counter[Key] = Counter(
        key for unit in units for key in product((*unit[0], ALL), (*unit[1], ALL))
    )
    return Table("t", (THEME, NEED), counts)


@given(st.lists(st.sampled_from(KINDS), max_size=2))
@settings(max_examples=8, deadline=None)
def test_intervals_are_those_of_all_sets_of_units_that_could_be_behind_them(
    units: list[tuple[str, str]],
) -> None:
    """Exact, although nobody can list all combinations of needs: no candidate is made up."""
    table = _counted(units)
    truth = link([table]).truth
    possible = [
        world
        for size in range(len(units) + 2)
        for other in combinations_with_replacement(KINDS, size)
        for world in [link([_counted(other)]).truth]
        if all(abs(world[cell] - count) <= 1 for cell, count in truth.items())
    ]
    for cell, (lower, upper, shown) in intervals(table, give_or_take_one).items():
        values = {world[cell] for world in possible}
        assert (lower, upper) == (min(values), max(values)) or upper - lower >= 3
        assert min(values) <= shown[0]
        assert shown[1] <= max(values)


def test_counts_that_overlap_are_not_taken_for_a_sum() -> None:
    """Three themes of 5 in 10 cases: an attacker who adds them up would find a contradiction."""
    counts: dict[Key, int] = {("x",): 5, ("y",): 5, ("w",): 5, (ALL,): 10}
    table = Table("t", (THEME,), counts)
    found = intervals(table, certified_rounding([table]))
    assert found[Cell("cases", ())][0] <= 10 <= found[Cell("cases", ())][1]


def test_a_world_of_overlapping_themes_obeys_what_the_published_tables_say() -> None:
    """The one who is both x and y is told apart by exact counts: 4 + 3 in 5 means two are both."""
    counts: dict[Key, int] = {("x",): 4, ("y",): 3, ("w",): 0, (ALL,): 5}
    table = Table("t", (THEME,), counts)
    found = intervals(table, suppress)
    assert found[Cell("cases", (("theme", "x"),))][:2] == (1, 4)
    assert found[Cell("cases", (("theme", "w"),))][:2] == (0, 0)
