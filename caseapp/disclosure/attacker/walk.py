"""From one world to others by adding and taking away units that could exist.

Every move is checked against all rows and bounds, so what is reached is a world, and shows how
wide the figures are that it touches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from caseapp.disclosure.attacker.bounds import Vector
from caseapp.disclosure.attacker.moves import Ground, Move, Part, Walker
from caseapp.disclosure.attacker.room import Wanted, find_unit, room_of
from caseapp.disclosure.attacker.targets import Findings, Target
from caseapp.disclosure.attacker.units import Categories
from caseapp.disclosure.attacker.worlds import Progress

CLIMBS = 12  # units, one at a time, that are tried for a figure which had no room for more at once
MOST_MISSED = 3  # figures that a world had no room for, before the next world
ELSEWHERE = 0.3  # how often another world than the first is walked from
WORTH_IT = 0.15  # a round that closes fewer than this share of the open figures is the last
IN_VAIN = 15  # but so many visits are made even if none closes any


def walk(
    ground: Ground,
    targets: Sequence[Target],
    findings: Findings,
    starts: Sequence[Vector],
    progress: Progress,
    in_vain: int = IN_VAIN,
    is_quick: bool = False,
) -> None:
    """Worlds near the given ones that show open figures to be wide, until that helps little, or
    until so many visits were `in_vain`. A quick walk only tries all units of a figure at once.

    What is reached from the first of them is noted with the moves that led there.
    """
    chance = np.random.default_rng(len(starts))
    visits = 0
    while starts and not findings.is_late():
        left = len(findings.still_open())
        _round(ground, targets, findings, starts, chance, progress, is_quick)
        closed = left - len(findings.still_open())
        visits = 0 if closed else visits + left
        if (closed < WORTH_IT * left and not 0 < visits < in_vain) or closed == left:
            return


def _round(
    ground: Ground,
    targets: Sequence[Target],
    findings: Findings,
    starts: Sequence[Vector],
    chance: np.random.Generator,
    progress: Progress,
    is_quick: bool,
) -> None:
    """One visit to each open figure."""
    queue: Sequence[int] = [int(target) for target in chance.permutation(findings.still_open())]
    while queue and not findings.is_late():
        other = int(chance.integers(len(starts))) if chance.random() < ELSEWHERE else 0
        walker = Walker(ground, starts[other])
        queue = _one_world(walker, targets, findings, queue, chance, other == 0, is_quick)
        progress(findings.so_far())


def _one_world(
    walker: Walker,
    targets: Sequence[Target],
    findings: Findings,
    queue: Sequence[int],
    chance: np.random.Generator,
    is_noted: bool,
    is_quick: bool,
) -> Sequence[int]:
    """What is still to be visited after one world: it had no room for all."""
    missed = done = 0
    for target in queue:
        done += 1
        if not findings.is_open(target):
            continue
        visit = _Visit(walker, targets[target], chance)
        if visit.at_once(findings.needed[target]):
            continue
        if is_quick or not visit.climb(findings, target):
            missed += 1
        if missed > MOST_MISSED:
            break
    if walker.trail:
        findings.witness(walker.world, walker.trail if is_noted else ())
    return queue[done:]


class _Visit:
    """One figure in one world."""

    def __init__(self, walker: Walker, target: Target, chance: np.random.Generator) -> None:
        self.walker, self.target, self.chance = walker, target, chance
        self.edition, self.measure, self.fixed = walker.ground.names[target.plus]
        self.shape = walker.ground.shapes[self.edition]
        self.cuts = [name for name, _ in self.fixed]
        self.pairs = sorted(self.fixed)

    def at_once(self, needed: float) -> bool:
        """As many units more as are needed, or fewer; `True` where there was room."""
        return any(self.walker.go_either_way(move) for move in self._moves(needed)) or any(
            self._units(sign, needed) for sign in (1.0, -1.0)
        )

    def _moves(self, size: float) -> Iterator[Move]:
        """Units of the figure; the same with what they belong to; or from elsewhere into it."""
        unit = self._invent()
        more = self._part(unit, size)
        yield (more,)
        home = self.shape.home(self.measure, unit, self.chance)
        if home is not None:
            yield more, Part(self.edition, *home, 1.0)
        if self.cuts:
            yield more, self._part(self._elsewhere(unit, self.cuts), -size)

    def climb(self, findings: Findings, row: int) -> bool:
        """One unit after the other, up or down, until worlds span what is needed."""
        for sign in self.chance.permutation((1.0, -1.0)):
            for _ in range(CLIMBS):
                if self._missing(findings, row, sign) <= 0:
                    return True
                self._units(sign, 1.0)
            if self._missing(findings, row, sign) <= 0:
                return True
        return False

    def _missing(self, findings: Findings, row: int, sign: float) -> float:
        """How many units the figure is away from where it has to be seen."""
        minus = self.target.minus
        value = self.walker.world[self.target.plus]
        value -= 0.0 if minus is None else self.walker.world[minus]
        seen = findings.seen_low[row] if sign > 0 else -findings.seen_high[row]
        return float(seen + findings.needed[row] - sign * value)

    def _units(self, sign: float, number: float) -> bool:
        """Units more (or fewer) that have room, or in place of others elsewhere."""
        room = room_of(self.walker.ground, self.edition, self.walker.world, sign)
        wanted = Wanted(dict(self.fixed))
        unit = find_unit(self.shape, self.measure, wanted, room, self.chance, number)
        if unit is not None:
            return self.walker.go((self._part(unit, sign * number),))
        return bool(self.cuts) and self._instead(sign, number)

    def _instead(self, sign: float, number: float) -> bool:
        """The figures above this one have no room: units move here that were counted in them."""
        name, node = self.pairs[int(self.chance.integers(len(self.pairs)))]
        others = Wanted({n: o for n, o in self.pairs if n != name}, (name, node))
        room = room_of(self.walker.ground, self.edition, self.walker.world, -sign)
        old = find_unit(self.shape, self.measure, others, room, self.chance, number)
        if old is None:
            return False
        sets = self.shape.fitting(self.measure, name, node)
        new = {**old, name: sets[int(self.chance.integers(len(sets)))]}
        by = sign * number
        return self.walker.go((self._part(new, by), self._part(old, -by)))

    def _invent(self) -> dict[str, frozenset[str]]:
        return self.shape.invent(self.measure, self.fixed, self.chance)

    def _elsewhere(self, unit: Categories, cuts: Sequence[str]) -> dict[str, frozenset[str]]:
        return self.shape.elsewhere(self.measure, unit, cuts, self.chance)

    def _part(self, unit: Categories, by: float) -> Part:
        return Part(self.edition, self.measure, unit, by)
