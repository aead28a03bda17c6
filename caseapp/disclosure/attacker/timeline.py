"""The system cut by edition, so that each edition can be solved with the others fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from caseapp.disclosure.attacker.bounds import System, Vector

HALF = 0.5  # of what a count is worth, the same one an edition earlier or later


@dataclass(frozen=True)
class Stage:
    """One edition: its own unknowns, and the rows that end in it."""

    rows: Vector
    own: Vector
    all_columns: csr_array
    own_columns: csr_array


@dataclass(frozen=True)
class Timeline:
    """The system cut by edition, to be gone through forwards or backwards."""

    system: System
    forwards: tuple[Stage, ...]
    backwards: tuple[Stage, ...]
    growing: tuple[tuple[Vector, Vector], ...]  # by edition: counts, and the same an edition ago

    @property
    def is_single(self) -> bool:
        return len(self.forwards) <= 1


def cut_by_edition(system: System, editions: Vector, earlier: Mapping[int, int]) -> Timeline:
    """`editions` gives each unknown its place in time, `earlier` what it has grown from."""
    last = int(editions.max(initial=-1))
    stages = _stages(system, editions, last), _stages(system, last - editions, last)
    now, then = (np.array(each, dtype=int) for each in (list(earlier), list(earlier.values())))
    by_edition = [np.flatnonzero(editions[now] == edition) for edition in range(1, last + 1)]
    return Timeline(system, *stages, tuple((now[at], then[at]) for at in by_edition))


def through_time(timeline: Timeline, objective: Vector) -> Vector:
    """The same objective for what a count grew from and grows to, each step half as much: one
    edition after the other is solved, and the others have to leave room."""
    onwards, back = objective.copy(), objective.copy()
    for now, then in timeline.growing:
        onwards[now] += HALF * onwards[then] * (objective[now] == 0)
    for now, then in reversed(timeline.growing):
        back[then] += HALF * back[now] * (objective[then] == 0)
    together: Vector = np.where(objective == 0, onwards + back, objective)
    return together


def _stages(system: System, editions: Vector, last: int) -> tuple[Stage, ...]:
    entries = system.matrix.tocoo()
    ends = np.zeros(len(system.rows_low), dtype=int)
    np.maximum.at(ends, entries.coords[0], editions[entries.coords[1]])
    cut = []
    for edition in range(last + 1):
        rows, own = np.flatnonzero(ends == edition), np.flatnonzero(editions == edition)
        whole = system.matrix[rows]
        cut.append(Stage(rows, own, whole, whole[:, own]))
    return tuple(cut)
