"""Complementary suppression of one exact annual edition, by linear programmes (OR-tools, GLOP).

Small counts are hidden, zeros among them. Then others are pushed to and fro: what has to move so
that a small one can be something else is hidden too, as little of it as will do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from ortools.linear_solver import pywraplp

from caseapp.disclosure.lattice import Lattice, link
from caseapp.disclosure.possible import Row, rows_of
from caseapp.disclosure.rules import Method, NotSolved, Progress, silent
from caseapp.disclosure.tables import Cell, Table

MOST_ROUNDS = 80
AT_ONCE = 500  # small counts that are pushed in one round
REACH = 12.0  # how far one round moves a count
REWARD, MOST_REWARD = 20.0, 5000.0  # for each step that a small count moves
TOTAL, ONE_WAY, INNER = 300.0, 40.0, 10.0  # the cost of each step that a shown count moves
ENOUGH = 0.05  # a round that opens fewer than this share of what is left asks for dearer ones
NEAR = 1e-6


@dataclass
class Hiding:
    """What is hidden so far, and between which counts each small one has been seen to move."""

    truth: Mapping[Cell, int]
    needed: Mapping[Cell, float]
    hidden: set[Cell]
    low: dict[Cell, float] = field(default_factory=dict)
    high: dict[Cell, float] = field(default_factory=dict)

    def open(self) -> list[Cell]:
        spans = ((cell, self.high[cell] - self.low[cell]) for cell in self.needed)
        return [cell for cell, span in spans if span < self.needed[cell] - NEAR]


def hide(
    tables: Sequence[Table], method: Method, wider: Mapping[Cell, int], progress: Progress = silent
) -> dict[Cell, tuple[int, int]]:
    """The cells to suppress, each with the bounds that anybody could state of it.

    `wider`: cells that need a wider span than their threshold asks. Raises `NotSolved`.
    """
    lattice, rows = link(tables), rows_of(tables)
    chance = Random(1)  # noqa: S311 — no secret: it spreads the pushes, the same at each run
    impossible = {table.cell(key) for table in tables for key in table.impossible}
    state = _begin(lattice.truth, method, wider, impossible)
    reward, left = REWARD, len(state.open())
    for number in range(MOST_ROUNDS):
        if not left:
            return _bounds(lattice, state.hidden, method)
        progress(f"Round {number + 1}: {left} small counts are not yet hidden well")
        _push(state, rows, chance, reward)
        was, left = left, len(state.open())
        reward = min(MOST_REWARD, 2 * reward) if was - left < ENOUGH * was else reward
    raise NotSolved(f"{left} small counts cannot be hidden. Use fewer or broader categories.")


def _begin(
    truth: Mapping[Cell, int], method: Method, wider: Mapping[Cell, int], impossible: set[Cell]
) -> Hiding:
    small = [
        cell
        for cell, n in truth.items()
        if n < method.threshold_of(cell) and cell not in impossible
    ]
    needed = {cell: method.threshold_of(cell) - 2.0 + wider.get(cell, 0) for cell in small}
    start = {cell: float(truth[cell]) for cell in small}
    return Hiding(truth, needed, set(small), dict(start), dict(start))


def _push(state: Hiding, rows: Sequence[Row], chance: Random, reward: float) -> None:
    """One programme: move small counts, and as little as possible of what is shown."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    objective, counts = solver.Objective(), _variables(solver, state, rows)
    for cell in state.truth:
        if cell not in state.hidden:
            objective.SetCoefficient(
                _distance(solver, counts[cell], state.truth[cell]), -_cost(cell)
            )
    targets = state.open()
    for cell in chance.sample(targets, min(AT_ONCE, len(targets))):
        up = state.truth[cell] < state.needed[cell] or chance.random() < 0.5
        aim = state.low[cell] + state.needed[cell] if up else state.high[cell] - state.needed[cell]
        sign = 1.0 if up else -1.0
        gain = solver.NumVar(-REACH, sign * max(0.0, aim), "")  # sign × count, at most the aim
        solver.Add(gain <= sign * counts[cell])
        objective.SetCoefficient(gain, reward)
    objective.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        raise NotSolved("No figures can be found to suppress beside the small ones.")
    for cell, true in state.truth.items():
        value = counts[cell].solution_value()
        if cell in state.needed:
            state.low[cell] = min(state.low[cell], value)
            state.high[cell] = max(state.high[cell], value)
        elif abs(value - true) > NEAR:
            state.hidden.add(cell)


def _variables(
    solver: pywraplp.Solver, state: Hiding, rows: Sequence[Row]
) -> dict[Cell, pywraplp.Variable]:
    counts: dict[Cell, pywraplp.Variable] = {}
    for terms, least, most in rows:
        row = solver.Constraint(least, most)
        for cell, factor in terms:
            if cell not in counts:
                true = state.truth.get(cell)
                reach = (0.0, solver.infinity())
                if true is not None:
                    reach = (max(0.0, true - REACH), true + REACH)
                counts[cell] = solver.NumVar(*reach, "")
            row.SetCoefficient(counts[cell], factor)
    return counts


def _distance(solver: pywraplp.Solver, count: pywraplp.Variable, true: int) -> pywraplp.Variable:
    moved = solver.NumVar(0.0, REACH, "")
    solver.Add(count - true <= moved)
    solver.Add(true - count <= moved)
    return moved


def _cost(cell: Cell) -> float:
    return (TOTAL, ONE_WAY)[len(cell.fixed)] if len(cell.fixed) < 2 else INNER


def _bounds(lattice: Lattice, hidden: set[Cell], method: Method) -> dict[Cell, tuple[int, int]]:
    """From zero to the least that is shown of what a cell is part of: nothing that is not public.
    A hidden total has no such whole: twenties bound it, or its threshold where it is small."""
    most = {cell: _stated(cell, n, method) for cell, n in lattice.truth.items() if cell in hidden}
    above: dict[Cell, list[Cell]] = {}
    for line in lattice.lines:
        for child in line.children:
            above.setdefault(child, []).append(line.parent)
    for cell in sorted(hidden, key=lambda each: len(each.fixed)):
        wholes = _wholes(cell, above)
        shown = [lattice.truth[whole] for whole in wholes if whole not in hidden]
        ends = [most[whole] for whole in wholes if whole in hidden and not above.get(whole)]
        most[cell] = min([*shown, *ends], default=most[cell])
    return {cell: (0, most[cell]) for cell in hidden}


def _wholes(cell: Cell, above: Mapping[Cell, Sequence[Cell]]) -> set[Cell]:
    found: set[Cell] = set()
    waiting = list(above.get(cell, ()))
    while waiting:
        whole = waiting.pop()
        if whole not in found:
            found.add(whole)
            waiting += above.get(whole, ())
    return found


def _stated(cell: Cell, count: int, method: Method) -> int:
    threshold = method.threshold_of(cell)
    return threshold - 1 if count < threshold else 20 * (count // 20 + 1)
