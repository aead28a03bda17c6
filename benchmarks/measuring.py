"""Measuring two ways of doing one job, turn by turn, so that a busy machine slows both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """One line: how many times as long ours takes, and what we hold ourselves to.

    `target`: the largest ratio; `bound`: the largest value of `ours`, in `unit`.
    """

    name: str
    ratio: float
    target: float | None
    ours: float
    against: float
    unit: str = "ms CPU"
    bound: float | None = None

    @property
    def is_met(self) -> bool:
        within_ratio = self.target is None or self.ratio <= self.target
        return within_ratio and (self.bound is None or self.ours <= self.bound)

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def in_words(self) -> str:
        aims = [
            f"at most {self.target:g} times" if self.target is not None else "",
            f"at most {self.bound:g} {self.unit}" if self.bound is not None else "",
        ]
        aim = " and ".join(part for part in aims if part) or "no target"
        verdict = "met" if self.is_met else "MISSED"
        return (
            f"{self.name:<30} {self.ratio:6.2f} × ({self.ours:.2f} against {self.against:.2f}"
            f" {self.unit}); {aim}: {verdict}"
        )


def compare(
    name: str,
    ours: Callable[[], object],
    against: Callable[[], object],
    *,
    target: float | None = None,
    bound: float | None = None,
    rounds: int = 15,
    calls: int = 20,
    clock: Callable[[], float] = time.process_time,
) -> Result:
    """Run both in turn, `calls` at a time, and compare the medians of the rounds."""
    _round(ours, calls, clock), _round(against, calls, clock)  # warm both up
    pairs = [(_round(ours, calls, clock), _round(against, calls, clock)) for _ in range(rounds)]
    mine = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    unit = "ms CPU" if clock is time.process_time else "ms"
    return Result(name, ratio, target, mine, theirs, unit, bound)


def _round(job: Callable[[], object], calls: int, clock: Callable[[], float]) -> float:
    start = clock()
    for _ in range(calls):
        job()
    return (clock() - start) * 1000 / calls
