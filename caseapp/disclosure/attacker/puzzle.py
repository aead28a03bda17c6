"""The puzzle: one unknown for each count of each edition, and a row for each thing that is known.

Where the categories of a dimension overlap (a case may have several themes), the unknowns are
the counts of each combination of categories: then every solution in whole numbers is a world
that could exist, for tables that share one such dimension.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import inf
from typing import NamedTuple

import numpy as np

from caseapp.disclosure.attacker.reading import ALL, Cut, PublishedEdition, PublishedTable

ENDLESS = 1_000_000.0
MOST_COMBINED = 4

Row = tuple[dict[int, float], float, float]


class Unknown(NamedTuple):
    """A count that the attacker looks for: a published cell, or one combination of categories."""

    edition: str
    measure: str
    fixed: frozenset[tuple[str, str]]


@dataclass
class Puzzle:
    """Unknowns by number with their bounds, the rows between them, and which are published."""

    numbers: dict[Unknown, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    growth: list[Row] = field(default_factory=list)
    published: dict[Unknown, int] = field(default_factory=dict)
    parents: dict[tuple[int, int], None] = field(default_factory=dict)
    earlier: dict[int, int] = field(default_factory=dict)
    impossible: set[int] = field(default_factory=set)
    values: dict[int, float] = field(default_factory=dict)
    _lines: set[tuple[object, ...]] = field(default_factory=set)

    def number(self, unknown: Unknown) -> int:
        if unknown not in self.numbers:
            self.numbers[unknown] = len(self.lower)
            self.lower.append(0.0)
            self.upper.append(ENDLESS)
        return self.numbers[unknown]

    def places(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """For each unknown the place of its edition in time."""
        order = sorted({unknown.edition for unknown in self.numbers})
        return np.array([order.index(unknown.edition) for unknown in self.numbers], dtype=int)

    def bound(self, at: int, lower: float, upper: float) -> None:
        self.lower[at] = max(self.lower[at], lower)
        self.upper[at] = min(self.upper[at], upper)

    def add(self, parent: int, children: Sequence[int], low: float, high: float) -> None:
        """low ≤ sum of children − parent ≤ high; a line that linked tables share is kept once."""
        line = (parent, *children, low, high)
        if line not in self._lines:
            self._lines.add(line)
            self.rows.append(({parent: -1.0, **dict.fromkeys(children, 1.0)}, low, high))


def set_puzzle(editions: Sequence[PublishedEdition]) -> Puzzle:
    """Everything that the editions say, as one puzzle."""
    puzzle = Puzzle()
    for edition in editions:
        for table in edition.tables:
            _read_table(puzzle, edition.name, table)
        for table in edition.tables:
            _belong(puzzle, edition, table)
    for before, after in _successions(editions):
        _grow(puzzle, before, after)
    return puzzle


def _read_table(puzzle: Puzzle, edition: str, table: PublishedTable) -> None:
    for key in product(*(cut.nodes for cut in table.cuts)):
        unknown = _unknown(edition, table, key)
        at = puzzle.published[unknown] = puzzle.number(unknown)
        puzzle.bound(at, *table.bounds.get(key, (0.0, inf)))
        if key in table.values:
            puzzle.values[at] = table.values[key]
        if key in table.impossible:
            puzzle.impossible.add(at)
    for position, cut in enumerate(table.cuts):
        others = [(*each.nodes, *combined(each)) for each in table.cuts]
        others[position] = ("",)
        for key in product(*others):
            numbers = {
                node: puzzle.number(_unknown(edition, table, _put(key, position, node)))
                for node in (*cut.nodes, *combined(cut))
            }
            _hold(puzzle, cut, numbers)


def _put(key: tuple[str, ...], position: int, node: str) -> tuple[str, ...]:
    return (*key[:position], node, *key[position + 1 :])


def _unknown(edition: str, table: PublishedTable, key: Sequence[str]) -> Unknown:
    pairs = zip(table.cuts, key, strict=True)
    fixed = frozenset((cut.name, node) for cut, node in pairs if node != ALL)
    return Unknown(edition, table.measure, fixed)


def combined(cut: Cut) -> Mapping[str, frozenset[str]]:
    """The combinations of overlapping categories, named; none where they are too many or none."""
    if cut.additive or cut.groups or not 2 <= len(cut.categories) <= MOST_COMBINED:
        return {}
    sizes = range(1 if cut.covering else 0, len(cut.categories) + 1)
    sets = (members for size in sizes for members in combinations(cut.categories, size))
    return {"{" + ";".join(sorted(members)) + "}": frozenset(members) for members in sets}


def _hold(puzzle: Puzzle, cut: Cut, at: Mapping[str, int]) -> None:
    """The rows of one line along one dimension."""
    for parent, children in _families(cut):
        numbers = [at[child] for child in children]
        possible = [number for number in numbers if number not in puzzle.impossible]
        if len(possible) > 1:
            puzzle.parents.update(dict.fromkeys((at[parent], number) for number in possible))
        if cut.additive:
            puzzle.add(at[parent], numbers, 0.0, 0.0)
            continue
        for number in numbers:
            puzzle.add(at[parent], [number], -inf, 0.0)
        if cut.covering or parent != ALL:
            puzzle.add(at[parent], numbers, 0.0, inf)
    sets = combined(cut)
    for node in cut.nodes if sets else ():
        inside = [at[name] for name, members in sets.items() if node == ALL or node in members]
        puzzle.add(at[node], inside, 0.0, 0.0)


def _families(cut: Cut) -> Iterator[tuple[str, tuple[str, ...]]]:
    grouped = {member for members in cut.groups.values() for member in members}
    yield from cut.groups.items()
    yield ALL, (*cut.groups, *(code for code in cut.categories if code not in grouped))


def _belong(puzzle: Puzzle, edition: PublishedEdition, table: PublishedTable) -> None:
    """Where there is an incident there is a case: a count of zero cases has zero incidents."""
    homes = [other for other in edition.tables if other.measure == table.within]
    names = {cut.name for other in homes for cut in other.cuts}
    shared = [cut for cut in table.cuts if cut.name in names]
    for key in product(*((*cut.nodes, *combined(cut)) for cut in shared)):
        fixed = frozenset((cut.name, n) for cut, n in zip(shared, key, strict=True) if n != ALL)
        home = puzzle.numbers.get(Unknown(edition.name, table.within, fixed))
        units = puzzle.numbers.get(Unknown(edition.name, table.measure, fixed))
        total = puzzle.numbers.get(Unknown(edition.name, table.measure, frozenset()))
        if home is None or units is None or total is None:
            continue
        if 0 < puzzle.upper[total] < ENDLESS:
            puzzle.rows.append(({units: 1.0, home: -puzzle.upper[total]}, -inf, 0.0))


def _successions(
    editions: Sequence[PublishedEdition],
) -> Iterator[tuple[PublishedEdition, PublishedEdition]]:
    series: dict[str, PublishedEdition] = {}
    for edition in sorted(editions, key=lambda each: each.name):
        if edition.since in series:
            yield series[edition.since], edition
        series[edition.since] = edition


def _grow(puzzle: Puzzle, before: PublishedEdition, after: PublishedEdition) -> None:
    """Counts since a fixed day only grow, where a unit does not leave its category."""
    for table in after.tables:
        steady = [cut.nodes if cut.steady else (ALL,) for cut in table.cuts]
        for key in product(*steady):
            now = puzzle.numbers[_unknown(after.name, table, key)]
            then = puzzle.numbers.get(_unknown(before.name, table, key))
            if then is not None and now not in puzzle.earlier:
                puzzle.earlier[now] = then
                puzzle.growth.append(({now: 1.0, then: -1.0}, 0.0, inf))
