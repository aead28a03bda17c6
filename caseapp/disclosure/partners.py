"""Partners who know their own cases: what an attacker can subtract before it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Unit = Mapping[str, frozenset[str]]  # by dimension the categories; one, unless they overlap


@dataclass(frozen=True)
class KnownUnit:
    """One case, incident, … that a partner knows: `population` as the tables name it, `month`
    (YYYY-MM) when it was first counted, and its categories in every dimension."""

    population: str
    month: str
    unit: Unit


@dataclass(frozen=True)
class Partner:
    """What one partner knows. `cut` says in public words how its cases were chosen (`cases that
    the hospital referred`); it goes into the certificate."""

    cut: str
    units: tuple[KnownUnit, ...]


def known_document(units: Iterable[KnownUnit]) -> list[dict[str, Any]]:
    """What the attacker reads: alike units once, with their `number`; categories as lists."""
    alike = Counter(
        (each.population, each.month, tuple(sorted(each.unit.items()))) for each in units
    )
    return [
        {
            "measure": population,
            "month": month,
            "categories": {name: sorted(codes) for name, codes in unit},
            "number": number,
        }
        for (population, month, unit), number in sorted(alike.items(), key=_in_order)
    ]


def _in_order(item: tuple[tuple[str, str, tuple[tuple[str, frozenset[str]], ...]], int]) -> Any:
    (population, month, unit), _ = item
    return population, month, [(name, sorted(codes)) for name, codes in unit]
