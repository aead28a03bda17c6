"""What an attacker knows already: a list of cases, such as a partner's own."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from caseapp.disclosure.attacker.bounds import System, Vector
from caseapp.disclosure.attacker.puzzle import Puzzle
from caseapp.disclosure.attacker.reading import PublishedEdition, Unreadable
from caseapp.disclosure.attacker.units import shape_of

_FORM = ("measure", "month", "until")


@dataclass(frozen=True)
class KnownUnit:
    """One known case or incident: its category in each dimension, several where they overlap;
    `month` (YYYY-MM) is when it came, empty for before all editions; from `until` on, unless that
    is empty, it is counted otherwise, as another of these says."""

    measure: str
    month: str
    categories: Mapping[str, frozenset[str]]
    number: int = 1
    until: str = ""

    def is_in(self, edition: str) -> bool:
        return self.month <= edition and (not self.until or edition < self.until)


KnownUnits = Sequence[KnownUnit]


def read_known(path: Path) -> list[KnownUnit]:
    """A CSV of one known unit a row and one dimension a column; `;` between several categories.

    Optional columns: `measure` (cases, incidents, …; else cases), `month` and `until`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise Unreadable(f"{path} cannot be read as a list of known cases.") from problem
    return [_unit(row) for row in rows]


def known_units(given: Sequence[Mapping[str, Any]]) -> list[KnownUnit]:
    """The same as plain data: `{"measure", "month", "categories", "until", "number"}`."""
    return [
        KnownUnit(
            str(each["measure"]),
            str(each["month"]),
            {name: frozenset(codes) for name, codes in each["categories"].items()},
            int(each.get("number", 1)),
            str(each.get("until", "")),
        )
        for each in given
    ]


def _unit(row: Mapping[str, str]) -> KnownUnit:
    categories = {
        name: frozenset(code.strip() for code in text.split(";") if code.strip())
        for name, text in row.items()
        if name not in _FORM and text
    }
    months = row.get("month") or "", row.get("until") or ""
    return KnownUnit(row.get("measure") or "cases", months[0], categories, until=months[1])


def count_known(puzzle: Puzzle, editions: Sequence[PublishedEdition], units: KnownUnits) -> Vector:
    """For each unknown the known units in it: a count that the truth cannot be below."""
    known = np.zeros(len(puzzle.lower))
    for edition in editions if units else ():
        shape = shape_of(puzzle, edition)
        alike: Counter[tuple[str, tuple[tuple[str, frozenset[str]], ...]]] = Counter()
        for unit in units:
            if unit.is_in(edition.name):
                alike[unit.measure, tuple(unit.categories.items())] += unit.number
        for (measure, categories), count in alike.items():
            known[shape.of(measure, dict(categories))] += count
    return known


def without_known(system: System, known: Vector) -> System:
    """The others are whole units too: what holds of all counts holds of what is left of them when
    the known units are taken off, and only more of them can have come since."""
    own = system.matrix @ known
    return replace(
        system,
        rows_low=np.maximum(system.rows_low, system.rows_low + own),
        rows_high=np.minimum(system.rows_high, system.rows_high + own),
        lower=np.maximum(system.lower, known),
    )
