"""`python -m benchmarks methods`: thirteen editions of one borough under four methods, attacked by
the same attacker.

Ours is certified month by month, as a release is. The others are what they are: they are published
by their rule, and the attacker is given each year of them, and a minute for each: what it proves
until then is told.
"""

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.counted_home import by_year, make_demo, tables_by_month
from benchmarks.other_methods import OTHERS, Rule, published
from caseapp.disclosure.edition import Document, Edition
from caseapp.disclosure.hints import true_world
from caseapp.disclosure.judging import Judgement, judge
from caseapp.disclosure.lattice import Lattice, link
from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.release import protect
from caseapp.disclosure.rules import SMALL
from caseapp.disclosure.tables import Table
from caseapp.disclosure.trial import run_attacker

KEY = b"one key of the method benchmarks"
CASES, SEED, MONTHS = 600, 5, 14
MOST_MEAN_ERROR = 1.8
PATIENCE = 60.0  # seconds for a year of another method
TALLIES = ("counts_that_could_be_small", "flows_that_could_be_small")
OURS = "certified rounding 5"
HEADS = ("method", "small", "exact", "narrow", "groups", "published", "sums fail", "mean error")

Year = Mapping[str, Sequence[Table]]  # by month
Published = tuple[int | None, int]  # what is shown of a count that is not zero, and the count


@dataclass(frozen=True)
class Score:
    """One method over all editions. `small`: counts and changes from 1 to 4."""

    name: str
    small: int
    exact: int
    narrow: int
    groups: int
    published: float
    sums_fail: float
    mean_error: float

    def in_words(self) -> str:
        return (
            f"{self.name:<26}{self.small:>8,}{self.exact:>8,}{self.narrow:>8,}{self.groups:>8,}"
            f"{self.published:>11.0%}{self.sums_fail:>11.0%}{self.mean_error:>12.2f}"
        )


def print_methods() -> int:
    """0 where ours gives nothing away and is as near to the truth as it says, and each other method
    gives something away."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="caseapp-methods-") as folder:
        years = by_year(tables_by_month(make_demo(Path(folder), CASES, SEED, MONTHS)))
    print(f"{sum(map(len, years.values()))} editions of {CASES} cases, seed {SEED}")
    editions = [edition for since, year in years.items() for edition in certified(since, year)]
    print(f"{HEADS[0]:<26}" + "".join(f"{h:>{w}}" for h, w in zip(HEADS[1:], WIDTHS, strict=True)))
    ours = score_ours(editions)
    print(ours.in_words(), flush=True)
    others = []
    for name, rule in OTHERS.items():
        others.append(score_other(name, rule, years))
        print(others[-1].in_words(), flush=True)
    print(f"{time.monotonic() - started:.0f} seconds")
    gives_nothing = ours.exact + ours.narrow + ours.groups == 0
    is_near = ours.mean_error <= MOST_MEAN_ERROR and all(map(is_as_near_as_it_says, editions))
    return 0 if gives_nothing and is_near and all(each.narrow for each in others) else 1


WIDTHS = (8, 8, 8, 8, 11, 11, 12)


def is_as_near_as_it_says(edition: Edition) -> bool:
    """No cell is off by more than 4, but for those that are published with a wider interval."""
    truth, method = link(edition.tables).truth, edition.method
    return all(
        abs(edition.values[cell] - n)
        <= (method.widened if cell in edition.widened else method.width)
        for cell, n in truth.items()
    ) and edition.certificate["cells_with_a_wider_interval"] == len(edition.widened)


def score_ours(editions: Sequence[Edition]) -> Score:
    """What the certificates of the last edition of each year say: it was attacked with all before
    it, so it covers each count and each change of the year."""
    lattices = [link(edition.tables) for edition in editions]
    shown: list[Published] = []
    for edition, lattice in zip(editions, lattices, strict=True):
        shown += [(edition.values[cell], n) for cell, n in lattice.truth.items() if n]
    newest = {edition.since: edition.certificate for edition in editions}
    tallies = [newest[since][what] for since in newest for what in TALLIES]
    return Score(
        OURS,
        small=sum(_small(editions)),
        exact=sum(each["exact"] for each in tallies),
        narrow=sum(each["narrow"] for each in tallies),
        groups=sum(each["groups_proved_none_or_all"] for each in newest.values()),
        published=1.0,
        sums_fail=1 - _share(editions, lattices),
        mean_error=_mean_error(shown),
    )


def _small(editions: Sequence[Edition]) -> Iterator[int]:
    """The true counts from 1 to 4, and the changes of what only grows."""
    for edition in editions:
        yield sum(n in SMALL for n in link(edition.tables).truth.values())
    for before, after in pairwise(editions):
        if before.since == after.since:
            then, now = link(before.tables), link(after.tables)
            yield sum(now.truth[c] - then.truth.get(c, 0) in SMALL for c in now.growing)


def _share(editions: Sequence[Edition], lattices: Sequence[Lattice]) -> float:
    pairs = zip(editions, lattices, strict=True)
    sums = [line.holds(edition.values) for edition, each in pairs for line in each.lines]
    return sum(sums) / len(sums)


def certified(since: str, year: Year) -> Iterator[Edition]:
    """The editions of a year, one after the other as in the life of a partnership."""
    editions: list[Edition] = []
    for month, tables in year.items():
        worlds, started = editions[-1].worlds if editions else b"", time.monotonic()
        editions.append(protect(tables, KEY, month, since, tuple(editions), worlds=worlds))
        said = editions[-1].certificate
        print(
            f"{month}: {time.monotonic() - started:5.0f} s, attack {said['seconds']:5.0f} s, "
            f"{said['repairs']} repairs, {said['cells_beyond_an_adjacent_multiple']} cells beyond "
            f"4, mean error {said['utility']['mean_error_of_non_zero_cells']}",
            flush=True,
        )
        yield editions[-1]


def score_other(name: str, rule: Rule, years: Mapping[str, Year]) -> Score:
    judged, shown, sums = [], [], []
    for since, year in years.items():
        documents = [published(month, since, tables, rule) for month, tables in year.items()]
        judged.append(_attacked(documents, year))
        for tables in year.values():
            lattice = link(tables)
            shown += [(rule(n).value, n) for n in lattice.truth.values() if n]
            sums += list(_sums(lattice, rule))
    return _score(name, judged, shown, sums)


def _attacked(documents: Sequence[Document], year: Year) -> Judgement:
    """Only what is proved counts against another method, so it is at least so much."""
    truths = {month: link(tables).truth for month, tables in year.items()}
    report = run_attacker(documents, told=true_world(truths), patience=PATIENCE)
    return judge(report, truths, proved=True)


def _sums(lattice: Lattice, rule: Rule) -> Iterator[bool]:
    """Of the lines that are shown whole: whether what is shown adds up."""
    figures: dict[int, Figure] = {n: rule(n) for n in set(lattice.truth.values())}
    for line in lattice.lines:
        values = {
            cell: figures[lattice.truth[cell]].value for cell in (line.parent, *line.children)
        }
        if all(value is not None for value in values.values()):
            yield line.holds({cell: value or 0 for cell, value in values.items()})


def _score(
    name: str,
    judged: Sequence[Judgement],
    shown: Sequence[Published],
    sums: Sequence[bool],
) -> Score:
    tallies = [tally for each in judged for tally in (each.counts, each.flows)]
    return Score(
        name,
        small=sum(each.small for each in tallies),
        exact=sum(each.exact for each in tallies),
        narrow=sum(each.narrow for each in tallies),
        groups=sum(each.groups_proved for each in judged),
        published=sum(value is not None for value, _ in shown) / len(shown),
        sums_fail=1 - sum(sums) / len(sums) if sums else 0.0,
        mean_error=_mean_error(shown),
    )


def _mean_error(shown: Sequence[Published]) -> float:
    errors = [abs(value - n) for value, n in shown if value is not None]
    return sum(errors) / len(errors)
