"""Partners who know their own cases: what an attacker can subtract before it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Unit = Mapping[str, frozenset[str]]  # by dimension the categories; one, unless they overlap


@dataclass(frozen=True)
class KnownUnit:
    """One case, incident, … that a partner knows, as it stood: `population` as the tables name it,
    its categories in every dimension, and the months (YYYY-MM) from which and, if it changed, until
    before which it was counted so. What it was then is another of these."""

    population: str
    month: str
    unit: Unit
    until: str = ""


@dataclass(frozen=True)
class Partner:
    """What one partner knows. `cut` says in public words how its cases were chosen (`cases that
    the hospital referred`); it goes into the certificate."""

    cut: str
    units: tuple[KnownUnit, ...]


def known_document(units: Iterable[KnownUnit]) -> list[dict[str, Any]]:
    """What the attacker reads: alike units once, with their `number`; categories as lists."""
    alike = Counter(
        (each.population, each.month, each.until, tuple(sorted(each.unit.items())))
        for each in units
    )
    return [
        {
            "measure": population,
            "month": month,
            "until": until,
            "categories": {name: sorted(codes) for name, codes in unit},
            "number": number,
        }
        for (population, month, until, unit), number in sorted(alike.items(), key=_in_order)
    ]


def _in_order(
    item: tuple[tuple[str, str, str, tuple[tuple[str, frozenset[str]], ...]], int],
) -> Any:
    (population, month, until, unit), _ = item
    return population, month, until, [(name, sorted(codes)) for name, codes in unit]
