"""Years of invented cases over a few tables of the catalogue, small enough to attack in a test."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from benchmarks.invented_year import Invented, invent, months_of_tables, one_in
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.partners import Partner
from caseapp.disclosure.release import protect
from caseapp.disclosure.tables import Table
from caseapp.indicators.catalogue import Catalogue, standard_catalogue

KEY = b"a key that the attacker lacks..."
SINCE = "2026-04"
FEW = {"theme_by_risk", "theme_by_ethnicity_and_sex", "incidents_by_theme_and_reason_recorded"}


def few_tables() -> Catalogue:
    chosen = tuple(each for each in standard_catalogue().tables if each.name in FEW)
    assert len(chosen) == len(FEW)
    return Catalogue(chosen)


@dataclass(frozen=True)
class InventedYear:
    """So many cases of some months, by a seed and a skew."""

    cases: int
    seed: int
    skew: float
    months: int

    @cached_property
    def units(self) -> list[Invented]:
        return invent(self.cases, self.seed, self.skew, self.months, few_tables())

    @cached_property
    def tables(self) -> dict[str, list[Table]]:
        return months_of_tables(self.units, self.months, few_tables())

    def partner(self, share: int) -> Partner:
        return one_in(share, self.units, self.months - 1)

    def editions(self, partner: Partner | None = None) -> list[Edition]:
        """One month after the other as in the life of a partnership: each is attacked with all
        before it, and only leaves where the attacker finds nothing."""
        made: list[Edition] = []
        for month, tables in self.tables.items():
            worlds = made[-1].worlds if made else b""
            made.append(
                protect(tables, KEY, month, SINCE, tuple(made), worlds=worlds, known=partner)
            )
        return made


def at_random(months: int) -> InventedYear:
    """Another one at each run; whoever sees it fail finds seed and skew in what was printed."""
    chance = Random()
    year = InventedYear(
        cases=chance.choice([150, 300, 600]),
        seed=chance.randrange(1_000_000),
        skew=round(chance.uniform(1.0, 6.0), 1),
        months=months,
    )
    print(f"cases {year.cases}, seed {year.seed}, skew {year.skew}, months {year.months}")
    return year


def errors_of(editions: Sequence[Edition]) -> list[int]:
    """How far off each figure is, of a count that is not zero."""
    return [
        abs(edition.values[cell] - count)
        for edition in editions
        for cell, count in link(edition.tables).truth.items()
        if count
    ]
