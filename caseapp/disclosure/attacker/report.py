"""The attack from released editions to a report of plain data."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import scipy

from caseapp.disclosure.attacker.again import Carried, again
from caseapp.disclosure.attacker.bounds import Vector, assemble, propagate
from caseapp.disclosure.attacker.entries import Outcome, doubtful_groups, entries
from caseapp.disclosure.attacker.guess import world_as_published
from caseapp.disclosure.attacker.kept import is_world, pack, unpack
from caseapp.disclosure.attacker.known import KnownUnits, count_known, without_known
from caseapp.disclosure.attacker.moves import Move, ground
from caseapp.disclosure.attacker.programmes import bound_open_targets, least_given_up
from caseapp.disclosure.attacker.puzzle import Puzzle, Row, set_puzzle
from caseapp.disclosure.attacker.reading import PublishedEdition
from caseapp.disclosure.attacker.targets import (
    CANDIDATES,
    Findings,
    Target,
    choose_targets,
    spare_what_is_not_small,
    start,
)
from caseapp.disclosure.attacker.timeline import Timeline, cut_by_edition
from caseapp.disclosure.attacker.walk import walk
from caseapp.disclosure.attacker.worlds import (
    Contradictory,
    Progress,
    find_worlds,
    silent,
)

MOST_STARTS = 12  # worlds that are walked from
MOST_STARTS_AGAIN = 200  # the same for what is left in the end
LAST_IN_VAIN = 300  # visits to these, as each programme is dearer


@dataclass(frozen=True)
class _Plan:
    """What is attacked, with what is known and how long."""

    editions: Sequence[PublishedEdition]
    puzzle: Puzzle
    known: Vector
    kept: bytes
    told: bytes
    until: float
    candidates: int


def attack(
    editions: Sequence[PublishedEdition],
    known: KnownUnits = (),
    progress: Progress = silent,
    kept: bytes = b"",
    seconds: float = inf,
    candidates: int = CANDIDATES,
    told: bytes = b"",
) -> dict[str, Any]:
    """What can be worked out from these editions.

    `kept`: worlds of an earlier attack. After `seconds` it stops where it is: what is open then
    is reported as it stands. A figure is looked at until worlds show so many `candidates`.
    `told`: the true counts, in a trial of our own: they are a world like any other, and what is
    not small by them is not looked at.

    First with the knowledge that counts since April only grow; where that contradicts what was
    released (a late correction), without the fewest counts that did not. Raises `Contradictory`
    where nothing fits.
    """
    started = time.monotonic()
    puzzle = set_puzzle(editions)
    growth = puzzle.growth
    plan = _Plan(
        editions,
        puzzle,
        count_known(puzzle, editions, known),
        kept,
        told,
        started + seconds,
        candidates,
    )
    try:
        outcome = _try(plan, puzzle.rows + growth, progress)
    except Contradictory:
        growth = [puzzle.growth[at] for at in _can_grow(plan)]
        outcome = _try(plan, puzzle.rows + growth, progress)
    return {
        "editions": [edition.name for edition in editions],
        "growth_rows": len(growth),
        "corrections_seen": len(puzzle.growth) - len(growth),
        **entries(outcome),
        "unknowns": len(puzzle.lower),
        "programmes": outcome.findings.programmes,
        "worlds": len(outcome.findings.worlds) + (outcome.findings.first is not None),
        "doubtful_groups": doubtful_groups(outcome),
        "undecided": int(outcome.findings.undecided().sum()),
        "unfinished": int(outcome.findings.is_late() and len(outcome.findings.still_open())),
        "kept": _handed_on(outcome),
        "seconds": round(time.monotonic() - started, 2),
        "solver": f"HiGHS in SciPy {scipy.__version__}",
    }


def _can_grow(plan: _Plan) -> list[int]:
    """The growth rows that can hold together, when as little as possible is given up."""
    puzzle = plan.puzzle
    lower = np.maximum(puzzle.lower, plan.known)
    given_up = least_given_up(puzzle.rows, puzzle.growth, lower.tolist(), puzzle.upper)
    return [at for at in range(len(puzzle.growth)) if at not in given_up]


def _try(plan: _Plan, rows: list[Row], progress: Progress) -> Outcome:
    puzzle, known = plan.puzzle, plan.known
    published = without_known(assemble(rows, puzzle.lower, puzzle.upper), known)
    system = propagate(published)
    if (system.lower > system.upper).any():
        raise Contradictory("What was read contradicts itself.")
    targets = choose_targets(puzzle, system, known)
    findings = start(targets, system, plan.candidates, plan.until)
    timeline = cut_by_edition(system, puzzle.places(), puzzle.earlier)
    _show(plan, timeline, targets, findings, progress)
    bound_open_targets(published, timeline, findings, progress)
    return Outcome(puzzle, known, system, targets, findings)


def _handed_on(outcome: Outcome) -> str:
    packed = pack(outcome.puzzle, outcome.findings.first, outcome.findings.worlds)
    return b64encode(packed).decode("ascii")


def _show(
    plan: _Plan,
    timeline: Timeline,
    targets: Sequence[Target],
    findings: Findings,
    progress: Progress,
) -> None:
    """Worlds of all kinds: kept ones, what was published itself, near ones, and far ones."""
    on = ground(timeline.system, plan.puzzle, plan.editions)
    first = _first_world(plan, timeline, targets, findings)
    if first is not None:
        again(on, first.trails, findings, first.world, progress)
        starts = findings.seen_worlds(MOST_STARTS)
        walk(on, targets, findings, starts, progress, is_quick=not timeline.is_single)

    def near(world: Vector) -> None:
        walk(on, targets, findings, [world], progress)

    carried = Carried(timeline, first.others if first else (), findings)
    find_worlds(timeline, findings, progress, near, carried.next)
    walk(on, targets, findings, findings.seen_worlds(MOST_STARTS_AGAIN), progress, LAST_IN_VAIN)


@dataclass(frozen=True)
class _Start:
    """Where the walking begins, the ways that led from there in an earlier attack, and the other
    worlds of that attack."""

    world: Vector
    trails: Sequence[Sequence[Move]] = ()
    others: Sequence[Vector] = ()


def _first_world(
    plan: _Plan, timeline: Timeline, targets: Sequence[Target], findings: Findings
) -> _Start | None:
    """The kept one as far as it still fits, else one as published, else the one that was told."""
    true = _told(plan, timeline)
    if true is not None:
        spare_what_is_not_small(targets, findings, true, plan.known)
    if not len(findings.still_open()):
        return None
    kept = unpack(plan.kept) if plan.kept else None
    begun = list(kept.placed(plan.puzzle)) if kept is not None else []
    for each in (*begun[:1], None):
        world = world_as_published(timeline, plan.puzzle, each)
        if world is not None and is_world(timeline.system, world):
            break
    else:
        world = true
    for each in (world, true):
        if each is not None:
            findings.witness(each)
    return None if world is None else _Start(world, kept.trails if kept else (), begun)


def _told(plan: _Plan, timeline: Timeline) -> Vector | None:
    """The true counts as a world, if they were told and are one."""
    kept = unpack(plan.told) if plan.told else None
    if kept is None:
        return None
    world = world_as_published(timeline, plan.puzzle, next(kept.placed(plan.puzzle)))
    return world if world is not None and is_world(timeline.system, world) else None
