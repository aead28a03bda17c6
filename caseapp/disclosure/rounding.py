"""Controlled rounding over all linked tables of one edition, by OR-tools CP-SAT."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from ortools.sat.python import cp_model

from caseapp.disclosure.lattice import Lattice, Line
from caseapp.disclosure.rules import BASE, NotSolved, Progress, silent
from caseapp.disclosure.tables import Cell


@dataclass(frozen=True)
class Weights:
    """What a rounding away from its target costs, and what a fall against an earlier edition costs
    (for each step of five, and once more for a cell that falls to zero); what keeping a pattern
    costs that gave a figure away; and what widening a cell costs, more than all of these."""

    total: int = 10
    one_way: int = 3
    inner: int = 1
    fall: int = 2_000
    fall_to_zero: int = 4_000
    repair: int = 10_000
    widen: int = 100_000


@dataclass(frozen=True)
class Demand:
    """What the rounding has to respect beyond the tables themselves.

    `before` and `after` are the released values of the neighbouring editions; each of
    `forbidden` is a set of cells with the values that they should not all have at once.
    """

    before: Mapping[Cell, int] = field(default_factory=dict)
    after: Mapping[Cell, int] = field(default_factory=dict)
    forbidden: tuple[Mapping[Cell, int], ...] = ()


@dataclass(frozen=True)
class Rounding:
    """Released values by cell.

    `moved`: the cells that had to go beyond an adjacent multiple. `widened`: these and all that
    stand in a line with them; they are declared with a wider interval together, since naming the
    moved ones would tell that they are far off.
    """

    values: dict[Cell, int]
    moved: frozenset[Cell]
    widened: frozenset[Cell]
    optimal: bool


class _Choice(NamedTuple):
    """One cell in the programme: its steps of the base above zero, and how far it was widened."""

    steps: cp_model.LinearExprT
    up: cp_model.LinearExprT
    over: cp_model.LinearExprT
    under: cp_model.LinearExprT


def round_tables(
    lattice: Lattice,
    key: bytes,
    year: str,
    demand: Demand | None = None,
    weights: Weights | None = None,
    seconds: float = 300.0,
    progress: Progress = silent,
    base: int = BASE,
) -> Rounding:
    """Round every cell to an adjacent multiple of `base` so that all lines hold.

    The same lattice, key, year and demand give the same result. Where the strict form cannot be
    met, single cells move one multiple further. Raises `NotSolved`.
    """
    demand, weights = demand or Demand(), weights or Weights()
    for widen in (False, True):
        progress("Rounding" if not widen else "Rounding, with single cells widened")
        programme = _Programme(lattice, key, year, demand, weights, widen, base)
        rounding = programme.solve(seconds)
        if rounding is not None:
            return rounding
    raise NotSolved("No rounding of these tables meets what is asked, even with cells widened.")


def leaning(key: bytes, year: str, cell: Cell) -> float:
    """A secret number from 0 to 1 that stays with a cell for a year: the share of the base that its
    remainder must pass to be rounded up. So a growing count moves up once and stays up."""
    message = json.dumps([year, cell.population, cell.fixed], ensure_ascii=True).encode()
    return int.from_bytes(hmac.new(key, message, sha256).digest()[:8], "big") / 2**64


class _Programme:
    """The integer programme of one try."""

    def __init__(
        self,
        lattice: Lattice,
        key: bytes,
        year: str,
        demand: Demand,
        weights: Weights,
        widen: bool,
        unit: int,
    ) -> None:
        self.model = cp_model.CpModel()
        self.unit = unit
        self.lattice, self.weights, self.demand = lattice, weights, demand
        self.cost: list[cp_model.LinearExprT] = []
        self.choices = {cell: self._choose(cell, widen) for cell in lattice.truth}
        for line in lattice.lines:
            self._hold(line)
        for cell in lattice.truth:
            self._price(cell, leaning(key, year, cell))
        for pattern in demand.forbidden:
            self._forbid(pattern)
        self.model.minimize(cp_model.LinearExpr.sum(self.cost))

    def _choose(self, cell: Cell, widen: bool) -> _Choice:
        base, rest = divmod(self.lattice.truth[cell], self.unit)
        up = self.model.new_bool_var("") if rest else 0
        if not widen:
            return _Choice(base + up, up, 0, 0)
        over = self.model.new_bool_var("")
        under = self.model.new_bool_var("") if base else 0
        if rest:
            self.model.add(over <= up)
            self.model.add(under + up <= 1)
        self.cost += [self.weights.widen * over, self.weights.widen * under]
        return _Choice(base + up + over - under, up, over, under)

    def _hold(self, line: Line) -> None:
        parent = self.choices[line.parent].steps
        children = [self.choices[child].steps for child in line.children]
        if line.kind == "sum":
            self.model.add(cp_model.LinearExpr.sum(children) == parent)
            return
        for child in children:
            self.model.add(child <= parent)
        if line.kind == "cover":
            self.model.add(cp_model.LinearExpr.sum(children) >= parent)

    def _price(self, cell: Cell, threshold: float) -> None:
        base, rest = divmod(self.lattice.truth[cell], self.unit)
        if not rest:
            return
        up, price = self.choices[cell].up, self._weight(cell)
        wanted = threshold < rest / self.unit
        self.cost.append(price * (1 - up) if wanted else price * up)
        low, high = (
            self._fall(cell, self.unit * base),
            self._fall(cell, self.unit * base + self.unit),
        )
        self.cost.append(low + (high - low) * up)

    def _weight(self, cell: Cell) -> int:
        weights = (self.weights.total, self.weights.one_way)
        return weights[len(cell.fixed)] if len(cell.fixed) < 2 else self.weights.inner

    def _fall(self, cell: Cell, value: int) -> int:
        """The price of `value` after the edition before it and before the edition after it. Only a
        fall of what should have grown tells anything."""
        if cell not in self.lattice.growing:
            return 0
        pairs = ((self.demand.before.get(cell), value), (value, self.demand.after.get(cell)))
        price = 0
        for earlier, later in pairs:
            if earlier is not None and later is not None and later < earlier:
                price += self.weights.fall * (earlier - later) // self.unit
                price += 0 if later else self.weights.fall_to_zero
        return price

    def _forbid(self, pattern: Mapping[Cell, int]) -> None:
        """At least one of these cells moves away from its value, or it costs dearly."""
        kept = self.model.new_bool_var("")
        self.cost.append(self.weights.repair * kept)
        moved = [kept]
        for cell, value in pattern.items():
            differs = self.model.new_bool_var("")
            self.model.add(self.unit * self.choices[cell].steps != value).only_enforce_if(differs)
            moved.append(differs)
        self.model.add_bool_or(moved)

    def solve(self, seconds: float) -> Rounding | None:
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = 1
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise NotSolved(f"No rounding was found in {seconds:.0f} seconds.")
        values = {cell: self.unit * solver.value(each.steps) for cell, each in self.choices.items()}
        truth = self.lattice.truth
        moved = frozenset(
            cell for cell, value in values.items() if abs(value - truth[cell]) >= self.unit
        )
        lines = ({line.parent, *line.children} for line in self.lattice.lines)
        widened = moved.union(*(cells for cells in lines if cells & moved))
        return Rounding(values, moved, widened, status == cp_model.OPTIMAL)
