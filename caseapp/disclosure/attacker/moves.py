"""Moves: so many units more or fewer, from one edition on, in every figure that counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csc_array

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.puzzle import Puzzle, Unknown
from caseapp.disclosure.attacker.reading import PublishedEdition
from caseapp.disclosure.attacker.units import Categories, Shape, shape_of


class Part(NamedTuple):
    """`by` units more (or fewer) with these categories, from this edition of a series on."""

    edition: str
    measure: str
    unit: Categories
    by: float


Move = tuple[Part, ...]


@dataclass(frozen=True)
class Alike:
    """Editions with the same tables: what is counted in one stands in the others at the same place.

    `places` has one row an edition: for each unknown of the first edition, the same one there.
    """

    shape: Shape
    places: Vector
    found: dict[Any, Vector] = field(default_factory=dict)

    def counted(self, measure: str, unit: Categories) -> Vector:
        """The unknowns of the first edition that such a unit is counted in."""
        key = (measure, *unit.items())
        if key not in self.found:
            self.found[key] = self.shape.of(measure, unit)
        return self.found[key]


@dataclass(frozen=True)
class Ground:
    """Where one moves: the system by columns, and for each edition the places of a unit in it and
    in those after it of the series."""

    system: System
    columns: csc_array
    names: Sequence[Unknown]
    shapes: Mapping[str, Shape]
    later: Mapping[str, Sequence[tuple[Alike, Vector]]]

    def touched(self, part: Part) -> Vector:
        """The unknowns that the units are counted in."""
        places = [
            alike.places[rows][:, alike.counted(part.measure, part.unit)].ravel()
            for alike, rows in self.later.get(part.edition, ())
        ]
        return np.concatenate(places) if places else np.zeros(0, dtype=int)

    def effect(self, move: Move) -> tuple[Vector, Vector]:
        """Each unknown that changes, once, and by how much."""
        touched = [self.touched(part) for part in move]
        by = [np.full(len(at), part.by) for at, part in zip(touched, move, strict=True)]
        if len(move) == 1:
            return touched[0], by[0]
        columns, inverse = np.unique(np.concatenate(touched), return_inverse=True)
        total = np.bincount(inverse, np.concatenate(by), len(columns))
        return columns[total != 0], total[total != 0]


def ground(system: System, puzzle: Puzzle, editions: Sequence[PublishedEdition]) -> Ground:
    order = sorted(editions, key=lambda each: each.name)
    names = list(puzzle.numbers)
    groups: dict[Any, list[PublishedEdition]] = {}
    for edition in order:
        own = frozenset((n.measure, n.fixed) for n in names if n.edition == edition.name)
        groups.setdefault((own, *_structure(edition)), []).append(edition)
    alike = {
        each.name: (one, row)
        for group in groups.values()
        for one in [Alike(shape_of(puzzle, group[0]), _places(puzzle, group))]
        for row, each in enumerate(group)
    }
    later = {one.name: _after(one, order, alike) for one in order}
    shapes = {name: one.shape for name, (one, _) in alike.items()}
    return Ground(system, system.matrix.tocsc(), names, shapes, later)


def _structure(edition: PublishedEdition) -> tuple[object, ...]:
    return tuple(
        (table.measure, table.within, tuple((cut.name, cut.nodes) for cut in table.cuts))
        for table in edition.tables
    )


def _places(puzzle: Puzzle, group: Sequence[PublishedEdition]) -> Vector:
    places = np.full((len(group), len(puzzle.numbers)), -1)
    for name, at in puzzle.numbers.items():
        if name.edition == group[0].name:
            places[:, at] = [puzzle.numbers[name._replace(edition=e.name)] for e in group]
    return places


def _after(
    one: PublishedEdition,
    order: Sequence[PublishedEdition],
    alike: Mapping[str, tuple[Alike, int]],
) -> list[tuple[Alike, Vector]]:
    """A unit that is there once stays in the series."""
    rows: dict[int, tuple[Alike, list[int]]] = {}
    for other in order:
        if other.since == one.since and other.name >= one.name:
            group, row = alike[other.name]
            rows.setdefault(id(group), (group, []))[1].append(row)
    return [(group, np.array(found)) for group, found in rows.values()]


class Walker:
    """A world under way: counts, what each row adds up to, and the moves that led there."""

    def __init__(self, ground: Ground, start: Vector, trail: Sequence[Move] = ()) -> None:
        self.ground = ground
        self.world = start.copy()
        self.rows = ground.system.matrix @ start
        self.trail = list(trail)
        self._change = np.zeros(len(self.rows))

    def go(self, move: Move) -> bool:
        """Change the counts, if what was published allows it."""
        columns, by = self.ground.effect(move)
        if not self._step(columns, by):
            return False
        self.trail.append(move)
        return True

    def go_either_way(self, move: Move) -> bool:
        return self.go(move) or self.go(tuple(part._replace(by=-part.by) for part in move))

    def _step(self, columns: Vector, by: Vector) -> bool:
        system = self.ground.system
        new = self.world[columns] + by
        if (new < system.lower[columns]).any() or (new > system.upper[columns]).any():
            return False
        rows, weights = self._entries(columns, by)
        np.add.at(self._change, rows, weights)
        sums = self.rows[rows] + self._change[rows]
        self._change[rows] = 0.0
        low, high = system.rows_low[rows], system.rows_high[rows]
        if (sums < low - 1e-6).any() or (sums > high + 1e-6).any():
            return False
        self.world[columns] = new
        self.rows[rows] = sums
        return True

    def _entries(self, columns: Vector, by: Vector) -> tuple[Vector, Vector]:
        """The rows that these columns stand in, and what each entry adds."""
        matrix = self.ground.columns
        starts = matrix.indptr[columns]
        sizes = matrix.indptr[columns + 1] - starts
        ends = np.cumsum(sizes)
        at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + sizes, sizes)
        return matrix.indices[at], matrix.data[at] * np.repeat(by, sizes)
