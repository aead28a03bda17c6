"""Bound propagation: what follows from each row by itself, again and again until nothing moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from caseapp.disclosure.attacker.puzzle import Row

MOST_ROUNDS = 50

Vector = NDArray[Any]


@dataclass(frozen=True)
class System:
    """rows_low ≤ matrix @ x ≤ rows_high and lower ≤ x ≤ upper, x in whole numbers."""

    matrix: csr_array
    rows_low: Vector
    rows_high: Vector
    lower: Vector
    upper: Vector


def assemble(rows: list[Row], lower: list[float], upper: list[float]) -> System:
    """The rows as one sparse system."""
    values = [value for row, _, _ in rows for value in row.values()]
    columns = [column for row, _, _ in rows for column in row]
    starts = np.cumsum([0, *(len(row) for row, _, _ in rows)])
    matrix = csr_array((values, columns, starts), shape=(len(rows), len(lower)))
    lows, highs = ([row[at] for row in rows] for at in (1, 2))
    return System(matrix, *(np.array(each, dtype=float) for each in (lows, highs, lower, upper)))


def propagate(system: System) -> System:
    """The same system with tighter bounds; bounds may cross where the rows contradict."""
    entries = system.matrix.tocoo()
    row, column, value = entries.coords[0], entries.coords[1], entries.data
    lower, upper = system.lower.copy(), system.upper.copy()
    for _ in range(MOST_ROUNDS):
        least = np.where(value > 0, value * lower[column], value * upper[column])
        most = np.where(value > 0, value * upper[column], value * lower[column])
        below = system.rows_high[row] - _others(row, least, len(system.rows_low))
        above = system.rows_low[row] - _others(row, most, len(system.rows_low))
        low = np.where(value > 0, above, below) / value
        high = np.where(value > 0, below, above) / value
        new_lower, new_upper = lower.copy(), upper.copy()
        np.maximum.at(new_lower, column, np.ceil(low - 1e-6))
        np.minimum.at(new_upper, column, np.floor(high + 1e-6))
        if np.array_equal(new_lower, lower) and np.array_equal(new_upper, upper):
            break
        lower, upper = new_lower, new_upper
    return System(system.matrix, system.rows_low, system.rows_high, lower, upper)


def _others(row: Vector, activity: Vector, rows: int) -> Vector:
    """For each entry the sum over the other entries of its row, infinities kept."""
    endless = ~np.isfinite(activity)
    finite = np.where(endless, 0.0, activity)
    sums = np.bincount(row, finite, rows)[row] - finite
    count = np.bincount(row, endless, rows)[row] - endless
    signs = np.bincount(row, np.where(endless, np.sign(activity), 0.0), rows)[row]
    others: Vector = np.where(count > 0, np.copysign(np.inf, signs), sums)
    return others
