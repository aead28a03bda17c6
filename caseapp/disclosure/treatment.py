"""Percentages and rates: only ever of released figures, and only where they are large enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from caseapp.disclosure.long_form import Figure

LEAST_DENOMINATOR = 50
LEAST_NUMERATOR = 10


@dataclass(frozen=True)
class Ratio:
    """A value with the range that the rounding implies, or a marker alone."""

    value: float | None
    low: float | None
    high: float | None
    marker: str = ""


UNRELIABLE = Ratio(None, None, None, "u")


def percentage(part: Figure, whole: Figure) -> Ratio:
    """A whole-number percentage; unreliable where fewer than 50 were released as the whole."""
    if part.value is None or whole.value is None or whole.value < LEAST_DENOMINATOR:
        return UNRELIABLE
    low, high = floor(100 * part.lower / whole.upper), ceil(100 * part.upper / whole.lower)
    return Ratio(floor(100 * part.value / whole.value + 0.5), low, min(100, high))


def rate_per_1000(part: Figure, population: int) -> Ratio:
    """A rate with one decimal in a public population; unreliable under 10 released."""
    if part.value is None or part.value < LEAST_NUMERATOR:
        return UNRELIABLE
    low, value, high = (
        round(1000 * n / population, 1) for n in (part.lower, part.value, part.upper)
    )
    return Ratio(value, low, high)
