"""The methods that a year can be released by, their numbers, and how they can fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from caseapp.disclosure.tables import Cell

SMALL = range(1, 5)  # the true counts that nobody may learn

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Method:
    """A way of releasing a whole financial year, chosen before its first edition.

    `base`: each figure is one of the two multiples of it next to the true count; 1 is exact.
    `candidates`: the fewest possibilities that must be left of a count from 1 to 4. `threshold`:
    counts below it are suppressed; `stricter` where a count is cut by one of `stricter_cuts`.
    """

    name: str
    words: str
    promise: str
    base: int
    candidates: int
    threshold: int = 0
    stricter: int = 0
    stricter_cuts: frozenset[str] = frozenset()

    @property
    def width(self) -> int:
        """How far a figure may be from the truth."""
        return self.base - 1

    @property
    def widened(self) -> int:
        """The same for a cell of the wider interval."""
        return 2 * self.base - 1

    @property
    def is_annual(self) -> bool:
        """One edition for March alone, and none in the months before it."""
        return self.threshold > 0

    def threshold_of(self, cell: Cell) -> int:
        """Counts of this cell below this are suppressed."""
        strict = any(name in self.stricter_cuts for name, _ in cell.fixed)
        return self.stricter if strict else self.threshold


ROUNDING_5 = Method(
    "rounding_5",
    "controlled rounding to a multiple of 5 over all linked tables, certified",
    "Each figure is within 4 of the true count, and every true count from 1 to 4 keeps at least 4 "
    "possible values.",
    base=5,
    candidates=4,
)
ROUNDING_3 = Method(
    "rounding_3",
    "controlled rounding to a multiple of 3 over all linked tables, certified: for partners under "
    "agreement, not for publication",
    "Each figure is within 2 of the true count, and every true count from 1 to 4 keeps at least 3 "
    "possible values. That is weaker than base 5: a rounded zero means 0, 1 or 2.",
    base=3,
    candidates=3,
)
ANNUAL_SUPPRESSION = Method(
    "annual_suppression",
    "complementary suppression over all linked tables of one annual edition, certified",
    "Figures that are shown are exact. Counts under 5 are suppressed, zeros among them, and counts "
    "under 10 where disability, communication needs or criminal justice are shown; more counts "
    "are suppressed so that none of these can be worked out.",
    base=1,
    candidates=4,
    threshold=5,
    stricter=10,
    stricter_cuts=frozenset({"disability", "health", "slcn", "outcome", "reason"}),
)
METHODS = MappingProxyType(
    {each.name: each for each in (ROUNDING_5, ROUNDING_3, ANNUAL_SUPPRESSION)}
)

BASE = ROUNDING_5.base
WIDTH = ROUNDING_5.width
WIDENED = ROUNDING_5.widened
CANDIDATES = ROUNDING_5.candidates


class NotSolved(RuntimeError):
    """The solver found no rounding in the time it was given."""


class NotSafe(RuntimeError):
    """The attacker still wins after every repair: nothing may leave. One plain line."""


class AttackFailed(RuntimeError):
    """The attacker did not finish, so nothing is known about safety; one plain line."""


def silent(line: str) -> None:
    """Progress that nobody wants to see."""
