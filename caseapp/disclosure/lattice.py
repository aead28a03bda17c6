"""The lattice: every cell of an edition once, and the lines that tie the cells of all tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from caseapp.disclosure.tables import ALL, Cell, Contradiction, Dimension, Table

Kind = Literal["sum", "cover", "within"]


@dataclass(frozen=True)
class Line:
    """A parent cell and its children.

    `sum`: the children add up to the parent. `cover`: the parent lies between the largest child
    and their sum. `within`: no child is larger than the parent.
    """

    parent: Cell
    children: tuple[Cell, ...]
    kind: Kind

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        parent, children = counts[self.parent], [counts[child] for child in self.children]
        if self.kind == "sum":
            return parent == sum(children)
        return max(children) <= parent and (self.kind == "within" or parent <= sum(children))


@dataclass(frozen=True)
class Lattice:
    """The true count of every cell, the lines between the cells, and the cells that only grow from
    edition to edition, unless something is corrected."""

    truth: Mapping[Cell, int]
    lines: tuple[Line, ...]
    growing: frozenset[Cell] = frozenset()


def link(tables: Sequence[Table]) -> Lattice:
    """One lattice from many tables: a cell that two tables share is one. Raises `Contradiction`."""
    _same_dimensions(tables)
    truth: dict[Cell, int] = {}
    lines: dict[Line, None] = {}
    for table in tables:
        for key, count in table.with_margins().items():
            if truth.setdefault(table.cell(key), count) != count:
                raise Contradiction(f"Table {table.name} disagrees with another at {key}.")
        lines.update(dict.fromkeys(_lines(table)))
    for line in lines:
        if not line.holds(truth):
            raise Contradiction(f"The counts under {line.parent} cannot be true together.")
    fleeting = {each.name for t in tables for each in t.dimensions if not each.steady}
    growing = (cell for cell in truth if fleeting.isdisjoint(name for name, _ in cell.fixed))
    return Lattice(truth, tuple(lines), frozenset(growing))


def _same_dimensions(tables: Sequence[Table]) -> None:
    known: dict[str, Dimension] = {}
    for table in tables:
        for dimension in table.dimensions:
            if not _agree(known.setdefault(dimension.name, dimension), dimension):
                raise Contradiction(f"Dimension {dimension.name} differs between tables.")


def _agree(one: Dimension, other: Dimension) -> bool:
    """The same, or one is the other with its groups alone: their nodes are the same cells."""
    if one == other:
        return True
    logic = [(each.additive, each.covering, each.steady) for each in (one, other)]
    few, many = sorted((one, other), key=lambda each: len(each.nodes))
    inside = {member for group, members in many.groups if group in few.nodes for member in members}
    return logic[0] == logic[1] and set(few.nodes) == set(many.nodes) - inside


def _lines(table: Table) -> Iterator[Line]:
    for position, dimension in enumerate(table.dimensions):
        others = [each.nodes for each in table.dimensions]
        before, after = product(*others[:position]), tuple(product(*others[position + 1 :]))
        for start, end in product(before, after):
            for parent, children in dimension.families:
                cells = [table.cell((*start, node, *end)) for node in (parent, *children)]
                yield Line(cells[0], tuple(cells[1:]), _kind(dimension, parent))


def _kind(dimension: Dimension, parent: str) -> Kind:
    if dimension.additive:
        return "sum"
    return "cover" if dimension.covering or parent != ALL else "within"
