"""The figures that the attacker looks at, chosen because they could be small."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import inf
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.puzzle import Puzzle

SMALL = 4
CANDIDATES = 4


@dataclass(frozen=True)
class Target:
    """A figure that could be small: a cell; a flow, which is a cell less the same cell one
    edition earlier; or a rest, which is what one category leaves of the margin above it."""

    kind: Literal["cell", "flow", "rest"]
    plus: int
    minus: int | None


@dataclass
class Findings:
    """What is known of each target, a row of `forms` over the unknowns.

    `lower` and `upper` are certain. `seen_low` and `seen_high` are shown by worlds in whole
    numbers. A target is open while worlds have not shown it to span `needed`.
    """

    forms: csr_array
    needed: Vector
    lower: Vector
    upper: Vector
    seen_low: Vector
    seen_high: Vector
    because: dict[int, list[int]] = field(default_factory=dict)
    worlds: list[Vector] = field(default_factory=list)
    programmes: int = 0
    until: float = inf

    def is_late(self) -> bool:
        return time.monotonic() > self.until

    def still_open(self) -> Vector:
        return np.flatnonzero(self.seen_high - self.seen_low < self.needed)

    def is_open(self, target: int) -> bool:
        return bool(self.seen_high[target] - self.seen_low[target] < self.needed[target])

    def witness(self, world: Vector) -> None:
        """Kept where it shows more of a figure that is open."""
        values = self.forms @ world
        shows_more = (values < self.seen_low) | (values > self.seen_high)
        if (shows_more & (self.seen_high - self.seen_low < self.needed)).any():
            self.worlds.append(world)
        np.minimum(self.seen_low, values, out=self.seen_low)
        np.maximum(self.seen_high, values, out=self.seen_high)


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
        if could_be_small(lower[now] - upper[then], upper[now] - lower[then])
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
        lower=np.where(rest, np.maximum(lower, 0.0), lower),
        upper=upper,
        seen_low=np.where(rest, 0.0, np.inf),
        seen_high=np.full(len(targets), -np.inf),
        until=until,
    )
