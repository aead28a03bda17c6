"""The attack from released editions to a report of plain data."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
import scipy

from caseapp.disclosure.attacker.bounds import System, Vector, assemble, propagate
from caseapp.disclosure.attacker.guess import world_as_published
from caseapp.disclosure.attacker.kept import begun, is_world, lengthened, most_central, pack, unpack
from caseapp.disclosure.attacker.known import KnownUnits, count_known
from caseapp.disclosure.attacker.programmes import bound_open_targets, least_given_up
from caseapp.disclosure.attacker.puzzle import ENDLESS, Puzzle, Row, Unknown, set_puzzle
from caseapp.disclosure.attacker.reading import PublishedEdition
from caseapp.disclosure.attacker.targets import CANDIDATES, Findings, Target, choose_targets, start
from caseapp.disclosure.attacker.walk import ground, walk
from caseapp.disclosure.attacker.worlds import (
    Contradictory,
    Progress,
    Timeline,
    cut_by_edition,
    find_worlds,
    silent,
)

MOST_BASES = 3  # kept worlds that are tried as the beginning of the first
MOST_STARTS = 12  # worlds that are walked from
MOST_STARTS_AGAIN = 200  # the same for what is left then

Entry = dict[str, Any]


@dataclass(frozen=True)
class _Plan:
    """What is attacked, with what is known and how long."""

    editions: Sequence[PublishedEdition]
    puzzle: Puzzle
    known: Vector
    kept: bytes
    until: float
    candidates: int


@dataclass(frozen=True)
class _Outcome:
    """One finished try, with everything that the report is written from."""

    puzzle: Puzzle
    known: Vector
    system: System
    targets: Sequence[Target]
    findings: Findings


def attack(
    editions: Sequence[PublishedEdition],
    known: KnownUnits = (),
    progress: Progress = silent,
    kept: bytes = b"",
    seconds: float = inf,
    candidates: int = CANDIDATES,
) -> dict[str, Any]:
    """What can be worked out from these editions.

    `kept`: worlds of an earlier attack. After `seconds` it stops where it is: what is open then
    is reported as it stands. A figure is looked at until worlds show so many `candidates`.

    First with the knowledge that counts since April only grow; where that contradicts what was
    released (a late correction), without the fewest counts that did not. Raises `Contradictory`
    where nothing fits.
    """
    started = time.monotonic()
    puzzle = set_puzzle(editions)
    growth = puzzle.growth
    plan = _Plan(
        editions, puzzle, count_known(puzzle, editions, known), kept, started + seconds, candidates
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
        **_entries(outcome),
        "unknowns": len(puzzle.lower),
        "programmes": outcome.findings.programmes,
        "worlds": len(outcome.findings.worlds),
        "open_groups": _open_groups(outcome),
        "unfinished": int(outcome.findings.is_late() and len(outcome.findings.still_open())),
        "kept": b64encode(pack(puzzle, outcome.findings.worlds)).decode("ascii"),
        "seconds": round(time.monotonic() - started, 2),
        "solver": f"HiGHS in SciPy {scipy.__version__}",
    }


def _open_groups(outcome: _Outcome) -> int:
    """How many groups no world has shown yet to be neither none nor all."""
    targets = outcome.targets
    return sum(targets[int(at)].kind == "rest" for at in outcome.findings.still_open())


def _can_grow(plan: _Plan) -> list[int]:
    """The growth rows that can hold together, when as little as possible is given up."""
    puzzle = plan.puzzle
    lower = np.maximum(puzzle.lower, plan.known)
    given_up = least_given_up(puzzle.rows, puzzle.growth, lower.tolist(), puzzle.upper)
    return [at for at in range(len(puzzle.growth)) if at not in given_up]


def _try(plan: _Plan, rows: list[Row], progress: Progress) -> _Outcome:
    puzzle, known = plan.puzzle, plan.known
    published = assemble(rows, puzzle.lower, puzzle.upper)
    published = replace(published, lower=np.maximum(published.lower, known))
    system = propagate(published)
    if (system.lower > system.upper).any():
        raise Contradictory("What was read contradicts itself.")
    targets = choose_targets(puzzle, system, known)
    findings = start(targets, system, plan.candidates, plan.until)
    timeline = cut_by_edition(system, puzzle.places())
    _show(plan, timeline, targets, findings, progress)
    bound_open_targets(published, timeline, findings, progress)
    return _Outcome(puzzle, known, system, targets, findings)


def _show(
    plan: _Plan,
    timeline: Timeline,
    targets: Sequence[Target],
    findings: Findings,
    progress: Progress,
) -> None:
    """Worlds of all kinds: kept ones, what was published itself, near ones, and far ones."""
    starts = _first_worlds(plan, timeline, findings)
    on = ground(timeline.system, plan.puzzle, plan.editions)
    walk(on, targets, findings, starts, progress)
    walk(on, targets, findings, findings.worlds[:MOST_STARTS_AGAIN], progress)

    def near(world: Vector) -> None:
        walk(on, targets, findings, [world], progress, most_idle=1)

    find_worlds(timeline, findings, progress, near)


def _first_worlds(plan: _Plan, timeline: Timeline, findings: Findings) -> list[Vector]:
    if not len(findings.still_open()):
        return []
    placed = begun(plan.puzzle, *unpack(plan.kept)) if plan.kept else None
    bases = [None]
    if placed is not None and len(placed):
        bases = [*most_central(plan.puzzle, timeline.system, placed, MOST_BASES), None]
    guesses = (world_as_published(timeline, plan.puzzle, base) for base in bases)
    first = next((world for world in guesses if world is not None), None)
    if first is None:
        return []
    worlds = [first]
    if placed is not None and len(placed):
        worlds += list(lengthened(plan.puzzle, placed, first))
    worlds = [world for world in worlds if is_world(timeline.system, world)]
    for world in worlds:
        findings.witness(world)
    return worlds[:MOST_STARTS]


def _entries(outcome: _Outcome) -> dict[str, list[Entry]]:
    names = {at: unknown for unknown, at in outcome.puzzle.numbers.items()}
    rows = {(each.kind, each.plus, each.minus): row for row, each in enumerate(outcome.targets)}
    cells = [
        _cell(outcome, names, at, rows.get(("cell", at, None)))
        for at in outcome.puzzle.published.values()
    ]
    flows = [
        {**_name(names[now]), "since": names[then].edition}
        | _found(outcome, names, rows[("flow", now, then)])
        for now, then in outcome.puzzle.earlier.items()
        if ("flow", now, then) in rows
    ]
    return {"cells": cells, "flows": flows, "groups": _groups(outcome, names, cells)}


def _name(unknown: Unknown) -> Entry:
    cell = dict(sorted(unknown.fixed))
    return {"edition": unknown.edition, "measure": unknown.measure, "cell": cell}


def _cell(outcome: _Outcome, names: dict[int, Unknown], at: int, row: int | None) -> Entry:
    lower, upper = outcome.system.lower[at], outcome.system.upper[at]
    entry = {**_name(names[at]), "lower": _number(lower), "upper": _number(upper)}
    if outcome.known[at]:
        entry["known"] = int(outcome.known[at])
    return entry if row is None else entry | _found(outcome, names, row)


def _found(outcome: _Outcome, names: dict[int, Unknown], row: int) -> Entry:
    """The certain interval, the span that worlds show, and what made a narrow one narrow."""
    findings = outcome.findings
    entry: Entry = {
        "lower": _number(findings.lower[row]),
        "upper": _number(findings.upper[row]),
        "shown": [_number(findings.seen_low[row]), _number(findings.seen_high[row])],
    }
    if row in findings.because:
        published = (at for at in findings.because[row] if names[at] in outcome.puzzle.published)
        entry["because"] = [_name(names[at]) for at in published]
    return entry


def _groups(outcome: _Outcome, names: dict[int, Unknown], cells: Sequence[Entry]) -> list[Entry]:
    """Categories proved to hold none, or all, of a margin that is certainly not empty."""
    numbers = outcome.puzzle.published.values()
    upper = {at: cell["upper"] for at, cell in zip(numbers, cells, strict=True)}
    rests = {
        (each.plus, each.minus): outcome.findings.upper[row]
        for row, each in enumerate(outcome.targets)
        if each.kind == "rest"
    }
    proved = []
    for parent, child in outcome.puzzle.parents:
        if parent in upper and child in upper and outcome.system.lower[parent] >= 1:
            share = 0 if upper[child] == 0 else 100 if rests.get((parent, child)) == 0 else None
            if share is not None:
                of = _name(names[parent])["cell"]
                proved.append({**_name(names[child]), "of": of, "share": share})
    return proved


def _number(value: float) -> int | None:
    return int(value) if -ENDLESS < value < ENDLESS else None
