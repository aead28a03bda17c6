"""A solved edition without a database: the standard catalogue over invented cases."""

from collections.abc import Mapping
from functools import cache
from random import Random

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.rounding import round_tables
from caseapp.disclosure.rules import ROUNDING_5
from caseapp.disclosure.tables import Cell, Dimension, Table
from caseapp.indicators.catalogue import WITHIN, Unit, standard_catalogue, tables_of
from caseapp.indicators.dimensions import dimension

TALLY = {"tested": 12, "exact": 0, "narrow": 0}
CERTIFICATE = {
    "edition": "2026-05",
    "since": "2026-04",
    "method_name": "rounding_5",
    "method": ROUNDING_5.words,
    "promise": ROUNDING_5.promise,
    "rounding_base": 5,
    "width": 4,
    "candidates": 4,
    "attacker": "Someone who knows the rules.",
    "editions_covered": ["2026-05"],
    "counts_assumed_to_grow": 0,
    "corrections_seen_in_them": 0,
    "catalogue": "c" * 64,
    "ledger_head": "0" * 64,
    "counts_that_could_be_small": TALLY,
    "flows_that_could_be_small": TALLY,
    "partner_remainders": TALLY,
    "partner": "cases of one service",
    "groups_proved_none_or_all": 0,
    "cells": 2038,
    "cells_suppressed": 0,
    "cells_beyond_an_adjacent_multiple": 0,
    "cells_with_a_wider_interval": 0,
    "programmes_solved": 9,
    "worlds_shown": 4,
    "variables": 1000,
    "seconds": 1.5,
    "repairs": 0,
    "versions": {"protector": "OR-tools", "attacker": "HiGHS"},
    "utility": {
        "mean_error_of_non_zero_cells": 1.7,
        "maximum_error": 4,
        "all_sums_hold": True,
        "cells_published": "all",
        "percentages": {"of 50 or more": "1.9 points on average, 6.8 at most"},
    },
    "comparison": {"method": "suppress under 5", "sentence": "The usual rule would reveal some."},
    "limits": ["This is not differential privacy.", "A published 5 proves at least one."],
}
SHARES = {"incidents": 1.2, "marac_referrals": 0.3, "programmes": 0.2}  # units for each case


def invented_edition(cases: int = 300, period: str = "2026-05") -> Edition:
    """An edition of the standard catalogue, solved and not attacked."""
    values = dict(_solved(cases))
    certificate = {**CERTIFICATE, "edition": period}
    return Edition(period, "2026-04", _tables(cases), values, certificate=certificate)


@cache
def _solved(cases: int) -> Mapping[Cell, int]:
    return round_tables(link(list(_tables(cases))), b"k" * 32, "2026-04").values


@cache
def _tables(cases: int) -> tuple[Table, ...]:
    chance = Random(cases)
    units = {
        population: [
            _unit(chance, population) for _ in range(round(cases * SHARES.get(population, 1)))
        ]
        for population in WITHIN
    }
    return tuple(tables_of(standard_catalogue(), units))


def _unit(chance: Random, population: str) -> Unit:
    """Each way of cutting that the tables of the population use, with the first codes the most
    frequent."""
    return {each.name: _codes(chance, each) for each in _ways(population)}


@cache
def _ways(population: str) -> tuple[Dimension, ...]:
    specs = [each for each in standard_catalogue().tables if each.population == population]
    names = dict.fromkeys(name for each in specs for name in each.dimensions)
    return tuple(dimension(name) for name in names)


def _codes(chance: Random, way: Dimension) -> frozenset[str]:
    many = 1 if way.additive else chance.choice([1, 1, 1, 2])
    many -= 0 if way.covering else chance.choice([0, 1])
    weights = range(len(way.categories), 0, -1)
    return frozenset(chance.choices(way.categories, weights, k=many))
