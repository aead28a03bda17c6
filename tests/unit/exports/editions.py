"""A solved edition without a database: the catalogue's own dimensions over invented cases."""

from collections import Counter
from random import Random

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.rounding import round_tables
from caseapp.disclosure.tables import ALL, Dimension, Key, Table
from caseapp.indicators import counting

TALLY = {"tested": 12, "exact": 0, "narrow": 0}
CERTIFICATE = {
    "edition": "2026-05",
    "since": "2026-04",
    "method": "controlled rounding",
    "attacker": "Someone who knows the rules.",
    "editions_covered": ["2026-05"],
    "counts_that_could_be_small": TALLY,
    "flows_that_could_be_small": TALLY,
    "groups_proved_none_or_all": 0,
    "partner_remainders": "not tested",
    "cells": 300,
    "cells_beyond_an_adjacent_multiple": 0,
    "cells_with_a_wider_interval": 0,
    "corrections_seen_in_them": 0,
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
    },
    "comparison": {"sentence": "The usual rule would reveal some."},
    "limits": ["This is not differential privacy."],
    "catalogue": "c" * 64,
    "ledger_head": "0" * 64,
}


def invented_edition(cases: int = 300) -> Edition:
    """An edition of the six tables."""
    chance = Random(cases)
    theme = counting.theme_dimension()
    themes = [chance.sample(theme.categories, chance.choice([1, 1, 1, 2])) for _ in range(cases)]
    tables = [
        _table(chance, themes, theme, dimension)
        for dimension in (
            counting.age_band_dimension(),
            Dimension("sex", ("female", "male", "not_known")),
            counting.ethnicity_dimension(),
            counting.ward_dimension(),
            counting.need_dimension(),
        )
    ]
    tables.append(_incidents(chance, themes, theme))
    values = round_tables(link(tables), b"k" * 32, "2026-04").values
    return Edition("2026-05", "2026-04", tuple(tables), values, certificate=CERTIFICATE)


def _table(
    chance: Random, themes: list[list[str]], theme: Dimension, dimension: Dimension
) -> Table:
    counts: Counter[Key] = Counter()
    for each in themes:
        node = chance.choice(dimension.categories)
        nodes = (node,) if dimension.additive else (node, ALL)
        counts.update((one, other) for one in (*each, ALL) for other in nodes)
    return Table(f"theme_by_{dimension.name}", (theme, dimension), counts)


def _incidents(chance: Random, themes: list[list[str]], theme: Dimension) -> Table:
    outcome = counting.outcome_dimension()
    counts: Counter[Key] = Counter()
    for each in themes:
        node = chance.choice(outcome.categories)
        counts.update((one, node) for one in (*each, ALL))
    return Table("theme_by_outcome", (theme, outcome), counts, "incidents", within="cases")
