"""From one world to others by adding and taking away units that could exist.

Every step is checked against all rows and bounds, so what is reached is a world, and shows how
wide the figures are that it touches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.puzzle import Puzzle, Unknown
from caseapp.disclosure.attacker.reading import PublishedEdition
from caseapp.disclosure.attacker.targets import Findings, Target
from caseapp.disclosure.attacker.units import Categories, Shape, shape_of
from caseapp.disclosure.attacker.worlds import Progress

TRIES = 3  # units that are tried for one figure before the next figure has its turn
SMALLER = (2.0, 1.0)  # units at a time, where more find no room
MOST_MISSED = 3  # figures that a world had no room for, before the next world
ELSEWHERE = 0.3  # how often another world than the first is walked from
MOST_IDLE = 5  # rounds over all open figures that closed none
FEW = 300  # and so many more figures visited in vain, where few are open


@dataclass(frozen=True)
class Ground:
    """Where one walks: the system by columns, and the editions in which a unit stays once it is
    there."""

    system: System
    columns: csc_array
    shapes: dict[str, Shape]
    after: dict[str, tuple[str, ...]]
    names: Sequence[Unknown]


def ground(system: System, puzzle: Puzzle, editions: Sequence[PublishedEdition]) -> Ground:
    order = sorted(editions, key=lambda each: each.name)
    after = {
        one.name: tuple(o.name for o in order if o.since == one.since and o.name >= one.name)
        for one in order
    }
    shapes = {each.name: shape_of(puzzle, each) for each in order}
    return Ground(system, system.matrix.tocsc(), shapes, after, list(puzzle.numbers))


class Walker:
    """A world under way: counts, and what each row adds up to."""

    def __init__(self, ground: Ground, start: Vector) -> None:
        self.ground = ground
        self.world = start.copy()
        self.rows = ground.system.matrix @ start

    def step(self, columns: Vector, by: Vector) -> bool:
        """Change these counts, if what was published allows it."""
        system = self.ground.system
        new = self.world[columns] + by
        if (new < system.lower[columns]).any() or (new > system.upper[columns]).any():
            return False
        part = self.ground.columns[:, columns]
        weights = part.data * np.repeat(by, np.diff(part.indptr))
        change = np.bincount(part.indices, weights, len(self.rows))
        touched = np.flatnonzero(change)
        sums = self.rows[touched] + change[touched]
        low, high = system.rows_low[touched], system.rows_high[touched]
        if (sums < low - 1e-6).any() or (sums > high + 1e-6).any():
            return False
        self.world[columns] = new
        self.rows[touched] = sums
        return True


def walk(
    ground: Ground,
    targets: Sequence[Target],
    findings: Findings,
    starts: Sequence[Vector],
    progress: Progress,
    most_idle: int = MOST_IDLE,
) -> None:
    """Worlds near the given ones that show open figures to be wide, until that helps no more."""
    chance = np.random.default_rng(len(starts))
    idle, in_vain, asked = 0, 0, len(findings.still_open())
    while starts and asked and not findings.is_late():
        if not findings.still_open().size or (idle >= most_idle and in_vain >= FEW):
            return
        queue = [int(target) for target in chance.permutation(findings.still_open())]
        left = len(queue)
        while queue and not findings.is_late():
            other = int(chance.integers(len(starts))) if chance.random() < ELSEWHERE else 0
            queue = _one_world(Walker(ground, starts[other]), targets, findings, queue, chance)
            progress(f"Showing how wide figures are: {asked - len(queue)} of {asked}")
        closed = len(findings.still_open()) < left
        idle = 0 if closed else idle + 1
        in_vain = 0 if closed else in_vain + left


def _one_world(
    walker: Walker,
    targets: Sequence[Target],
    findings: Findings,
    queue: Sequence[int],
    chance: np.random.Generator,
) -> list[int]:
    """What is still to be tried after one world: what it had no room for has the next turn."""
    missed: list[int] = []
    moved, done = False, 0
    for target in queue:
        done += 1
        if not findings.is_open(target):
            continue
        if _visit(walker, targets[target], findings.needed[target], chance):
            moved = True
        elif moved:
            missed.append(target)
        if len(missed) > MOST_MISSED:
            break
    if moved:
        findings.witness(walker.world)
    return [*missed, *queue[done:]]


def _visit(walker: Walker, target: Target, needed: float, chance: np.random.Generator) -> bool:
    """Units more in the figure, or fewer; `True` where any step was possible."""
    ground = walker.ground
    cell = ground.names[target.plus]
    shape = ground.shapes[cell.edition]
    for size in (needed,) * TRIES + SMALLER:
        unit = shape.invent(cell.measure, cell.fixed, chance)
        more = _counted(ground, cell, cell.measure, unit)
        if _either_way(walker, more, np.full(len(more), size)):
            return True
        home = shape.home(cell.measure, unit, chance)
        if home is not None:
            one = _counted(ground, cell, *home)
            by = np.concatenate([np.full(len(more), size), np.ones(len(one))])
            if _either_way(walker, np.concatenate([more, one]), by):
                return True
        other = shape.another(cell.measure, unit, chance)
        less = _counted(ground, cell, cell.measure, other)
        new, old = (
            np.setdiff1d(*each, assume_unique=True) for each in ((more, less), (less, more))
        )
        by = np.concatenate([np.full(len(new), size), np.full(len(old), -size)])
        if _either_way(walker, np.concatenate([new, old]), by):
            return True
    return False


def _either_way(walker: Walker, columns: Vector, by: Vector) -> bool:
    return walker.step(columns, by) or walker.step(columns, -by)


def _counted(ground: Ground, cell: Unknown, measure: str, unit: Categories) -> Vector:
    """The unknowns that a unit is counted in from the edition of the cell on."""
    editions = ground.after[cell.edition]
    return np.concatenate([ground.shapes[each].of(measure, unit) for each in editions])
