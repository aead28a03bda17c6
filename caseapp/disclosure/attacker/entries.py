"""The entries of the report, by the names that were published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.puzzle import ENDLESS, Puzzle, Unknown
from caseapp.disclosure.attacker.targets import Findings, Target

Entry = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """One finished try, with everything that the report is written from."""

    puzzle: Puzzle
    known: Vector
    system: System
    targets: Sequence[Target]
    findings: Findings


def entries(outcome: Outcome) -> dict[str, list[Entry]]:
    names = {at: unknown for unknown, at in outcome.puzzle.numbers.items()}
    rows = {(each.kind, each.plus, each.minus): row for row, each in enumerate(outcome.targets)}
    cells = [
        _cell(outcome, names, at, rows.get(("cell", at, None)))
        for at in outcome.puzzle.published.values()
    ]
    flows = [
        {**_name(names[now]), "since": names[then].edition}
        | _known(outcome.known[now] - outcome.known[then])
        | _found(outcome, names, rows[("flow", now, then)])
        for now, then in outcome.puzzle.earlier.items()
        if ("flow", now, then) in rows
    ]
    return {"cells": cells, "flows": flows, "groups": _groups(outcome, names, cells)}


def _name(unknown: Unknown) -> Entry:
    cell = dict(sorted(unknown.fixed))
    return {"edition": unknown.edition, "measure": unknown.measure, "cell": cell}


def _cell(outcome: Outcome, names: dict[int, Unknown], at: int, row: int | None) -> Entry:
    lower, upper = outcome.system.lower[at], outcome.system.upper[at]
    entry = {**_name(names[at]), "lower": _number(lower), "upper": _number(upper)}
    entry |= _known(outcome.known[at])
    return entry if row is None else entry | _found(outcome, names, row)


def _known(units: float) -> Entry:
    return {"known": int(units)} if units else {}


def _found(outcome: Outcome, names: dict[int, Unknown], row: int) -> Entry:
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


def _groups(outcome: Outcome, names: dict[int, Unknown], cells: Sequence[Entry]) -> list[Entry]:
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


def doubtful_groups(outcome: Outcome) -> list[Entry]:
    """Categories that may be none or all of a margin: no world has shown that they are not, and no
    programme has proved it."""
    names = {at: unknown for unknown, at in outcome.puzzle.numbers.items()}
    findings, found = outcome.findings, []
    for row in np.flatnonzero(findings.undecided() & (findings.needed == 1.0)):
        target = outcome.targets[int(row)]
        part = target.plus if target.minus is None else target.minus
        found.append(_name(names[part]))
    return found
