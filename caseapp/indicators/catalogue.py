"""The catalogue: which tables a release holds. Data, and the same for a whole financial year."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import product

import msgspec

from caseapp.disclosure.tables import ALL, Dimension, Key, Table
from caseapp.indicators.dimensions import dimension

CASES = "cases"
POPULATIONS = {  # and the population that each of its units belongs to one of
    CASES: None,
    "incidents": CASES,
    "marac_referrals": CASES,
    "referrals": CASES,
    "programmes": CASES,
    "children": CASES,
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
    """Every table of the catalogue, counted. `units` by population."""
    counted = {name: Tally(each) for name, each in units.items()}
    return [counted[spec.population].table(spec) for spec in catalogue.tables]


class Tally:
    """The units of one population: alike ones are kept once, with how many they are."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.alike = Counter(tuple(sorted(unit.items())) for unit in units)

    def table(self, spec: TableSpec) -> Table:
        cut = spec.cut()
        places = [_places(each) for each in cut]
        counts: Counter[Key] = Counter()
        for unit, number in self.alike.items():
            own = dict(unit)
            nodes = (
                _nodes(each, place, own[each.name]) for each, place in zip(cut, places, strict=True)
            )
            for key in product(*nodes):
                counts[key] += number
        within = POPULATIONS[spec.population]
        return Table(spec.name, cut, counts, spec.population, within=within)


def _places(cut: Dimension) -> Mapping[str, str]:
    """For each code the group that it is counted under, in a dimension that shows groups alone."""
    fine = dimension(cut.name)
    return {
        member: group
        for group, members in fine.groups
        if group in cut.categories
        for member in members
    }


def _nodes(cut: Dimension, places: Mapping[str, str], codes: frozenset[str]) -> Iterable[str]:
    """Where a unit is counted: once where categories add up, else in each that it is in."""
    own = {places.get(code, code) for code in codes}
    if cut.additive:
        return own
    groups = {group for group, members in cut.groups if own & set(members)}
    return {ALL} | own | groups
