"""`python -m benchmarks release`: seconds and memory of one release after a year of others.

600 cases are those of a whole financial year of a demo home, in the last of its twelve editions.
100,000 invented cases are cut by the wards of 33 boroughs as well, in the first of their year.
"""

import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

from benchmarks.counted_home import by_year, make_demo, tables_by_month
from benchmarks.invented_year import Invented, invent, months_of_tables, skewed
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.release import protect
from caseapp.disclosure.tables import ALL, Dimension, Key, Table
from caseapp.indicators.dimensions import dimension

KEY = b"one key of the release benchmark"
SEED, SKEW, MB = 5, 3.0, 1024
HOME, MONTHS = 1000, 20  # cases and months of a demo home with a whole year in which 600 came
YEAR, SINCE = 12, "2026-04"
BOROUGHS, WARDS = 33, 20
MOST_SECONDS = {600: 60.0, 100_000: 600.0}
MOST_MB = 1024.0


@dataclass(frozen=True)
class Cost:
    """What one release took; `memory` is the most that either process held."""

    cases: int
    editions: int
    cells: int
    seconds: float
    memory: float

    @property
    def is_met(self) -> bool:
        return self.seconds <= MOST_SECONDS[self.cases] and self.memory <= MOST_MB

    def in_words(self) -> str:
        verdict = "met" if self.is_met else "MISSED"
        return (
            f"{self.cases:>8,} cases, edition {self.editions:>2}, {self.cells:>7,} cells: "
            f"{self.seconds:7.1f} s, {self.memory:6.0f} MB; at most "
            f"{MOST_SECONDS[self.cases]:.0f} s and {MOST_MB:.0f} MB: {verdict}"
        )


def print_release() -> int:
    """0 where both sizes keep to their limits."""
    costs = []
    for measure in (_a_year_of_600, _a_city_of_100_000):
        costs.append(measure())
        print(costs[-1].in_words(), flush=True)
    return 0 if all(cost.is_met for cost in costs) else 1


def _a_year_of_600() -> Cost:
    with tempfile.TemporaryDirectory(prefix="caseapp-release-") as folder:
        years = by_year(tables_by_month(make_demo(Path(folder), HOME, SEED, MONTHS)))
    since, year = next((since, year) for since, year in years.items() if len(year) == YEAR)
    editions: list[Edition] = []
    seconds = 0.0
    for month, tables in year.items():
        started = time.monotonic()
        worlds = editions[-1].worlds if editions else b""
        editions.append(protect(tables, KEY, month, since, tuple(editions), worlds=worlds))
        seconds = time.monotonic() - started
        print(f"edition {len(editions)}: {seconds:.1f} s", flush=True)
    return Cost(600, len(editions), len(link(editions[-1].tables).truth), seconds, _memory())


def _a_city_of_100_000() -> Cost:
    units = invent(100_000, SEED, SKEW, 1)
    tables = [*months_of_tables(units, 1)[SINCE], city_wards(units)]
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        return alone.submit(_release_of_city, tables).result()


def _release_of_city(tables: Sequence[Table]) -> Cost:
    """In a process of its own: what the invented cases take is not the release's."""
    started = time.monotonic()
    protect(tables, KEY, SINCE, SINCE, progress=lambda line: print(line, flush=True))
    seconds = time.monotonic() - started
    return Cost(100_000, 1, len(link(tables).truth), seconds, _memory())


def city_wards(units: Sequence[Invented]) -> Table:
    """Cases by theme and the ward of one of 33 boroughs."""
    chance = Random(SEED)
    boroughs = [
        (f"borough{b}", tuple(f"ward{b}_{w}" for w in range(WARDS))) for b in range(BOROUGHS)
    ]
    wards = tuple(ward for _, each in boroughs for ward in each)
    cut = Dimension("city_ward", wards, groups=tuple(boroughs))
    counts: Counter[Key] = Counter()
    for unit in units:
        if unit.population == "cases":
            ward = skewed(chance, wards, SKEW)
            counts.update((theme, ward) for theme in (ALL, *unit.early["theme"]))
    return Table("theme_by_city_ward", (dimension("theme"), cut), counts)


def _memory() -> float:
    """MB at most, of this process or of one that it started. The kernel counts for getrusage what a
    process held before it was another program, so our own comes from what it says of this one."""
    status = Path("/proc/self/status").read_text()
    own = float(re.findall(r"VmHWM:\s+(\d+) kB", status)[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / MB
