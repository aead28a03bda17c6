"""Worlds: solutions in whole numbers. Two worlds that differ in a figure show how wide it is.

Each edition in turn is solved in whole numbers with the editions after it fixed, backwards in
time, or with those before it, forwards. So a year takes seconds, where one programme in whole
numbers over all editions takes hours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.targets import Findings
from caseapp.disclosure.attacker.timeline import Stage, Timeline, through_time

MOST_WORLDS = 80
DOWN = 3  # each so many worlds, one pushes figures down: up is possible more often
FROM_WORLD = 7  # each so many worlds, one is solved from another on
MOST_IDLE = 5  # worlds that closed nothing
STEPS_FROM_GUIDE = (1.0, 2.0, 4.0, inf)
EDITION_SECONDS = 10.0
ANY_SECONDS = 3.0  # the same where any world will do
MOST_NODES = 3  # branches of a programme: any world is good enough to show width
GAP = 0.3  # how far from the best a world may be that is only to show width
ALL_TOGETHER = 4  # so many worlds push all open figures, those after them half of them

Progress = Callable[[str], None]


def silent(line: str) -> None:
    """Progress that nobody wants to see."""


class Contradictory(ValueError):
    """No world fits what was read."""


@dataclass(frozen=True)
class Begun:
    """A world whose first editions are kept as they are."""

    world: Vector
    editions: int


def find_worlds(
    timeline: Timeline,
    findings: Findings,
    progress: Progress,
    near: Callable[[Vector], None],
    carried: Callable[[], Begun | None],
) -> None:
    """Push all open targets up, or all down, until worlds stop closing them. `near` looks around
    each; `carried` gives what was begun before. Raises `Contradictory` where there is none."""
    chance = np.random.default_rng(1)
    idle, left = 0, -1
    for count in range(MOST_WORLDS):
        targets = findings.still_open()
        idle = idle + 1 if len(targets) == left else 0
        left = len(targets)
        if not left or idle == MOST_IDLE or findings.is_late():
            return
        progress(f"World {count + 1}: {left} figures are still open")
        push = findings.forms.T @ _push(count, targets, findings.rests, chance)
        begun = carried() if count >= ALL_TOGETHER and count % 2 else None
        world = _look(timeline, findings, push, count, chance, begun)
        if world is not None:
            findings.witness(world)
            near(world)


def _push(count: int, targets: Vector, rests: Vector, chance: np.random.Generator) -> Vector:
    """What each figure costs: all go one way, as figures that are part of each other do together;
    later any half of them, since what is pushed too far leaves the others no room."""
    push = np.zeros(len(rests))
    push[targets] = chance.uniform(0.5, 1.5, len(targets)) * (1.0 if count % DOWN == 1 else -1.0)
    push[rests] = np.minimum(push[rests], 0.0)
    if count >= ALL_TOGETHER:
        push[targets] *= chance.random(len(targets)) < 0.5
    return push


def begun_before(
    timeline: Timeline, findings: Findings, push: Vector, chance: np.random.Generator
) -> Begun | None:
    """The editions before the first open figure of any world, where there are such editions."""
    open_columns = push != 0
    first = next(
        (at for at, stage in enumerate(timeline.forwards) if open_columns[stage.own].any()), 0
    )
    if not first or findings.first is None:
        return None
    return Begun(findings.world(int(chance.integers(len(findings.worlds) + 1))), first)


def _look(
    timeline: Timeline,
    findings: Findings,
    push: Vector,
    count: int,
    chance: np.random.Generator,
    begun: Begun | None,
) -> Vector | None:
    """Forwards from what was begun, else backwards in time, as what comes later leaves what was
    before it room; now and then forwards from a world seen. The dear way, over all editions at
    once, only where there is no world yet."""
    if begun is None and count % FROM_WORLD == FROM_WORLD - 1:
        begun = begun_before(timeline, findings, push, chance)
    findings.programmes += len(timeline.forwards) - (begun.editions if begun else 0)
    objective = through_time(timeline, push)
    world = world_in_turn(timeline, objective, begun is None, begun=begun)
    if world is not None or findings.first is not None:
        return world
    findings.programmes += 1
    return world_near_guide(timeline, push)


def world_in_turn(
    timeline: Timeline,
    objective: Vector,
    backwards: bool = False,
    gap: float = GAP,
    begun: Begun | None = None,
) -> Vector | None:
    """A world that makes the objective small in one edition after the other; `None`: none was found
    this way."""
    world = np.zeros(len(objective))
    for number, stage in enumerate(timeline.backwards if backwards else timeline.forwards):
        if begun is not None and number < begun.editions:
            world[stage.own] = begun.world[stage.own]
            continue
        part = _whole(timeline.system, stage, world, world, inf, objective, gap)
        if part is None:
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
    if not gap:
        return {"time_limit": EDITION_SECONDS, "mip_rel_gap": gap}
    return {"time_limit": ANY_SECONDS, "mip_rel_gap": gap, "node_limit": MOST_NODES}
