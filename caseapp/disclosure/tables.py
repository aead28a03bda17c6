"""Tables of counts: dimensions, inner counts and the margins that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

ALL = "all"

Key = tuple[str, ...]
Group = tuple[str, tuple[str, ...]]


class Contradiction(ValueError):
    """The counts cannot all be true: a counting fault, so nothing is released."""


class Cell(NamedTuple):
    """One published count. A margin leaves its dimension out: so linked tables share the cell."""

    population: str
    fixed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Dimension:
    """One way of cutting a population.

    `groups` are published beside their members. `additive=False`: one unit may be in several
    categories, so `all` is a count of its own; `covering` then says that each unit is in at
    least one. `steady`: once counted, a unit does not leave its category in a later edition.
    """

    name: str
    categories: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    additive: bool = True
    covering: bool = True
    steady: bool = True

    def __post_init__(self) -> None:
        members = [member for _, group in self.groups for member in group]
        if len(set(self.nodes)) != len(self.nodes) or not all(self.nodes):
            raise ValueError(f"The codes of dimension {self.name} are empty or repeat.")
        if len(set(members)) != len(members) or not set(members) <= set(self.categories):
            raise ValueError(f"The groups of dimension {self.name} do not divide its categories.")

    @property
    def nodes(self) -> tuple[str, ...]:
        """Everything that is published: `all`, the groups, the categories."""
        return (ALL, *(code for code, _ in self.groups), *self.categories)

    @property
    def counted(self) -> tuple[str, ...]:
        """What the caller has to count; the rest are sums."""
        return self.categories if self.additive else self.nodes

    @property
    def families(self) -> Iterator[Group]:
        """Each parent with its children: groups with their members, then `all` with the rest."""
        grouped = {member for _, group in self.groups for member in group}
        yield from self.groups
        alone = tuple(code for code in self.categories if code not in grouped)
        yield ALL, (*(code for code, _ in self.groups), *alone)


@dataclass(frozen=True)
class Table:
    """Counts of one population over some dimensions; a missing count is a zero.

    Keys follow the order of `dimensions`, with the categories of additive dimensions and every
    node of the others. `impossible` keys cannot occur (published as not applicable). `within`
    names the population that each unit belongs to one of (an incident belongs to a case).
    """

    name: str
    dimensions: tuple[Dimension, ...]
    counts: Mapping[Key, int]
    population: str = "cases"
    impossible: frozenset[Key] = frozenset()
    within: str | None = None

    def __post_init__(self) -> None:
        expected = set(product(*(dimension.counted for dimension in self.dimensions)))
        strangers = set(self.counts) - expected
        if strangers:
            raise ValueError(f"Table {self.name} has counts that its dimensions do not know.")
        if any(type(count) is not int or count < 0 for count in self.counts.values()):
            raise ValueError(f"Table {self.name} has a count that is not a whole number.")
        if any(self.counts.get(key, 0) for key in self.impossible):
            raise Contradiction(f"Table {self.name} counts something in an impossible cell.")

    def published(self) -> Iterator[Key]:
        """Every published key, margins included, in the order of publication."""
        return product(*(dimension.nodes for dimension in self.dimensions))

    def cell(self, key: Key) -> Cell:
        pairs = zip(self.dimensions, key, strict=True)
        fixed = sorted((dimension.name, node) for dimension, node in pairs if node != ALL)
        return Cell(self.population, tuple(fixed))

    def with_margins(self) -> dict[Key, int]:
        """The true count of every published key."""
        counts = {
            key: self.counts.get(key, 0)
            for key in product(*(dimension.counted for dimension in self.dimensions))
        }
        for position, dimension in enumerate(self.dimensions):
            if dimension.additive:
                _add_margins(counts, position, dimension)
        return {key: counts[key] for key in self.published()}


def _add_margins(counts: dict[Key, int], position: int, dimension: Dimension) -> None:
    lines = {(key[:position], key[position + 1 :]) for key in counts}
    for parent, children in dimension.families:
        for before, after in lines:
            counts[(*before, parent, *after)] = sum(
                counts[(*before, child, *after)] for child in children
            )
