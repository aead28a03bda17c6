"""Units that could exist: one more case or incident, and every figure that it would be counted in.

A unit keeps every line of every table, so a world with one more or one less is a world again as
long as each figure stays within what was published of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from caseapp.disclosure.attacker.bounds import Vector
from caseapp.disclosure.attacker.puzzle import Puzzle, Unknown, combined
from caseapp.disclosure.attacker.reading import ALL, Cut, PublishedEdition, PublishedTable

Categories = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Grid:
    """The unknowns of one table, one axis a dimension."""

    cuts: tuple[Cut, ...]
    axes: tuple[Mapping[str, int], ...]
    numbers: Vector
    names: tuple[str, ...]
    found: dict[tuple[frozenset[str] | None, ...], Vector] = field(default_factory=dict)

    def of(self, categories: Categories, above: Mapping[str, Mapping[str, str]]) -> Vector:
        """The unknowns that such a unit is counted in."""
        key = tuple([categories.get(name) for name in self.names])
        if key not in self.found:
            places = [self._places(axis, codes, above) for axis, codes in enumerate(key)]
            self.found[key] = self.numbers[np.ix_(*places)].ravel()
        return self.found[key]

    def _places(
        self, axis: int, codes: frozenset[str] | None, above: Mapping[str, Mapping[str, str]]
    ) -> list[int]:
        """Where nothing is known of a dimension, a unit is in all of it and nowhere else."""
        if codes is None:
            return [self.axes[axis][ALL]]
        cut, at = self.cuts[axis], self.axes[axis]
        wider = codes | {above.get(cut.name, {}).get(code, "") for code in codes}
        names = [node for node in cut.nodes if node == ALL or node in wider]
        names += [_together(codes)] if _together(codes) in at else []
        return [at[name] for name in names]


@dataclass(frozen=True)
class Shape:
    """The tables of one edition: the grids of each measure, and what can be invented."""

    grids: Mapping[str, tuple[Grid, ...]]
    ways: Mapping[str, Mapping[str, tuple[frozenset[str], ...]]]
    above: Mapping[str, Mapping[str, str]]
    within: Mapping[str, str]
    found: dict[tuple[str, str, str | None], Sequence[frozenset[str]]] = field(default_factory=dict)
    cuts: dict[tuple[str, str], Sequence[Grid]] = field(default_factory=dict)

    def of(self, measure: str, categories: Categories) -> Vector:
        """The unknowns that such a unit is counted in, each once."""
        grids = self.grids.get(measure, ())
        parts = [grid.of(categories, self.above) for grid in grids]
        return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=int)

    def invent(
        self, measure: str, fixed: Iterable[tuple[str, str]], chance: np.random.Generator
    ) -> dict[str, frozenset[str]]:
        """A unit that is counted in the cell, with the rest of its categories at random."""
        wanted = dict(fixed)
        unit = {}
        for name in self.ways[measure]:
            fits = self.fitting(measure, name, wanted.get(name))
            unit[name] = fits[int(chance.integers(len(fits)))] if fits else frozenset()
        return unit

    def fitting(self, measure: str, name: str, node: str | None) -> Sequence[frozenset[str]]:
        """The categories of a dimension that a unit of this node can have."""
        if (measure, name, node) not in self.found:
            sets = self.ways[measure][name]
            fits = [each for each in sets if node is None or self._is_in(name, each, node)]
            self.found[measure, name, node] = fits
        return self.found[measure, name, node]

    def cut_by(self, measure: str, name: str) -> Sequence[Grid]:
        """The tables of the measure that show this dimension."""
        if (measure, name) not in self.cuts:
            grids = self.grids[measure]
            self.cuts[measure, name] = [g for g in grids if any(c.name == name for c in g.cuts)]
        return self.cuts[measure, name]

    def home(
        self, measure: str, unit: Categories, chance: np.random.Generator
    ) -> tuple[str, dict[str, frozenset[str]]] | None:
        """A unit that this one belongs to, as a case to an incident: the same where both are cut
        alike. `None`: it belongs to none."""
        name = self.within.get(measure, "")
        if name not in self.ways:
            return None
        alike = {cut: self._node(name, cut, codes) for cut, codes in unit.items()}
        shared = [(cut, node) for cut, node in alike.items() if node]
        return name, self.invent(name, shared, chance)

    def _node(self, measure: str, cut: str, codes: frozenset[str]) -> str:
        """The cell of the measure that such codes are in: all of them together, or a group."""
        sets = self.ways[measure].get(cut, ())
        if codes in sets and len(codes) > 1:
            return _together(codes)
        return next(iter(codes)) if len(codes) == 1 and sets else ""

    def elsewhere(
        self, measure: str, unit: Categories, names: Sequence[str], chance: np.random.Generator
    ) -> dict[str, frozenset[str]]:
        """The same unit but for one of these ways of cutting, in which it is anywhere."""
        name = names[int(chance.integers(len(names)))]
        sets = self.ways[measure][name]
        return {**unit, name: sets[int(chance.integers(len(sets)))]}

    def _is_in(self, name: str, codes: frozenset[str], node: str) -> bool:
        above = self.above.get(name, {})
        return node in codes or node == _together(codes) or any(above.get(c) == node for c in codes)


def shape_of(puzzle: Puzzle, edition: PublishedEdition) -> Shape:
    """How the tables of an edition hang together, by what their metadata says."""
    grids: dict[str, list[Grid]] = {}
    finest: dict[str, dict[str, Cut]] = {}
    above: dict[str, dict[str, str]] = {}
    for table in edition.tables:
        grids.setdefault(table.measure, []).append(_grid(puzzle, edition.name, table))
        for cut in table.cuts:
            known = finest.setdefault(table.measure, {}).setdefault(cut.name, cut)
            if len(cut.nodes) > len(known.nodes):
                finest[table.measure][cut.name] = cut
            for group, members in cut.groups.items():
                above.setdefault(cut.name, {}).update(dict.fromkeys(members, group))
    ways = {
        measure: {name: _ways(cut) for name, cut in cuts.items()}
        for measure, cuts in finest.items()
    }
    within = {table.measure: table.within for table in edition.tables}
    return Shape({name: tuple(each) for name, each in grids.items()}, ways, above, within)


def _grid(puzzle: Puzzle, edition: str, table: PublishedTable) -> Grid:
    nodes = [(*cut.nodes, *combined(cut)) for cut in table.cuts]
    names = [cut.name for cut in table.cuts]
    numbers = [
        puzzle.numbers[_named(edition, table.measure, names, key)] for key in product(*nodes)
    ]
    axes = tuple({node: at for at, node in enumerate(each)} for each in nodes)
    array = np.array(numbers).reshape([len(each) for each in nodes])
    return Grid(table.cuts, axes, array, tuple(names))


def _named(edition: str, measure: str, names: Sequence[str], key: Sequence[str]) -> Unknown:
    pairs = zip(names, key, strict=True)
    return Unknown(edition, measure, frozenset(pair for pair in pairs if pair[1] != ALL))


def _ways(cut: Cut) -> tuple[frozenset[str], ...]:
    """The categories that one unit can have of a dimension."""
    if cut.additive:
        return tuple(frozenset({code}) for code in cut.categories)
    sets = tuple(combined(cut).values())
    none = () if cut.covering else (frozenset[str](),)
    return sets or (*none, *(frozenset({code}) for code in cut.categories))


def _together(codes: frozenset[str]) -> str:
    return "{" + ";".join(sorted(codes)) + "}"
