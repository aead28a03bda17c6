"""Units that have room: put together one way of cutting after the other, so that every figure which
would count them can still take one more, or one less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from caseapp.disclosure.attacker.bounds import Vector
from caseapp.disclosure.attacker.moves import Ground
from caseapp.disclosure.attacker.units import Categories, Shape

Unit = dict[str, frozenset[str]]


class Wanted(NamedTuple):
    """The node that a unit has to be in of some dimensions, and one that it may not be in."""

    nodes: Mapping[str, str]
    barred: tuple[str, str] | None = None


def room_of(ground: Ground, edition: str, world: Vector, sign: float) -> Vector:
    """How many units more (or fewer) each figure can take in this edition and all after it, at the
    places of the first edition that is like it."""
    alike, rows = ground.later[edition][0]
    bound = ground.system.upper if sign > 0 else ground.system.lower
    free = sign * (bound - world)
    least: Vector = free[alike.places[rows]].min(axis=0)
    return least


def find_unit(
    shape: Shape,
    measure: str,
    wanted: Wanted,
    room: Vector,
    chance: np.random.Generator,
    number: float = 1.0,
) -> Unit | None:
    """A unit with room for so many everywhere, at random; `None`: none was found this way."""
    unit: Unit = {}
    names = list(shape.ways[measure])
    first = [name for name in names if name in wanted.nodes]
    rest = [name for name in names if name not in wanted.nodes]
    for name in (*first, *(rest[at] for at in chance.permutation(len(rest)))):
        sets = _allowed(shape, measure, name, wanted)
        found = next(
            (
                sets[at]
                for at in chance.permutation(len(sets))
                if _has_room(shape, measure, {**unit, name: sets[at]}, name, room, number)
            ),
            None,
        )
        if found is None:
            return None
        unit[name] = found
    return {name: unit[name] for name in names}


def _allowed(shape: Shape, measure: str, name: str, wanted: Wanted) -> Sequence[frozenset[str]]:
    sets = shape.fitting(measure, name, wanted.nodes.get(name))
    if wanted.barred is None or wanted.barred[0] != name:
        return sets
    inside = shape.fitting(measure, name, wanted.barred[1])
    return [each for each in sets if each not in inside]


def _has_room(
    shape: Shape, measure: str, unit: Categories, name: str, room: Vector, number: float
) -> bool:
    """In all figures of this dimension that the unit is known to be in so far."""
    for grid in shape.cut_by(measure, name):
        if room[grid.of(unit, shape.above)].min() < number:
            return False
    return True
