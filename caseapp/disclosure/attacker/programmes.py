"""Linear programmes for the least and the greatest value of what worlds left open (HiGHS)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from caseapp.disclosure.attacker.bounds import System, Vector, assemble
from caseapp.disclosure.attacker.puzzle import ENDLESS, Row
from caseapp.disclosure.attacker.targets import Findings
from caseapp.disclosure.attacker.timeline import Timeline, through_time
from caseapp.disclosure.attacker.worlds import (
    Contradictory,
    Progress,
    begun_before,
    world_in_turn,
    world_near_guide,
)


@dataclass(frozen=True)
class Programme:
    """The system in the form that the linear solver takes."""

    equal: csr_array
    equals: Vector
    below: csr_array
    limits: Vector
    bounds: Vector

    def least(self, objective: Vector) -> tuple[float, list[int]]:
        """The least value of the objective, and the unknowns whose own bounds hold it there."""
        result = linprog(
            objective, self.below, self.limits, self.equal, self.equals, self.bounds, "highs"
        )
        if result.x is None:
            raise Contradictory("What was read contradicts itself.")
        pull = np.abs(result.lower.marginals) + np.abs(result.upper.marginals)
        return float(result.fun), [int(at) for at in np.flatnonzero(pull > 1e-9)]


def programme(system: System) -> Programme:
    """Rows with two different limits become two rows."""
    equal = system.rows_low == system.rows_high
    high = ~equal & np.isfinite(system.rows_high)
    low = ~equal & np.isfinite(system.rows_low)
    return Programme(
        equal=system.matrix[equal],
        equals=system.rows_low[equal],
        below=vstack([system.matrix[high], -system.matrix[low]], format="csr"),
        limits=np.concatenate([system.rows_high[high], -system.rows_low[low]]),
        bounds=np.column_stack([system.lower, system.upper]),
    )


def least_given_up(
    rows: list[Row], softer: list[Row], lower: list[float], upper: list[float]
) -> set[int]:
    """Which of the softer rows (each of the form ≥) cannot hold when all rows do, with as little
    given up as possible. Raises `Contradictory` where the rows alone do not fit."""
    size, extra = len(lower), len(softer)
    soft = [({**row, size + at: 1.0}, low, high) for at, (row, low, high) in enumerate(softer)]
    system = assemble(rows + soft, lower + [0.0] * extra, upper + [ENDLESS] * extra)
    result = milp(
        np.concatenate([np.zeros(size), np.ones(extra)]),
        bounds=Bounds(system.lower, system.upper),
        constraints=LinearConstraint(system.matrix, system.rows_low, system.rows_high),
    )
    if result.x is None:
        raise Contradictory("What was read contradicts itself.")
    return {int(at) for at in np.flatnonzero(result.x[size:] > 1e-6)}


def bound_open_targets(
    published: System, timeline: Timeline, findings: Findings, progress: Progress
) -> None:
    """Bounds that are certain for each open target, and worlds at both ends if it looks wide.

    `published` has the bounds as they were read: what holds a figure is told by those.
    """
    linear = programme(published)
    targets = [int(target) for target in findings.still_open()]
    for count, target in enumerate(targets):
        if findings.is_late():
            return
        progress(f"Figure {count + 1} of {len(targets)}")
        form = findings.forms[[target]].toarray()[0]
        if not timeline.is_single and findings.is_open(target):
            _show(timeline, findings, target, form)  # a programme over all editions is dearer
        if findings.is_open(target):
            _bound(linear, findings, target, form)
            if findings.upper[target] - findings.lower[target] >= findings.needed[target]:
                _show_near(timeline, findings, form)


def _bound(linear: Programme, findings: Findings, target: int, form: Vector) -> None:
    if findings.upper[target] == findings.lower[target]:
        return
    least, held = linear.least(form)
    most, capped = linear.least(-form)
    findings.programmes += 2
    findings.lower[target] = max(findings.lower[target], np.ceil(least - 1e-6))
    findings.upper[target] = min(findings.upper[target], np.floor(1e-6 - most))
    findings.because[target] = sorted({*held, *capped})


def _show(timeline: Timeline, findings: Findings, target: int, form: Vector) -> None:
    """As far as one edition after the other goes: backwards, from worlds, and forwards."""
    chance, objective = np.random.default_rng(target), through_time(timeline, form)
    signs = (-1.0,) if findings.rests[target] else (1.0, -1.0)
    for way, sign in product(("backwards", "from a world", "forwards"), signs):
        if findings.is_late() or not findings.is_open(target):
            return
        begun = begun_before(timeline, findings, form, chance) if way == "from a world" else None
        findings.programmes += len(timeline.forwards)
        world = world_in_turn(timeline, sign * objective, way == "backwards", 0.0, begun)
        if world is not None:
            findings.witness(world)


def _show_near(timeline: Timeline, findings: Findings, form: Vector) -> None:
    for sign in (1.0, -1.0):
        findings.programmes += 1 + len(timeline.forwards)
        if timeline.is_single:
            world = world_in_turn(timeline, sign * form, gap=0.0)
        else:
            world = world_near_guide(timeline, sign * form, gap=0.0)
        if world is not None:
            findings.witness(world)
