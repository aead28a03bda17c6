"""What an earlier attack saw, seen again: the moves that led to its worlds gone once more, and the
worlds carried on to the editions since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from caseapp.disclosure.attacker.bounds import Vector
from caseapp.disclosure.attacker.moves import Ground, Move, Walker
from caseapp.disclosure.attacker.targets import Findings
from caseapp.disclosure.attacker.timeline import Timeline
from caseapp.disclosure.attacker.worlds import Begun, Progress


def again(
    ground: Ground,
    trails: Sequence[Sequence[Move]],
    findings: Findings,
    start: Vector,
    progress: Progress,
) -> None:
    """The same ways as in an earlier attack, as far as they can still be gone."""
    for trail in trails:
        if findings.is_late():
            return
        walker = Walker(ground, start)
        for move in trail:
            walker.go(move)
        if walker.trail:
            findings.witness(walker.world, walker.trail)
        progress(findings.so_far())


class Carried:
    """Worlds of an earlier attack (-1 for each count that they do not know), to be carried on to
    the editions since: each costs a programme for these alone."""

    def __init__(self, timeline: Timeline, worlds: Iterable[Vector], findings: Findings) -> None:
        begun = (Begun(world, _editions_known(timeline, world)) for world in worlds)
        self.left = [each for each in begun if each.editions]
        self.findings = findings

    def next(self) -> Begun | None:
        """The one that shows most more of the open figures; `None`: none shows any more."""
        shown = [_shown(self.findings, each) for each in self.left]
        return self.left.pop(int(np.argmax(shown))) if any(shown) else None


def _editions_known(timeline: Timeline, world: Vector) -> int:
    """How many of the first editions it knows whole and keeps within the bounds of."""
    system = timeline.system
    known = 0
    for stage in timeline.forwards:
        own = world[stage.own]
        within = (own >= system.lower[stage.own]) & (own <= system.upper[stage.own])
        sums = stage.all_columns @ world
        low, high = system.rows_low[stage.rows] - 1e-6, system.rows_high[stage.rows] + 1e-6
        if not within.all() or (sums < low).any() or (sums > high).any():
            return known
        known += 1
    return known


def _shown(findings: Findings, begun: Begun) -> float:
    """How much more it shows of the figures that are open and of which it knows all counts."""
    asked = findings.still_open()
    forms = findings.forms[asked]
    whole = np.asarray(abs(forms) @ (begun.world < 0)).ravel() == 0
    values = forms @ begun.world
    more = np.maximum(findings.seen_low[asked] - values, values - findings.seen_high[asked])
    return float(np.clip(more[whole], 0.0, findings.needed[asked][whole]).sum())
