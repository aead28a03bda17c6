"""Which way an indicator went, said only where rounding leaves no doubt about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from caseapp.disclosure.treatment import Ratio

Direction = Literal["better", "worse", "same", "not yet known"]

BETTER: Direction = "better"
WORSE: Direction = "worse"
SAME: Direction = "same"
NOT_YET_KNOWN: Direction = "not yet known"
DIRECTIONS: Sequence[Direction] = (BETTER, WORSE, SAME, NOT_YET_KNOWN)

NO_CHANGE_KNOWN = Ratio(None, None, None, "x")
STRATEGY = "strategy"


@dataclass(frozen=True)
class Travel:
    """How a value stands to an earlier one.

    `change` is in the unit of the row, points where that is a percentage, with the range that
    rounding leaves; its marker is `x` where there is nothing to compare. `compared_with` is
    "strategy", the month of an edition such as 2025-10, or empty.
    """

    direction: Direction = NOT_YET_KNOWN
    change: Ratio = NO_CHANGE_KNOWN
    compared_with: str = ""
