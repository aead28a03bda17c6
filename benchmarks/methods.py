"""`python -m benchmarks methods`: thirteen editions of one borough under four methods, attacked by
the same attacker.

Ours is certified month by month, as a release is. The others are what they are: they are published
by their rule, and the attacker is given each year of them.
"""

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.counted_home import make_demo, tables_by_month
from benchmarks.other_methods import OTHERS, Rule, published
from caseapp.disclosure.edition import Document, Edition
from caseapp.disclosure.lattice import Lattice, link
from caseapp.disclosure.long_form import Figure
from caseapp.disclosure.release import protect
from caseapp.disclosure.tables import Table
from caseapp.disclosure.trial import Judgement, judge, run_attacker

KEY = b"one key of the method benchmarks"
CASES, SEED, MONTHS = 600, 5, 14
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
    """0 where ours gives nothing away and each other method gives something away."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="caseapp-methods-") as folder:
        months = tables_by_month(make_demo(Path(folder), CASES, SEED, MONTHS))
    years: dict[str, dict[str, list[Table]]] = {}
    for period, tables in months.items():
        years.setdefault(period.months[0], {})[period.month] = tables
    print(f"{len(months)} editions of {CASES} cases, seed {SEED}")
    print(f"{HEADS[0]:<26}" + "".join(f"{h:>{w}}" for h, w in zip(HEADS[1:], WIDTHS, strict=True)))
    scores = [score_ours(years)]
    print(scores[0].in_words(), flush=True)
    for name, rule in OTHERS.items():
        scores.append(score_other(name, rule, years))
        print(scores[-1].in_words(), flush=True)
    print(f"{time.monotonic() - started:.0f} seconds")
    ours, *others = scores
    return 0 if ours.exact + ours.narrow + ours.groups == 0 and all(o.narrow for o in others) else 1


WIDTHS = (8, 8, 8, 8, 11, 11, 12)


def score_ours(years: Mapping[str, Year]) -> Score:
    """Each edition certified with all before it, then the whole year attacked once more."""
    judged, shown, sums = [], [], []
    for since, year in years.items():
        editions = certified(since, year)
        documents = [each.document() for each in editions]
        judged.append(_attacked(documents, year))
        for edition in editions:
            lattice = link(edition.tables)
            shown += [(edition.values[cell], n) for cell, n in lattice.truth.items() if n]
            sums += [line.holds(edition.values) for line in lattice.lines]
    return _score(OURS, judged, shown, sums)


def certified(since: str, year: Year) -> list[Edition]:
    """The editions of a year, one after the other as in the life of a partnership."""
    editions: list[Edition] = []
    for month, tables in year.items():
        worlds = editions[-1].worlds if editions else b""
        editions.append(protect(tables, KEY, month, since, tuple(editions), worlds=worlds))
    return editions


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
    report = run_attacker(documents)
    return judge(report, {month: link(tables).truth for month, tables in year.items()})


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
    errors = [abs(value - n) for value, n in shown if value is not None]
    tallies = [tally for each in judged for tally in (each.counts, each.flows)]
    return Score(
        name,
        small=sum(each.small for each in tallies),
        exact=sum(each.exact for each in tallies),
        narrow=sum(each.narrow for each in tallies),
        groups=sum(each.groups_proved for each in judged),
        published=len(errors) / len(shown),
        sums_fail=1 - sum(sums) / len(sums) if sums else 0.0,
        mean_error=sum(errors) / len(errors),
    )
