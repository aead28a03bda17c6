"""Which way an indicator went, said only where rounding leaves no doubt about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseapp.disclosure.treatment import Ratio
from caseapp.indicators.definitions import Shown, Wanted
from caseapp.indicators.workings import NOT_COLLECTED, difference, exactly

BETTER, WORSE, SAME, NOT_YET_KNOWN = "better", "worse", "same", "not yet known"
DIRECTIONS: Sequence[str] = (BETTER, WORSE, SAME, NOT_YET_KNOWN)

STRATEGY = "strategy"
POINTS = 10  # the widest range of a percentage in which "same" still says something
PART = 0.2  # the same for other values, of the earlier value


@dataclass(frozen=True)
class Travel:
    """How a value stands to an earlier one.

    `change` is in the unit of the row, points where that is a percentage, with the range that
    rounding leaves; its marker is `x` where there is nothing to compare. `compared_with` is
    "strategy", the month of an edition such as 2025-10, or empty.
    """

    direction: str = NOT_YET_KNOWN
    change: Ratio = NOT_COLLECTED
    compared_with: str = ""


NO_TRAVEL = Travel()


def against_baseline(row: Shown, ratio: Ratio, wanted: Wanted, unfinished: bool) -> Travel:
    """Against the strategy's number, where there is one that counts the same thing.

    `unfinished`: a count that goes on growing until March. It is above a year's number as soon as
    it is; that it is below says nothing yet.
    """
    if row.against is None or not row.judged:
        return NO_TRAVEL
    change = difference(ratio, exactly(row.against))
    if change.low is None or change.high is None or (unfinished and change.low <= 0):
        return Travel(compared_with=STRATEGY)
    if row.known_as == "above" and change.high >= 0:
        return Travel(compared_with=STRATEGY)
    return Travel(judge(change, wanted, _room(row, row.against)), change, STRATEGY)


def since(row: Shown, now: Ratio, then: Ratio, wanted: Wanted, month: str) -> Travel:
    """Against the edition of another month. Wanted neither way: the change alone."""
    change = difference(now, then)
    if change.value is None:
        return NO_TRAVEL
    return Travel(judge(change, wanted, _room(row, then.value or 0)), change, month)


def judge(change: Ratio, wanted: Wanted, room: float) -> str:
    """Better or worse where the whole range of the change lies on one side; same where it does not
    and is no wider than `room`; else not yet known."""
    if change.low is None or change.high is None or wanted not in ("up", "down"):
        return NOT_YET_KNOWN
    if change.low > 0:
        return BETTER if wanted == "up" else WORSE
    if change.high < 0:
        return WORSE if wanted == "up" else BETTER
    return SAME if change.high - change.low <= room else NOT_YET_KNOWN


def _room(row: Shown, earlier: float) -> float:
    return POINTS if row.unit in ("%", "points") else PART * abs(earlier)
