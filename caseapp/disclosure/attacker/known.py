"""What an attacker knows already: a list of cases, such as a partner's own."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from caseapp.disclosure.attacker.bounds import Vector
from caseapp.disclosure.attacker.puzzle import Puzzle
from caseapp.disclosure.attacker.reading import Unreadable

_FORM = ("measure", "month")


@dataclass(frozen=True)
class KnownUnit:
    """One known case or incident: its category in each dimension, several where they overlap;
    `month` (YYYY-MM) is when it came, empty for before all editions."""

    measure: str
    month: str
    categories: Mapping[str, frozenset[str]]


KnownUnits = Sequence[KnownUnit]


def read_known(path: Path) -> list[KnownUnit]:
    """A CSV of one known unit a row and one dimension a column; `;` between several categories.

    Optional columns: `measure` (cases, incidents, …; else cases) and `month`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise Unreadable(f"{path} cannot be read as a list of known cases.") from problem
    return [_unit(row) for row in rows]


def _unit(row: Mapping[str, str]) -> KnownUnit:
    categories = {
        name: frozenset(code.strip() for code in text.split(";") if code.strip())
        for name, text in row.items()
        if name not in _FORM and text
    }
    return KnownUnit(row.get("measure") or "cases", row.get("month") or "", categories)


def count_known(puzzle: Puzzle, units: KnownUnits) -> Vector:
    """For each unknown the known units in it: a count that the truth cannot be below."""
    known = np.zeros(len(puzzle.lower))
    alike = Counter((u.measure, u.month, tuple(u.categories.items())) for u in units)
    for (measure, month, categories), count in alike.items():
        own = dict(categories)
        for unknown, at in puzzle.numbers.items():
            if unknown.measure != measure or month > unknown.edition:
                continue
            if all(_matches(own.get(name, frozenset()), node) for name, node in unknown.fixed):
                known[at] += count
    return known


def _matches(categories: frozenset[str], node: str) -> bool:
    if node.startswith("{"):
        return bool(categories) and node == "{" + ";".join(sorted(categories)) + "}"
    return node in categories
