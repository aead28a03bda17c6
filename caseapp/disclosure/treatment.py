"""Percentages and rates: only ever of released figures, and only where they are large enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from caseapp.disclosure.long_form import Figure

LEAST_DENOMINATOR = 50
LEAST_NUMERATOR = 10
EXACT = 1e-9  # what a computer's division may be off by


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
    if part.value is None or part.value < LEAST_NUMERATOR or population < 1:
        return UNRELIABLE
    value = round(1000 * part.value / population, 1)
    return _outward(1000 * part.lower / population, value, 1000 * part.upper / population)


def ratio_of_rates(part: Figure, population: int, other: Figure, others: int) -> Ratio:
    """How many times the rate of another group a group's rate is, with one decimal.

    `part` in `population` against `other` in `others`; unreliable where either rate would be.
    """
    if UNRELIABLE in (rate_per_1000(part, population), rate_per_1000(other, others)):
        return UNRELIABLE
    scale = others / population
    low, high = scale * part.lower / other.upper, scale * part.upper / other.lower
    return _outward(low, round(scale * (part.value or 0) / (other.value or 1), 1), high)


def _outward(low: float, value: float, high: float) -> Ratio:
    """One decimal, with the range rounded away from the value so that it still holds the truth."""
    return Ratio(value, floor(10 * low + EXACT) / 10, ceil(10 * high - EXACT) / 10)
