"""Worlds: solutions in whole numbers. Two worlds that differ in a figure show how wide it is.

Each edition in turn is solved in whole numbers with the editions before it fixed, forwards in
time and then backwards. Where that no longer helps, a linear programme over all editions gives
the direction first. So a year takes seconds, where one programme in whole numbers over all
editions takes hours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.targets import Findings

MOST_WORLDS = 80
MOST_IDLE = 3
STEPS_FROM_GUIDE = (1.0, 2.0, 4.0, inf)
EDITION_SECONDS = 30.0
MOST_NODES = 3  # branches of a programme: any world is good enough to show width
GAP = 0.3  # how far from the best a world may be that is only to show width
WORTH_IT = 0.9  # a world that leaves more than this share of the figures open was not

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


@dataclass(frozen=True)
class Timeline:
    """The system cut by edition, to be gone through forwards or backwards."""

    system: System
    forwards: tuple[Stage, ...]
    backwards: tuple[Stage, ...]

    @property
    def is_single(self) -> bool:
        return len(self.forwards) <= 1


def cut_by_edition(system: System, editions: Vector) -> Timeline:
    """`editions` gives each unknown its place in time."""
    last = int(editions.max(initial=-1))
    return Timeline(system, _stages(system, editions, last), _stages(system, last - editions, last))


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


def find_worlds(
    timeline: Timeline, findings: Findings, progress: Progress, near: Callable[[Vector], None]
) -> None:
    """Push the open targets up and down, at random and then the other way round, until worlds
    stop closing them. `near` looks around each. Raises `Contradictory` where there is none."""
    chance = np.random.default_rng(1)
    signs = np.ones(len(findings.needed))
    guided, idle, left = False, 0, len(signs)
    for count in range(MOST_WORLDS):
        targets = findings.still_open()
        guided = guided or (count > 2 and len(targets) > WORTH_IT * left)
        idle = idle + 1 if count and len(targets) == left else 0
        left = len(targets)
        if not left or idle == MOST_IDLE or findings.is_late():
            return
        progress(f"World {count + 1}: {left} figures are still open")
        signs = -signs if count % 2 else chance.choice((-1.0, 1.0), len(signs))
        push = np.zeros(len(signs))
        push[targets] = signs[targets] * chance.uniform(0.5, 1.5, left)
        objective = findings.forms.T @ push
        begun = _begun(timeline, findings, objective, chance)
        world = _look(timeline, findings, objective, guided, count // 2 % 2 == 1, begun)
        if world is not None:
            findings.witness(world)
            near(world)


@dataclass(frozen=True)
class Begun:
    """A world whose first editions are kept as they are."""

    world: Vector
    editions: int


def _begun(
    timeline: Timeline, findings: Findings, objective: Vector, chance: np.random.Generator
) -> Begun | None:
    """The editions before the first open figure of any world, where there are such editions."""
    open_columns = objective != 0
    first = next(
        (at for at, stage in enumerate(timeline.forwards) if open_columns[stage.own].any()), 0
    )
    if not first or not findings.worlds:
        return None
    return Begun(findings.worlds[int(chance.integers(len(findings.worlds)))], first)


def _look(
    timeline: Timeline,
    findings: Findings,
    objective: Vector,
    guided: bool,
    backwards: bool,
    begun: Begun | None,
) -> Vector | None:
    findings.programmes += len(timeline.forwards) - (begun.editions if begun else 0)
    if begun is not None:
        world = world_in_turn(timeline, objective, begun=begun)
        if world is not None:
            return world
    if guided and not timeline.is_single:
        findings.programmes += 1
        return world_near_guide(timeline, objective)
    return world_in_turn(timeline, objective, backwards)


def world_in_turn(
    timeline: Timeline,
    objective: Vector,
    backwards: bool = False,
    gap: float = GAP,
    begun: Begun | None = None,
) -> Vector | None:
    """A world that makes the objective small in one edition after the other.

    `None`: none was found this way. Raises `Contradictory` where the first edition has none.
    """
    world = np.zeros(len(objective))
    for number, stage in enumerate(timeline.backwards if backwards else timeline.forwards):
        if begun is not None and number < begun.editions:
            world[stage.own] = begun.world[stage.own]
            continue
        part = _whole(timeline.system, stage, world, world, inf, objective, gap)
        if part is None:
            if number == 0:
                raise Contradictory("What was read contradicts itself.")
            return None
        world[stage.own] = part
    return world


def world_near_guide(timeline: Timeline, objective: Vector, gap: float = GAP) -> Vector | None:
    """A world close to the solution in fractions; `None`: none was found from there.

    Raises `Contradictory` where there is none even in fractions.
    """
    guide = _guide(timeline.system, objective)
    world = np.zeros(len(objective))
    for stage in timeline.forwards:
        part = None
        for steps in STEPS_FROM_GUIDE:
            part = _whole(timeline.system, stage, world, guide, steps, objective, gap)
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
        options=_options(gap),
    )
    return None if result.x is None else np.round(result.x)


def _options(gap: float) -> dict[str, float]:
    """Patient for the ends of one figure, else content with the first good world."""
    limits = {"time_limit": EDITION_SECONDS, "mip_rel_gap": gap}
    return limits | {"node_limit": MOST_NODES} if gap else limits
