"""Judges the attacker's report by the truth: what it worked out too well, what it left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseapp.disclosure.rules import CANDIDATES, SMALL, AttackFailed
from caseapp.disclosure.tables import Cell

Truth = Mapping[Cell, int]


@dataclass(frozen=True)
class Flag:
    """A figure that can be worked out too well, and the published cells that give it away."""

    edition: str
    cell: Cell
    because: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Tally:
    """Of the true counts from 1 to 4: how many there are, are exact, and are narrow (exact ones
    too). `tested` also counts the figures that merely could be small."""

    tested: int
    small: int
    exact: int
    narrow: int


@dataclass(frozen=True)
class Judgement:
    """What the attack found, measured against the truth."""

    counts: Tally
    flows: Tally
    groups_proved: int
    flags: tuple[Flag, ...]
    report: Mapping[str, Any]

    @property
    def safe(self) -> bool:
        return not self.flags


def judge(
    report: Mapping[str, Any],
    truths: Mapping[str, Truth],
    candidates: int = CANDIDATES,
    proved: bool = False,
) -> Judgement:
    """Which true counts and flows from 1 to 4 have fewer than four candidates left.

    `proved`: only what is certain counts as narrow, and no doubt: to be fair to other rules.

    Raises `AttackFailed` where the attacker is plainly wrong: it did not assume growth, and
    still a truth lies outside its interval.
    """
    counts = [(entry, _true_count(entry, truths)) for entry in report["cells"]]
    flows = [(entry, _true_flow(entry, truths)) for entry in report["flows"]]
    if not report["growth_rows"] and not all(_holds(*each) for each in counts + flows):
        raise AttackFailed("The attacker's intervals do not hold the truth: it is broken.")
    rule = _Rule(candidates, proved)
    flags = [_flag(entry) for entry, true in counts + flows if rule.is_narrow(entry, true)]
    flags += [_flag(entry) for entry in report["groups"]]
    flags += [] if proved else [_flag(entry) for entry in report["doubtful_groups"]]
    tallies = rule.tally(counts), rule.tally(flows)
    return Judgement(*tallies, len(report["groups"]), tuple(flags), report)


@dataclass(frozen=True)
class _Rule:
    """What counts as given away."""

    candidates: int
    proved: bool

    def tally(self, found: Sequence[tuple[Mapping[str, Any], int]]) -> Tally:
        small = [(entry, true) for entry, true in found if true in SMALL]
        narrow = [entry for entry, true in small if self.is_narrow(entry, true)]
        exact = [entry for entry in narrow if self.span(entry) == 0]
        tested = sum("shown" in entry or self.span(entry) == 0 for entry, _ in found)
        return Tally(tested, len(small), len(exact), len(narrow))

    def is_narrow(self, entry: Mapping[str, Any], true: int) -> bool:
        small = true - entry.get("known", 0) in SMALL
        return small and _holds(entry, true) and self.span(entry) < self.candidates - 1

    def span(self, entry: Mapping[str, Any]) -> float:
        """How far apart the candidates are. Only what worlds show counts as width: where the
        attacker was not finished, the doubt goes against the release."""
        low, high = (None, None) if self.proved else entry.get("shown", (None, None))
        if low is None or high is None:
            low, high = entry["lower"], entry["upper"]
        return float("inf") if low is None or high is None else float(high - low)


def _holds(entry: Mapping[str, Any], true: int) -> bool:
    low, high = entry["lower"], entry["upper"]
    return (low is None or low <= true) and (high is None or true <= high)


def _true_count(entry: Mapping[str, Any], truths: Mapping[str, Truth]) -> int:
    return truths[entry["edition"]][_cell(entry)]


def _true_flow(entry: Mapping[str, Any], truths: Mapping[str, Truth]) -> int:
    return _true_count(entry, truths) - truths[entry["since"]][_cell(entry)]


def _cell(entry: Mapping[str, Any]) -> Cell:
    return Cell(entry["measure"], tuple(sorted(entry["cell"].items())))


def _flag(entry: Mapping[str, Any]) -> Flag:
    return Flag(entry["edition"], _cell(entry), tuple(_causes(entry)))


def _causes(entry: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
    for cause in entry.get("because", ()):
        yield cause["edition"], _cell(cause)
