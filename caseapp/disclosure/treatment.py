"""Percentages, rates and means: of released figures alone, and only of large enough ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from caseapp.disclosure.long_form import Figure

LEAST_DENOMINATOR = 50
LEAST_NUMERATOR = 10
LEAST_IN_MEAN = 10
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


def mean(scored: Sequence[tuple[float, Figure]]) -> Ratio:
    """The mean score of released answers, with one decimal; `scored` has how many gave each score.

    Unreliable under 10 released. The range is the widest that the ranges of the counts allow.
    """
    counted = [(score, each) for score, each in scored if each.value is not None]
    many = sum(each.value or 0 for _, each in counted)
    if len(counted) < len(scored) or many < LEAST_IN_MEAN:
        return UNRELIABLE
    value = round(sum(score * (each.value or 0) for score, each in counted) / many, 1)
    return _outward(-_most([(-score, each) for score, each in counted]), value, _most(counted))


def _most(scored: Sequence[tuple[float, Figure]]) -> float:
    """The greatest mean: as many as can be of the scores from some one on, and as few below it."""
    means = []
    for least, _ in scored:
        counts = [each.upper if score >= least else each.lower for score, each in scored]
        if any(counts):
            total = sum(score * n for (score, _), n in zip(scored, counts, strict=True))
            means.append(total / sum(counts))
    return max(means)


def _outward(low: float, value: float, high: float) -> Ratio:
    """One decimal, with the range rounded away from the value so that it still holds the truth."""
    return Ratio(value, floor(10 * low + EXACT) / 10, ceil(10 * high - EXACT) / 10)
