"""A year of invented cases by seed and skew, of any size: months of tables, with no home behind.

Cases open month by month, and some of what can change about them changes once. The more skewed,
the more of them fall into the first categories of a dimension, and the more small counts are left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from caseapp.disclosure.partners import KnownUnit, Partner
from caseapp.disclosure.tables import Dimension, Table
from caseapp.indicators.catalogue import (
    WITHIN,
    Catalogue,
    Unit,
    standard_catalogue,
    tables_of,
)
from caseapp.indicators.dimensions import dimension

SHARES = {
    "marac_referrals": 0.2,
    "programmes": 0.1,
    "children": 0.5,
    "survey_responses": 0.4,
    "community_responses": 0.2,
}
OF_NOBODY = {"survey_responses", "community_responses"}  # so that no partner knows whose
MONTHS_OF_YEAR = tuple(f"{2026 + month // 12}-{month % 12 + 1:02}" for month in range(3, 15))


@dataclass(frozen=True)
class Invented:
    """One unit: of which case (0 for none), since which month, and how it stands before and after
    the month in which it changes."""

    population: str
    case: int
    month: int
    early: Unit
    late: Unit
    changes: int

    def unit(self, month: int) -> Unit:
        return self.late if month >= self.changes else self.early


def invent(
    cases: int, seed: int, skew: float, months: int, catalogue: Catalogue | None = None
) -> list[Invented]:
    chance, chosen = Random(seed), catalogue or standard_catalogue()
    return [
        unit
        for number in range(cases)
        for unit in _of_case(chance, number + 1, skew, months, chosen)
    ]


def months_of_tables(
    units: Sequence[Invented], months: int, catalogue: Catalogue | None = None
) -> dict[str, list[Table]]:
    """For each month since April the tables of all that came until then."""
    return {
        MONTHS_OF_YEAR[month]: tables_of(
            catalogue or standard_catalogue(),
            {
                name: [u.unit(month) for u in units if u.population == name and u.month <= month]
                for name in WITHIN
            },
        )
        for month in range(months)
    }


def one_in(share: int, units: Sequence[Invented], month: int) -> Partner:
    """A partner that knows each case of which the number divides by `share`, with all its units,
    and how each of them stood in each month."""
    known = tuple(
        state
        for each in units
        if each.case % share == 0 and each.month <= month and each.population not in OF_NOBODY
        for state in _states(each, month)
    )
    return Partner(f"one case in {share}", known)


def _states(unit: Invented, month: int) -> Iterator[KnownUnit]:
    """How it stood until it changed, and since."""
    came, changed = MONTHS_OF_YEAR[unit.month], unit.changes
    if not unit.month < changed <= month:
        yield KnownUnit(unit.population, came, unit.unit(month))
        return
    yield KnownUnit(unit.population, came, unit.early, until=MONTHS_OF_YEAR[changed])
    yield KnownUnit(unit.population, MONTHS_OF_YEAR[changed], unit.late)


def _of_case(
    chance: Random, number: int, skew: float, months: int, catalogue: Catalogue
) -> Iterator[Invented]:
    month = chance.randrange(months)
    first, last = (_unit(chance, "cases", skew, catalogue, {}) for _ in range(2))
    last = _changed(first, last)
    changes = chance.randrange(month, months + 3)
    yield Invented("cases", number, month, first, last, changes)
    for name in WITHIN:
        if name != "cases" and chance.random() < SHARES.get(name, 1):
            own = _unit(chance, name, skew, catalogue, first if WITHIN[name] else {})
            later = _changed(own, _unit(chance, name, skew, catalogue, own))
            yield Invented(name, number, month, own, later, changes)


def _changed(before: Unit, after: Unit) -> Unit:
    """Only what a unit may leave is another; the rest stays."""
    return {name: before[name] if dimension(name).steady else after[name] for name in before}


def _unit(
    chance: Random, population: str, skew: float, catalogue: Catalogue, given: Unit
) -> Mapping[str, frozenset[str]]:
    ways = _ways(catalogue, population)
    return {way.name: given.get(way.name) or _codes(chance, way, skew) for way in ways}


@cache
def _ways(catalogue: Catalogue, population: str) -> tuple[Dimension, ...]:
    specs = [each for each in catalogue.tables if each.population == population]
    names = dict.fromkeys(name for each in specs for name in each.dimensions)
    return tuple(dimension(name) for name in names)


def _codes(chance: Random, way: Dimension, skew: float) -> frozenset[str]:
    many = 1 if way.additive else chance.choice([1, 1, 1, 2])
    many -= 0 if way.covering else chance.choice([0, 1])
    return frozenset(skewed(chance, way.categories, skew) for _ in range(many))


def skewed(chance: Random, codes: Sequence[str], skew: float) -> str:
    return codes[min(int(chance.expovariate(skew / len(codes))), len(codes) - 1)]
