"""The first world: one as near to the published figures as there is.

Rounded figures that add up are a world themselves, with room on every side of each figure.
"""

from __future__ import annotations

from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.puzzle import Puzzle
from caseapp.disclosure.attacker.timeline import Stage, Timeline

SECONDS = 60.0
ROOM = 3  # units more that a figure should have room for, else its middle is a better start
STEPS = (0.0, 1.0, 2.0, inf)  # from each figure; within one there is room for three more units
FAR = 2.0  # from here on as few figures as possible may be so far


def world_as_published(
    timeline: Timeline, puzzle: Puzzle, begun: Vector | None = None
) -> Vector | None:
    """One edition after the other, each near what was published of it; `None`: none was found.

    `begun`: a world to stay as near to as can be, -1 for each unknown that it does not know.
    """
    system = timeline.system
    wanted = np.full(len(system.lower), np.nan)
    wanted[list(puzzle.values)] = list(puzzle.values.values())
    cramped = (wanted < system.lower) | (wanted + ROOM > system.upper)
    wanted = np.where(cramped, np.floor((system.lower + system.upper) / 2), wanted)
    world = np.zeros(len(wanted))
    for stage in timeline.forwards:
        own = stage.own
        if begun is not None and (begun[own] >= 0).any():
            part = _as_begun(system, stage, world, np.where(begun[own] < 0, np.nan, begun[own]))
        else:
            part = _nearest(system, stage, world, wanted[own])
        if part is None:
            return None
        world[own] = part
    return world


def _as_begun(system: System, stage: Stage, world: Vector, begun: Vector) -> Vector | None:
    """The same again where that still fits, else as little apart from it as can be."""
    lower, upper = system.lower[stage.own], system.upper[stage.own]
    low, high = _limits(system, stage, world)
    if (begun >= lower).all() and (begun <= upper).all():
        sums = stage.own_columns @ begun
        if (sums >= low - 1e-6).all() and (sums <= high + 1e-6).all():
            return begun
    near = np.fmax(lower, begun), np.fmin(upper, begun)
    if (near[0] <= near[1]).all():
        part = _solve(stage.own_columns, low, high, *near, np.zeros(len(begun)))
        if part is not None:
            return part
    return _least_apart(stage.own_columns, low, high, lower, upper, begun)


def _nearest(system: System, stage: Stage, world: Vector, wanted: Vector) -> Vector | None:
    lower, upper = system.lower[stage.own], system.upper[stage.own]
    if np.isnan(wanted).all():
        wanted = np.zeros(len(wanted))
    low, high = _limits(system, stage, world)
    for steps in STEPS:
        near = np.fmax(lower, wanted - steps), np.fmin(upper, wanted + steps)
        if steps < FAR:
            part = _solve(stage.own_columns, low, high, *near, np.zeros(len(wanted)))
        else:
            part = _least_apart(stage.own_columns, low, high, *near, wanted)
        if part is not None:
            return part
    return None


def _limits(system: System, stage: Stage, world: Vector) -> tuple[Vector, Vector]:
    done = stage.all_columns @ world
    return system.rows_low[stage.rows] - done, system.rows_high[stage.rows] - done


def _least_apart(
    matrix: csr_array, low: Vector, high: Vector, lower: Vector, upper: Vector, wanted: Vector
) -> Vector | None:
    """With one more unknown for each figure: how far the world is from it."""
    said = np.flatnonzero(~np.isnan(wanted))
    size, extra = len(wanted), len(said)
    pick, own = eye_array(size, format="csr")[said], eye_array(extra, format="csr")
    endless = np.full(extra, np.inf)
    whole = vstack(
        [
            hstack([matrix, csr_array((matrix.shape[0], extra))]),
            hstack([pick, own]),
            hstack([pick, -own]),
        ],
        format="csr",
    )
    found = _solve(
        whole,
        np.concatenate([low, wanted[said], -endless]),
        np.concatenate([high, endless, wanted[said]]),
        np.concatenate([lower, np.zeros(extra)]),
        np.concatenate([upper, endless]),
        np.concatenate([np.zeros(size), np.ones(extra)]),
        size,
    )
    return None if found is None else found[:size]


def _solve(
    matrix: csr_array,
    low: Vector,
    high: Vector,
    lower: Vector,
    upper: Vector,
    cost: Vector,
    whole: int | None = None,
) -> Vector | None:
    """The first `whole` unknowns in whole numbers, else all of them."""
    integers = np.zeros(len(lower))
    integers[: len(lower) if whole is None else whole] = 1
    result = milp(
        cost,
        integrality=integers,
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(matrix, low, high),
        options={"time_limit": SECONDS, "mip_rel_gap": 0.2},
    )
    return None if result.x is None else np.round(result.x)
