"""Worlds kept from an earlier attack, to be used again: each is made longer by what the newest
edition says and checked like any other before it counts."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

import numpy as np

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.puzzle import Puzzle, Unknown
from caseapp.disclosure.attacker.reading import Unreadable

MOST_KEPT = 50_000_000  # counts of all worlds together


def pack(puzzle: Puzzle, worlds: Sequence[Vector]) -> bytes:
    """The names of the unknowns, then the worlds as differences from the first, compressed."""
    names = [[each.edition, each.measure, sorted(each.fixed)] for each in puzzle.numbers]
    most = MOST_KEPT // max(1, len(names))
    array = np.array(worlds[:most], dtype=np.int32).reshape(-1, len(names))
    array[1:] -= array[:1]
    head = json.dumps(names, separators=(",", ":")).encode()
    return zlib.compress(len(head).to_bytes(8, "big") + head + array.astype("<i4").tobytes())


def unpack(kept: bytes) -> tuple[list[Unknown], Vector]:
    """The unknowns by name, and one row for each world. Raises `Unreadable`."""
    try:
        plain = zlib.decompress(kept)
        size = int.from_bytes(plain[:8], "big")
        names = [
            Unknown(edition, measure, frozenset((name, node) for name, node in fixed))
            for edition, measure, fixed in json.loads(plain[8 : 8 + size])
        ]
        worlds = np.frombuffer(plain[8 + size :], dtype="<i4").reshape(-1, len(names)).astype(float)
    except (ValueError, TypeError, zlib.error) as problem:
        raise Unreadable("The worlds that were kept cannot be read.") from problem
    worlds[1:] += worlds[:1]
    return names, worlds


def begun(puzzle: Puzzle, names: Sequence[Unknown], worlds: Vector) -> Vector:
    """The kept worlds by the numbers of this puzzle, -1 for what they do not know."""
    placed = np.full((len(worlds), len(puzzle.numbers)), -1.0)
    pairs = [(puzzle.numbers[n], at) for at, n in enumerate(names) if n in puzzle.numbers]
    if pairs:
        here, there = np.array(pairs).T
        placed[:, here] = worlds[:, there]
    return placed


def most_central(puzzle: Puzzle, system: System, placed: Vector, most: int) -> Vector:
    """Of the kept worlds that still fit what is known, those nearest to the published figures."""
    unknown = placed < 0
    within = (placed >= system.lower) & (placed <= system.upper)
    fits = np.logical_or(unknown, within).all(axis=1)
    columns = np.array(list(puzzle.values), dtype=int)
    apart = np.abs(placed[:, columns] - np.array(list(puzzle.values.values())))
    apart[unknown[:, columns]] = 0
    fitting = np.flatnonzero(fits)[np.argsort(apart[fits].sum(axis=1), kind="stable")]
    best: Vector = placed[fitting[:most]]
    return best


def lengthened(puzzle: Puzzle, placed: Vector, first: Vector) -> Vector:
    """Each world with a guess at what it does not know: the first world, which is whole, and what
    sets the two apart in the edition before."""
    whole = placed.copy()
    earlier = _edition_before(puzzle, placed[0] < 0)
    for at, before in earlier.items():
        apart = placed[:, before] - first[before] if before >= 0 else 0.0
        whole[:, at] = first[at] + apart
    return whole


def _edition_before(puzzle: Puzzle, missing: Vector) -> dict[int, int]:
    known = [name for name, at in puzzle.numbers.items() if not missing[at]]
    last = max((name.edition for name in known), default="")
    return {
        at: puzzle.numbers.get(name._replace(edition=last), -1)
        for name, at in puzzle.numbers.items()
        if missing[at]
    }


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
