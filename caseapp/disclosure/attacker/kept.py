"""Worlds kept from an earlier attack: the first one whole, each other as what differs from it and,
where it was reached by moves, as these. Whatever is used again is checked like any other world."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.moves import Move, Part
from caseapp.disclosure.attacker.puzzle import Puzzle, Unknown
from caseapp.disclosure.attacker.reading import Unreadable
from caseapp.disclosure.attacker.targets import Seen


@dataclass(frozen=True)
class Kept:
    """The first world by the names of its counts, the others by which counts differ in them and by
    how much, and the ways that led from the first to some of them."""

    names: Sequence[Unknown]
    first: Vector
    others: Sequence[tuple[Vector, Vector]]
    trails: Sequence[Sequence[Move]]

    def placed(self, puzzle: Puzzle) -> Iterator[Vector]:
        """Each world by the numbers of this puzzle, -1 for what it does not know; the first one
        first."""
        pairs = [(puzzle.numbers[n], at) for at, n in enumerate(self.names) if n in puzzle.numbers]
        here, there = np.array(pairs, dtype=int).reshape(-1, 2).T
        for at, by in ((np.zeros(0, dtype=int), np.zeros(0)), *self.others):
            world = self.first.copy()
            world[at] += by
            placed = np.full(len(puzzle.numbers), -1.0)
            placed[here] = world[there]
            yield placed


def pack(puzzle: Puzzle, first: Vector | None, worlds: Sequence[Seen]) -> bytes:
    """A head in JSON: the names of the counts, how many counts differ in each other world, trails.
    Then the first world, which counts differ in the others, and by how much, in four bytes each."""
    names = [[each.edition, each.measure, sorted(each.fixed)] for each in puzzle.numbers]
    trails = [_written(each.trail) for each in worlds if each.trail]
    others = [len(each.at) for each in worlds]
    told = {"names": names, "others": others, "trails": trails}
    head = json.dumps(told, separators=(",", ":")).encode()
    numbers = [
        np.zeros(0) if first is None else first,
        *(each.at for each in worlds),
        *(each.by for each in worlds),
    ]
    tail = np.concatenate(numbers).astype("<i4").tobytes()
    return zlib.compress(len(head).to_bytes(8, "big") + head + tail)


def unpack(kept: bytes) -> Kept | None:
    """`None`: there was no world. Raises `Unreadable`."""
    try:
        plain = zlib.decompress(kept)
        size = int.from_bytes(plain[:8], "big")
        head = json.loads(plain[8 : 8 + size])
        names = [
            Unknown(edition, measure, frozenset((name, node) for name, node in fixed))
            for edition, measure, fixed in head["names"]
        ]
        numbers = np.frombuffer(plain[8 + size :], dtype="<i4").astype(float)
        trails = [_read(trail) for trail in head.get("trails", ())]
        others = _others(numbers[len(names) :], head.get("others", ()))
    except (ValueError, TypeError, KeyError, IndexError, zlib.error) as problem:
        raise Unreadable("The worlds that were kept cannot be read.") from problem
    if len(numbers) < len(names):
        return None
    return Kept(names, numbers[: len(names)], others, trails)


def _others(numbers: Vector, sizes: Sequence[int]) -> list[tuple[Vector, Vector]]:
    """All places stand before all differences."""
    at, by = np.split(numbers[: 2 * sum(sizes)], 2)
    ends = np.cumsum(sizes, dtype=int)[:-1]
    return list(zip(np.split(at.astype(int), ends), np.split(by, ends), strict=True))


def _written(trail: Sequence[Move]) -> list[Any]:
    return [
        [
            [part.edition, part.measure, {n: sorted(c) for n, c in part.unit.items()}, part.by]
            for part in move
        ]
        for move in trail
    ]


def _read(trail: Sequence[Any]) -> list[Move]:
    return [
        tuple(
            Part(edition, measure, {n: frozenset(codes) for n, codes in unit.items()}, float(by))
            for edition, measure, unit, by in move
        )
        for move in trail
    ]


def is_world(system: System, counts: Vector) -> bool:
    """Whole numbers within every bound that keep every row."""
    sums = system.matrix @ counts
    return bool(
        (counts == np.round(counts)).all()
        and (counts >= system.lower).all()
        and (counts <= system.upper).all()
        and (sums >= system.rows_low - 1e-6).all()
        and (sums <= system.rows_high + 1e-6).all()
    )
