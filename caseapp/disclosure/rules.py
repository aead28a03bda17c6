"""The numbers of the method, and how it can fail."""

from __future__ import annotations

from collections.abc import Callable

BASE = 5
WIDTH = BASE - 1  # how far a figure may be from the truth
WIDENED = 2 * BASE - 1  # the same for a cell of the wider interval
SMALL = range(1, 5)  # the true counts that nobody may learn
CANDIDATES = 4  # the fewest possibilities that must be left of one

Progress = Callable[[str], None]


class NotSolved(RuntimeError):
    """The solver found no rounding in the time it was given."""


class NotSafe(RuntimeError):
    """The attacker still wins after every repair: nothing may leave. One plain line."""


class AttackFailed(RuntimeError):
    """The attacker did not finish, so nothing is known about safety; one plain line."""


def silent(line: str) -> None:
    """Progress that nobody wants to see."""
