"""Where each piece of the drawing of risk over time stands: pure, in percent and pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseapp.risk.rules import RANKS, Judged

ROWS = tuple((level, 130 - 48 * rank) for level, rank in RANKS.items())  # (level, pixels from top)
Y = dict(ROWS)
CROWDED = 12.0  # percent: nearer to each other than this, two scores would lie on one another


@dataclass(frozen=True)
class Mark:
    """One judgement: where it stands, of which kind it is, and the score beside it."""

    x: float
    y: int
    how: str
    score: str


@dataclass(frozen=True)
class Line:
    """A level that held from one judgement to the next, and the step to it from the one before."""

    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True)
class Drawing:
    """The course of risk, from the first judgement at 0% to today at 100%."""

    rows: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    since: date
    until: date


def is_worth_drawing(course: Sequence[Judged]) -> bool:
    """One judgement alone is no course, unless it has a score to show."""
    return len(course) > 1 or any(judged.score is not None for judged in course)


def draw(course: Sequence[Judged], today: date) -> Drawing:
    """`course`: at least one judgement, the oldest first."""
    since, until = course[0].on, max(today, course[-1].on)
    days = max(1, (until - since).days)
    places = [(round(100 * (judged.on - since).days / days, 2), _y(judged)) for judged in course]
    return Drawing(ROWS, tuple(_lines(places)), tuple(_marks(course, places)), since, until)


def _lines(places: Sequence[tuple[float, int]]) -> list[Line]:
    lines = []
    ends = [*places[1:], (100.0, places[-1][1])]
    for (x, y), (next_x, next_y) in zip(places, ends, strict=True):
        lines += [Line(x, y, next_x, y), Line(next_x, y, next_x, next_y)]
    return [line for line in lines if (line.x1, line.y1) != (line.x2, line.y2)]


def _marks(course: Sequence[Judged], places: Sequence[tuple[float, int]]) -> list[Mark]:
    """The newest score is always beside its mark; an older one where there is room."""
    marks: list[Mark] = []
    taken = 100.0 + CROWDED
    for judged, (x, y) in zip(reversed(course), reversed(places), strict=True):
        shown = judged.score is not None and taken - x >= CROWDED
        taken = x if shown else taken
        marks.append(Mark(x, y, judged.how, str(judged.score) if shown else ""))
    return marks[::-1]


def _y(judged: Judged) -> int:
    return Y.get(judged.level, Y["standard"])
