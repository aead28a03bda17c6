"""Worlds: solutions in whole numbers. Two worlds that differ in a figure show how wide it is.

A linear programme over all editions gives the direction; then each edition in turn is solved in
whole numbers close to it, with the editions before it fixed. So a year takes seconds, where one
programme in whole numbers over all editions takes hours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.targets import Findings

MOST_WORLDS = 80
MOST_IDLE = 6
STEPS_FROM_GUIDE = (1.0, 2.0, 4.0, inf)
EDITION_SECONDS = 30.0

Progress = Callable[[str], None]


def silent(line: str) -> None:
    """Progress that nobody wants to see."""


class Contradictory(ValueError):
    """No world fits what was read."""


@dataclass(frozen=True)
class Stage:
    """One edition: its own unknowns, and the rows that end in it."""

    rows: Vector
    own: Vector
    all_columns: csr_array
    own_columns: csr_array


def stages(system: System, editions: Vector) -> list[Stage]:
    """The system cut by edition; `editions` gives each unknown its place in time."""
    entries = system.matrix.tocoo()
    ends = np.zeros(len(system.rows_low), dtype=int)
    np.maximum.at(ends, entries.coords[0], editions[entries.coords[1]])
    cut = []
    for edition in range(int(editions.max(initial=-1)) + 1):
        rows, own = np.flatnonzero(ends == edition), np.flatnonzero(editions == edition)
        whole = system.matrix[rows]
        cut.append(Stage(rows, own, whole, whole[:, own]))
    return cut


def find_worlds(
    system: System, cut: Sequence[Stage], findings: Findings, progress: Progress
) -> None:
    """Push the open targets up and down, at random and then the other way round, until worlds
    stop closing them. Raises `Contradictory` where there is no world at all."""
    chance = np.random.default_rng(1)
    signs = np.ones(len(findings.needed))
    idle, left = 0, len(signs) + 1
    for count in range(MOST_WORLDS):
        targets = findings.still_open()
        idle = idle + 1 if len(targets) == left else 0
        left = len(targets)
        if not left or idle == MOST_IDLE:
            return
        progress(f"World {count + 1}: {left} figures are still open")
        signs = -signs if count % 2 else chance.choice((-1.0, 1.0), len(signs))
        push = np.zeros(len(signs))
        push[targets] = signs[targets] * chance.uniform(0.5, 1.5, left)
        findings.programmes += 1 + len(cut)
        world = world_near(system, cut, findings.forms.T @ push)
        if world is not None:
            findings.witness(world)


def world_near(
    system: System, cut: Sequence[Stage], objective: Vector, exact: bool = False
) -> Vector | None:
    """A world that makes the objective small, `exact`: the smallest within one edition.

    `None`: none was found from here. Raises `Contradictory` where there is none in fractions.
    """
    guide = _guide(system, objective)
    world = np.zeros(len(objective))
    for stage in cut:
        part = None
        for steps in (inf,) if exact and len(cut) == 1 else STEPS_FROM_GUIDE:
            part = _whole(system, stage, world, guide, steps, objective, 0.0 if exact else 0.05)
            if part is not None:
                break
        if part is None:
            return None
        world[stage.own] = part
    return world


def _guide(system: System, objective: Vector) -> Vector:
    rows = LinearConstraint(system.matrix, system.rows_low, system.rows_high)
    result = milp(objective, bounds=Bounds(system.lower, system.upper), constraints=rows)
    if result.x is None:
        raise Contradictory("What was read contradicts itself.")
    return np.asarray(result.x, dtype=float)


def _whole(
    system: System,
    stage: Stage,
    world: Vector,
    guide: Vector,
    steps: float,
    objective: Vector,
    gap: float,
) -> Vector | None:
    """One edition in whole numbers within so many steps of the guide."""
    own, done = stage.own, stage.all_columns @ world
    low = np.maximum(system.lower[own], np.floor(guide[own] + 1e-6) - steps)
    high = np.minimum(system.upper[own], np.ceil(guide[own] - 1e-6) + steps)
    result = milp(
        objective[own],
        integrality=np.ones(len(own)),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(
            stage.own_columns,
            system.rows_low[stage.rows] - done,
            system.rows_high[stage.rows] - done,
        ),
        options={"time_limit": EDITION_SECONDS, "mip_rel_gap": gap},
    )
    return None if result.x is None else np.round(result.x)
