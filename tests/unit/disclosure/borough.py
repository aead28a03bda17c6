"""A synthetic borough: the six tables of a monthly release, from units made by a seed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from caseapp.disclosure.tables import ALL, Dimension, Key, Table

THEME = Dimension("theme", ("youth", "domestic", "sexual"), additive=False)
PLAIN = {
    "age_band": Dimension("age_band", tuple(f"age{i}" for i in range(7))),
    "sex": Dimension("sex", ("female", "male", "unknown")),
    "ethnicity": Dimension("ethnicity", ("white", "mixed", "asian", "black", "other", "unknown")),
    "ward": Dimension("ward", tuple(f"ward{i}" for i in range(18)) + ("out", "none", "unknown")),
}
NEEDS = Dimension(
    "need",
    tuple(f"need{i}" for i in range(20)),
    groups=(("speech", tuple(f"need{i}" for i in range(10))),),
    additive=False,
    covering=False,
)
OUTCOME = Dimension("outcome", tuple(f"outcome{i}" for i in range(23)), steady=False)


@dataclass(frozen=True)
class Unit:
    """One case: its themes, its place in the plain dimensions, its needs, its incidents."""

    themes: tuple[str, ...]
    place: dict[str, str]
    needs: frozenset[str]
    outcomes: tuple[str, ...]


def make_units(count: int, seed: int = 1) -> list[Unit]:
    chance = Random(seed)
    return [_unit(chance) for _ in range(count)]


def _unit(chance: Random) -> Unit:
    themes = chance.choice([("youth",), ("domestic",), ("sexual",), ("youth", "sexual")])
    place = {name: _skewed(chance, each.categories) for name, each in PLAIN.items()}
    needs = {_skewed(chance, NEEDS.categories) for _ in range(chance.choice([0, 0, 1, 2]))}
    outcomes = [_skewed(chance, OUTCOME.categories) for _ in range(chance.choice([0, 1, 1, 2]))]
    return Unit(themes, place, frozenset(needs), tuple(outcomes))


def _skewed(chance: Random, codes: Sequence[str]) -> str:
    return codes[min(int(chance.expovariate(3 / len(codes))), len(codes) - 1)]


def six_tables(units: Sequence[Unit]) -> list[Table]:
    tables = [
        Table(f"theme_by_{name}", (THEME, dimension), _count(units, name))
        for name, dimension in PLAIN.items()
    ]
    needs: Counter[Key] = Counter()
    outcomes: Counter[Key] = Counter()
    for unit in units:
        speech = {"speech"} if unit.needs & set(NEEDS.groups[0][1]) else set()
        for theme in (*unit.themes, ALL):
            needs.update((theme, need) for need in (*unit.needs, *speech, ALL))
            outcomes.update((theme, outcome) for outcome in unit.outcomes)
    return [
        *tables,
        Table("theme_by_need", (THEME, NEEDS), needs),
        Table("theme_by_outcome", (THEME, OUTCOME), outcomes, "incidents", within="cases"),
    ]


def _count(units: Sequence[Unit], name: str) -> Counter[Key]:
    return Counter((theme, unit.place[name]) for unit in units for theme in (*unit.themes, ALL))
