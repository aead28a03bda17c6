"""Puts a release on trial: runs the attacker in a process of its own, and judges its report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any

import caseapp
from caseapp.disclosure.edition import Document
from caseapp.disclosure.rules import CANDIDATES, SMALL, AttackFailed, Progress, silent
from caseapp.disclosure.tables import Cell

UNREADABLE = 2  # the attacker's exit status where it cannot use what it was given
_ATTACKER = (sys.executable, "-m", "caseapp.disclosure.attacker")

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


def attack(
    folders: Sequence[Path], knows: Path | None = None, progress: Progress = silent
) -> dict[str, Any]:
    """The attacker's report on release folders, with the cases that it knows already as a CSV.

    Raises `AttackFailed` where a folder or the file cannot be read.
    """
    known = ["--knows", str(knows.absolute())] if knows else []
    return _ask([*(str(folder.absolute()) for folder in folders), *known], "", 3600.0, progress)


def run_attacker(
    documents: Iterable[Document],
    seconds: float = 1800.0,
    progress: Progress = silent,
    *,
    kept: bytes = b"",
    known: Sequence[Mapping[str, Any]] = (),
    candidates: int = CANDIDATES,
    patience: float | None = None,
) -> dict[str, Any]:
    """The attacker's report on some editions, given as texts so that none lies on a disk.

    `kept`: worlds of its last attack, which it checks itself. `known`: cases that it knows. After
    `patience` seconds it stops looking and reports. Raises `AttackFailed` when it ends with an
    error or takes longer than `seconds`.
    """
    asked = {
        "editions": list(documents),
        "known": list(known),
        "kept": b64encode(kept).decode("ascii"),
        "candidates": candidates,
        "seconds": patience,
    }
    return _ask(["-"], json.dumps(asked), seconds, progress)


def kept_worlds(report: Mapping[str, Any]) -> bytes:
    """The worlds that the attacker found, to be kept inside for its next attack."""
    return b64decode(report["kept"])


def _ask(words: Sequence[str], given: str, seconds: float, progress: Progress) -> dict[str, Any]:
    attacker = subprocess.Popen(
        [*_ATTACKER, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(caseapp.__file__).parents[1],
        env=_without_secrets(),
        text=True,
    )
    limit = Timer(seconds, attacker.kill)
    limit.start()
    try:
        with attacker:
            answer, said = _converse(attacker, given, progress)
    except BaseException:
        attacker.kill()
        raise
    finally:
        limit.cancel()
    if attacker.returncode == UNREADABLE:
        raise AttackFailed(said[-1])
    if attacker.returncode:
        raise AttackFailed(f"The attack did not finish: {said[-1] if said else 'it was stopped'}")
    report: dict[str, Any] = json.loads(answer)
    return report


def _converse(
    attacker: subprocess.Popen[str], given: str, progress: Progress
) -> tuple[str, list[str]]:
    """What it answers and what it says meanwhile; neither pipe can fill and stop it."""
    questions, answers, murmurs = _pipes(attacker)
    with ThreadPoolExecutor(1) as reader:
        questions.write(given)
        questions.close()
        answer = reader.submit(answers.read)
        said = list(_heard(murmurs, progress))
        return answer.result(), said


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise AttackFailed("The attack could not be started.")
    return process.stdin, process.stdout, process.stderr


def _without_secrets() -> dict[str, str]:
    """The attacker is an outsider: no setting of ours, so no passphrase, reaches it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CASEAPP_")}


def _heard(stream: IO[str], progress: Progress) -> Iterator[str]:
    for line in stream:
        progress(line.strip())
        yield line.strip()


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
