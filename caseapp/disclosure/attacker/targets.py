"""The figures that the attacker looks at, chosen because they could be small."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.moves import Move
from caseapp.disclosure.attacker.puzzle import Puzzle

SMALL = 4
CANDIDATES = 4

Trail = Sequence[Move]


@dataclass(frozen=True)
class Target:
    """A figure that could be small: a cell; a flow, which is a cell less the same cell one
    edition earlier; or a rest, which is what one category leaves of the margin above it."""

    kind: Literal["cell", "flow", "rest"]
    plus: int
    minus: int | None


class Seen(NamedTuple):
    """A world by what sets it apart from the first one: which counts, by how much, and the moves
    that led to it, if moves did."""

    at: Vector
    by: Vector
    trail: Trail


@dataclass
class Findings:
    """What is known of each target, a row of `forms` over the unknowns.

    `lower` and `upper` are certain. `seen_low` and `seen_high` are shown by worlds in whole
    numbers. A target is open while worlds have not shown it to span `needed`. `rests` need not be
    shown to be empty.
    """

    forms: csr_array
    needed: Vector
    rests: Vector
    lower: Vector
    upper: Vector
    seen_low: Vector
    seen_high: Vector
    because: dict[int, list[int]] = field(default_factory=dict)
    first: Vector | None = None
    worlds: list[Seen] = field(default_factory=list)
    programmes: int = 0
    until: float = inf

    def is_late(self) -> bool:
        return time.monotonic() > self.until

    def still_open(self) -> Vector:
        return np.flatnonzero(self.seen_high - self.seen_low < self.needed)

    def is_open(self, target: int) -> bool:
        return bool(self.seen_high[target] - self.seen_low[target] < self.needed[target])

    def undecided(self) -> Vector:
        """Which are neither shown to be wide nor proved to be narrow."""
        wide = self.upper - self.lower >= self.needed
        is_open: Vector = (self.seen_high - self.seen_low < self.needed) & wide
        return is_open

    def spare(self, targets: Vector) -> None:
        """These need not be looked at."""
        self.needed[targets] = -inf

    def so_far(self) -> str:
        asked = int((self.needed > -inf).sum())
        return f"Showing how wide figures are: {asked - len(self.still_open())} of {asked}"

    def witness(self, world: Vector, trail: Trail = ()) -> None:
        """Kept where it shows more of a figure that is open, and in any case if it is the first."""
        values = self.forms @ world
        shows_more = (values < self.seen_low) | (values > self.seen_high)
        is_open = self.seen_high - self.seen_low < self.needed
        np.minimum(self.seen_low, values, out=self.seen_low)
        np.maximum(self.seen_high, values, out=self.seen_high)
        if self.first is None:
            self.first = world.copy()
        elif (shows_more & is_open).any():
            at = np.flatnonzero(world != self.first).astype(np.int32)
            self.worlds.append(Seen(at, (world - self.first)[at].astype(np.int32), tuple(trail)))

    def world(self, number: int) -> Vector:
        """One of the worlds that were kept, whole; 0 is the first."""
        if self.first is None:
            raise IndexError("No world was seen yet.")
        world = self.first.copy()
        if number:
            seen = self.worlds[number - 1]
            world[seen.at] += seen.by
        return world

    def seen_worlds(self, most: int) -> list[Vector]:
        """The first world and those after it."""
        number = 0 if self.first is None else len(self.worlds) + 1
        return [self.world(at) for at in range(min(most, number))]


def choose_targets(puzzle: Puzzle, system: System, known: Vector) -> list[Target]:
    """Cells and flows that could be from 1 to 4 beyond what is known; rests of proven groups."""
    lower, upper = system.lower, system.upper

    def could_be_small(least: float, most: float) -> bool:
        return least <= SMALL and most >= 1

    cells = [
        Target("cell", at, None)
        for at in puzzle.published.values()
        if could_be_small(lower[at] - known[at], upper[at] - known[at])
    ]
    flows = [
        Target("flow", now, then)
        for now, then in puzzle.earlier.items()
        for own in [known[now] - known[then]]
        if could_be_small(lower[now] - upper[then] - own, upper[now] - lower[then] - own)
    ]
    published = set(puzzle.published.values())
    rests = [
        Target("rest", parent, child)
        for parent, child in puzzle.parents
        if lower[parent] >= 1 and {parent, child} <= published and upper[child] > 0
    ]
    return cells + flows + rests


def start(
    targets: list[Target],
    system: System,
    candidates: int = CANDIDATES,
    until: float = inf,
) -> Findings:
    """Nothing seen yet: the outer bounds alone."""
    plus = np.array([each.plus for each in targets], dtype=int)
    pairs = [(row, each.minus) for row, each in enumerate(targets) if each.minus is not None]
    minus_rows, minus = (np.array([pair[at] for pair in pairs], dtype=int) for at in (0, 1))
    rows = np.concatenate([np.arange(len(targets)), minus_rows])
    signs = np.concatenate([np.ones(len(targets)), -np.ones(len(minus))])
    columns = np.concatenate([plus, minus])
    forms = csr_array((signs, (rows, columns)), shape=(len(targets), len(system.lower)))
    lower, upper = system.lower[plus], system.upper[plus]
    lower[minus_rows] -= system.upper[minus]
    upper[minus_rows] -= system.lower[minus]
    rest = np.array([each.kind == "rest" for each in targets], dtype=bool)
    return Findings(
        forms=forms,
        needed=np.where(rest, 1.0, candidates - 1.0),
        rests=rest,
        lower=np.where(rest, np.maximum(lower, 0.0), lower),
        upper=upper,
        seen_low=np.where(rest, 0.0, np.inf),
        seen_high=np.full(len(targets), -np.inf),
        until=until,
    )


def spare_what_is_not_small(
    targets: Sequence[Target], findings: Findings, true: Vector, known: Vector
) -> None:
    """Of the true counts only those from 1 to 4, less what is known, need be shown to span all
    candidates. A true zero that is part of a margin must be shown not to be surely none of it."""
    apart = findings.forms @ (true - known)
    parts = {each.minus for each in targets if each.kind == "rest"}
    zero = (findings.forms @ true == 0) & [e.kind == "cell" and e.plus in parts for e in targets]
    findings.needed[zero] = 1.0
    findings.spare(np.flatnonzero(~findings.rests & ~zero & ((apart < 1) | (apart > SMALL))))
