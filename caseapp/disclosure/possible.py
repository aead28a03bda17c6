"""Everything that ties the counts of one edition together, as rows of a linear programme.

Where the categories of a dimension overlap, the counts of each combination are unknowns too, so
that what solves the rows is made of units that could exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import inf

from caseapp.disclosure.tables import ALL, Cell, Dimension, Key, Table

MOST_COMBINED = 4

Row = tuple[tuple[tuple[Cell, int], ...], float, float]  # terms, at least, at most


def rows_of(tables: Sequence[Table]) -> list[Row]:
    """Each row once, however many tables share it."""
    return list(dict.fromkeys(row for table in tables for row in _rows(table)))


def _rows(table: Table) -> Iterator[Row]:
    nodes = [(*each.nodes, *_combined(each)) for each in table.dimensions]
    for key in table.impossible:
        yield ((table.cell(key), 1),), 0, 0
    for position, dimension in enumerate(table.dimensions):
        after = tuple(product(*nodes[position + 1 :]))
        for start, end in product(product(*nodes[:position]), after):
            at = {node: _cell(table, (*start, node, *end)) for node in nodes[position]}
            yield from _line(dimension, at)


def _line(dimension: Dimension, at: Mapping[str, Cell]) -> Iterator[Row]:
    for parent, children in dimension.families:
        less = (at[parent], -1)
        together = (less, *((at[child], 1) for child in children))
        if dimension.additive:
            yield together, 0, 0
            continue
        for child in children:
            yield (less, (at[child], 1)), -inf, 0
        if dimension.covering or parent != ALL:
            yield together, 0, inf
    sets = _combined(dimension)
    for node in dimension.nodes if sets else ():
        inside = [at[name] for name, codes in sets.items() if node == ALL or node in codes]
        yield ((at[node], -1), *((cell, 1) for cell in inside)), 0, 0


def _cell(table: Table, key: Key) -> Cell:
    pairs = zip(table.dimensions, key, strict=True)
    return Cell(table.population, tuple(sorted((d.name, node) for d, node in pairs if node != ALL)))


def _combined(dimension: Dimension) -> Mapping[str, frozenset[str]]:
    """The combinations of overlapping categories by a name; none where they would be too many."""
    codes = dimension.categories
    if dimension.additive or dimension.groups or not 2 <= len(codes) <= MOST_COMBINED:
        return {}
    sizes = range(1 if dimension.covering else 0, len(codes) + 1)
    sets = (each for size in sizes for each in combinations(codes, size))
    return {f"only {' and '.join(each) or 'none'}": frozenset(each) for each in sets}
