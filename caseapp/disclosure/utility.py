"""How good the released figures are: what an edition's rounding costs, in aggregates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import Lattice, Line
from caseapp.disclosure.treatment import LEAST_DENOMINATOR

BANDS = (LEAST_DENOMINATOR, 100, 200, 500)  # the released denominators from which each band runs
LEAST_IN_BAND = 10  # percentages; a band with fewer says nothing


def utility(edition: Edition, lattice: Lattice) -> dict[str, Any]:
    """Mean and greatest error of the counts that are not zero, and of percentages by the size of
    what they are of."""
    shown = {cell: n for cell, n in lattice.truth.items() if cell not in edition.hidden}
    errors = [abs(edition.values[cell] - n) for cell, n in shown.items() if n]
    return {
        "mean_error_of_non_zero_cells": round(sum(errors) / len(errors), 2) if errors else 0.0,
        "maximum_error": max(errors, default=0),
        "all_sums_hold": all(
            line.holds(edition.values) for line in lattice.lines if _is_shown(line, edition)
        ),
        "cells_published": "all" if not edition.hidden else f"{len(shown)} of {len(lattice.truth)}",
        "percentages": dict(_percentages(edition, lattice)),
    }


def _is_shown(line: Line, edition: Edition) -> bool:
    return edition.hidden.keys().isdisjoint((line.parent, *line.children))


def _percentages(edition: Edition, lattice: Lattice) -> Iterator[tuple[str, str]]:
    """The error of each child's share of its parent, in percentage points."""
    found: dict[int, list[float]] = {least: [] for least in BANDS}
    for line in lattice.lines:
        whole, true = edition.values.get(line.parent, 0), lattice.truth[line.parent]
        if whole < LEAST_DENOMINATOR:
            continue
        band = max(least for least in BANDS if least <= whole)
        for child in line.children:
            if child in edition.values:
                share = edition.values[child] / whole - lattice.truth[child] / true
                found[band].append(100 * abs(share))
    for least, errors in found.items():
        if len(errors) >= LEAST_IN_BAND:
            mean, most = sum(errors) / len(errors), max(errors)
            yield f"of {least} or more", f"{mean:.1f} points on average, {most:.1f} at most"
