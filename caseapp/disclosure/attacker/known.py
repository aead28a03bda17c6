"""What an attacker knows already: a list of cases, such as a partner's own."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from caseapp.disclosure.attacker.bounds import Vector
from caseapp.disclosure.attacker.puzzle import Puzzle
from caseapp.disclosure.attacker.reading import PublishedEdition, Unreadable
from caseapp.disclosure.attacker.units import shape_of

_FORM = ("measure", "month")


@dataclass(frozen=True)
class KnownUnit:
    """One known case or incident: its category in each dimension, several where they overlap;
    `month` (YYYY-MM) is when it came, empty for before all editions."""

    measure: str
    month: str
    categories: Mapping[str, frozenset[str]]
    number: int = 1


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


def known_units(given: Sequence[Mapping[str, Any]]) -> list[KnownUnit]:
    """The same as plain data: `{"measure", "month", "categories", "number"}`."""
    return [
        KnownUnit(
            str(each["measure"]),
            str(each["month"]),
            {name: frozenset(codes) for name, codes in each["categories"].items()},
            int(each.get("number", 1)),
        )
        for each in given
    ]


def _unit(row: Mapping[str, str]) -> KnownUnit:
    categories = {
        name: frozenset(code.strip() for code in text.split(";") if code.strip())
        for name, text in row.items()
        if name not in _FORM and text
    }
    return KnownUnit(row.get("measure") or "cases", row.get("month") or "", categories)


def count_known(puzzle: Puzzle, editions: Sequence[PublishedEdition], units: KnownUnits) -> Vector:
    """For each unknown the known units in it: a count that the truth cannot be below."""
    known = np.zeros(len(puzzle.lower))
    alike: Counter[tuple[str, str, tuple[tuple[str, frozenset[str]], ...]]] = Counter()
    for unit in units:
        alike[unit.measure, unit.month, tuple(unit.categories.items())] += unit.number
    for edition in editions if alike else ():
        shape = shape_of(puzzle, edition)
        for (measure, month, categories), count in alike.items():
            if month <= edition.name:
                known[shape.of(measure, dict(categories))] += count
    return known
