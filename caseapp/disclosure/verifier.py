"""For a reviewer: checks kept worlds against what was released, and tells how wide figures are.

Needs no solver and nothing of the attacker: each world is whole numbers that keep every line of
every table and lie within every published interval; growth is told apart, as a correction may
break it. Two such worlds that differ in a count prove that it cannot be known better.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.rules import SMALL
from caseapp.disclosure.tables import Cell

Counts = NDArray[np.int64]
World = Mapping[Cell, int]


@dataclass(frozen=True)
class Span:
    """A true count or flow from 1 to 4, and the least and greatest that worlds show of it."""

    edition: str
    since: str
    cell: Cell
    least: int
    most: int


def read_worlds(kept: bytes) -> tuple[list[tuple[str, Cell]], Counts]:
    """The names of the counts (edition and cell), and one row for each world."""
    plain = zlib.decompress(kept)
    size = int.from_bytes(plain[:8], "big")
    head = json.loads(plain[8 : 8 + size])
    names = [
        (edition, Cell(measure, tuple((name, node) for name, node in fixed)))
        for edition, measure, fixed in head["names"]
    ]
    numbers = np.frombuffer(plain[8 + size :], dtype="<i4").astype(np.int64)
    sizes = head["others"]
    worlds = np.tile(numbers[: len(names)], (len(sizes) + 1, 1))
    which, by = np.split(numbers[len(names) :], 2)
    worlds[np.repeat(np.arange(len(sizes)) + 1, sizes), which] += by
    return names, worlds


def is_possible(edition: Edition, world: World) -> bool:
    """Every line of every table holds, and every count lies in the interval published of it."""
    return all(line.holds(world) for line in link(edition.tables).lines) and all(
        figure.lower <= world[table.cell(key)] <= figure.upper
        for table in edition.tables
        for key in table.published()
        for figure in [edition.figure(table, key)]
    )


def spans(editions: Sequence[Edition], kept: bytes) -> Iterator[Span]:
    """Each true small count and flow with what the possible worlds show of it.

    Raises `ValueError` where a kept world is not possible.
    """
    names, worlds = read_worlds(kept)
    at = {name: column for column, name in enumerate(names)}
    order = sorted(editions, key=lambda each: each.period)
    for edition in order:
        if not all(is_possible(edition, _of(edition, at, row)) for row in worlds):
            raise ValueError(f"A kept world does not fit what was released in {edition.period}")
        for cell, true in link(edition.tables).truth.items():
            if true in SMALL:
                yield _span(edition.period, "", cell, worlds[:, at[edition.period, cell]])
    for before, after in pairwise(order):
        yield from _flows(before, after, at, worlds)


def _flows(
    before: Edition, after: Edition, at: Mapping[tuple[str, Cell], int], worlds: Counts
) -> Iterator[Span]:
    then, now = (link(each.tables).truth for each in (before, after))
    for cell, true in now.items():
        if _is_steady(after, cell) and true - then.get(cell, true) in SMALL:
            flows = worlds[:, at[after.period, cell]] - worlds[:, at[before.period, cell]]
            yield _span(after.period, before.period, cell, flows)


def _of(edition: Edition, at: Mapping[tuple[str, Cell], int], row: Counts) -> World:
    return {cell: int(row[at[edition.period, cell]]) for cell in edition.values}


def _span(edition: str, since: str, cell: Cell, counts: Counts) -> Span:
    return Span(edition, since, cell, int(counts.min()), int(counts.max()))


def _is_steady(edition: Edition, cell: Cell) -> bool:
    steady = {way.name: way.steady for table in edition.tables for way in table.dimensions}
    return all(steady[name] for name, _ in cell.fixed)
