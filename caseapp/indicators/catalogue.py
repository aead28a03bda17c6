"""The catalogue: which tables a release holds. Data, and the same for a whole financial year."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

import msgspec

from caseapp.disclosure.tables import ALL, Contradiction, Dimension, Key, Table
from caseapp.indicators.dimensions import dimension

CASES = "cases"
CHILDREN = "children"
SURVEY_RESPONSES = "survey_responses"
COMMUNITY_RESPONSES = "community_responses"
WITHIN = {  # a population, and the one in which each of its units belongs to a unit
    CASES: None,
    "incidents": CASES,
    "marac_referrals": CASES,
    "referrals": CASES,
    "programmes": CASES,
    CHILDREN: CASES,
    SURVEY_RESPONSES: None,  # nobody knows whose answers they are
    COMMUNITY_RESPONSES: None,
}

Unit = Mapping[str, frozenset[str]]  # by dimension the categories; one, unless they overlap


class TableSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of the catalogue."""

    name: str
    title: str
    population: str
    dimensions: tuple[str, ...]
    grouped: tuple[str, ...] = ()

    def cut(self) -> tuple[Dimension, ...]:
        return tuple(dimension(name, name in self.grouped) for name in self.dimensions)


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tables: tuple[TableSpec, ...]


@cache
def standard_catalogue() -> Catalogue:
    """The catalogue that comes with the program."""
    text = files("caseapp.indicators").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=Catalogue)


def tables_of(catalogue: Catalogue, units: Mapping[str, Iterable[Unit]]) -> list[Table]:
    """Every table of the catalogue, counted. `units` by population. Raises Contradiction."""
    tally = Tally(catalogue)
    for population, each in units.items():
        for unit in each:
            tally.take(population, unit)
    return tally.tables()


class Tally:
    """The tables of a catalogue, counted unit by unit: it grows with the tables, not the units."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.specs = catalogue.tables
        self.alike: dict[str, list[_Alike]] = {}
        for spec in self.specs:
            each = _Alike(spec.dimensions, Counter())
            self.alike.setdefault(spec.population, []).append(each)

    def take(self, population: str, unit: Unit) -> None:
        """Count one unit, which has a set of categories for each dimension of its population."""
        for dimensions, counts in self.alike.get(population, ()):
            counts[tuple([unit[name] for name in dimensions])] += 1

    def tables(self) -> list[Table]:
        """Raises Contradiction where a unit is in no category, or in one that does not exist."""
        counts = {name: iter(each) for name, each in self.alike.items()}
        return [_table(spec, next(counts[spec.population]).counts) for spec in self.specs]


class _Alike(NamedTuple):
    """How many units have the same categories in all dimensions of a table."""

    dimensions: tuple[str, ...]
    counts: Counter[tuple[frozenset[str], ...]]


def _table(spec: TableSpec, alike: Mapping[tuple[frozenset[str], ...], int]) -> Table:
    cut = spec.cut()
    places = [_Places(each) for each in cut]
    counts: Counter[Key] = Counter()
    for categories, number in alike.items():
        nodes = (place.of(codes) for place, codes in zip(places, categories, strict=True))
        for key in product(*nodes):
            counts[key] += number
    within = WITHIN[spec.population]
    return Table(spec.name, cut, counts, spec.population, within=within)


class _Places:
    """Where a unit is counted in one dimension: once where categories add up, else in each that
    it is in, with their groups."""

    def __init__(self, cut: Dimension) -> None:
        self.cut = cut
        self.known = {code: code for code in cut.categories} | _shown_as(cut)
        self.found: dict[frozenset[str], tuple[str, ...]] = {}

    def of(self, codes: frozenset[str]) -> tuple[str, ...]:
        if codes not in self.found:
            self.found[codes] = tuple(self._nodes(codes))
        return self.found[codes]

    def _nodes(self, codes: frozenset[str]) -> Iterator[str]:
        if not codes <= self.known.keys():
            raise Contradiction(f"Something is in no category of dimension {self.cut.name}.")
        own = {self.known[code] for code in codes}
        if (self.cut.additive and len(own) != 1) or (self.cut.covering and not own):
            raise Contradiction(f"Something is in {len(own)} categories of {self.cut.name}.")
        yield from own
        if not self.cut.additive:
            yield ALL
            yield from (group for group, members in self.cut.groups if own & set(members))


def _shown_as(cut: Dimension) -> dict[str, str]:
    """For each code the group that it is counted under, in a dimension that shows groups alone."""
    fine = dimension(cut.name)
    return {
        member: group
        for group, members in fine.groups
        if group in cut.categories
        for member in members
    }
