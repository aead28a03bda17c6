"""Puts a release on trial: runs the attacker in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from typing import IO, Any

import caseapp
from caseapp.disclosure.edition import Document
from caseapp.disclosure.rules import CANDIDATES, AttackFailed, Progress, silent

UNREADABLE = 2  # the attacker's exit status where it cannot use what it was given
OUTSIDER = 900.0  # seconds that somebody has who does not know the truth, to look at all figures
_ATTACKER = (sys.executable, "-m", "caseapp.disclosure.attacker")


def attack(
    folders: Sequence[Path], knows: Path | None = None, progress: Progress = silent
) -> dict[str, Any]:
    """The attacker's report on release folders, with the cases that it knows already as a CSV. What
    it has not decided in the time that it has is counted in its report.

    Raises `AttackFailed` where a folder or the file cannot be read.
    """
    known = ["--knows", str(knows.absolute())] if knows else []
    words = [*(str(folder.absolute()) for folder in folders), *known, "--seconds", str(OUTSIDER)]
    return _ask(words, "", 4.0 * OUTSIDER, progress)


def run_attacker(
    documents: Iterable[Document],
    seconds: float = 1800.0,
    progress: Progress = silent,
    *,
    kept: bytes = b"",
    told: bytes = b"",
    known: Sequence[Mapping[str, Any]] = (),
    candidates: int = CANDIDATES,
    patience: float | None = None,
) -> dict[str, Any]:
    """The attacker's report on some editions, given as texts so that none lies on a disk.

    `kept`: worlds of its last attack, which it checks itself. `told`: the true counts, so that it
    does not look in vain (`hints`). `known`: cases that it knows. After `patience` seconds it stops
    looking and reports. Raises `AttackFailed` when it ends with an error or takes longer than
    `seconds`.
    """
    asked = {
        "editions": list(documents),
        "known": list(known),
        "kept": b64encode(kept).decode("ascii"),
        "told": b64encode(told).decode("ascii"),
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
    late = Event()
    limit = Timer(seconds, _stop, (attacker, late))
    limit.start()
    try:
        with attacker:
            answer, said = _converse(attacker, given, progress)
    finally:
        limit.cancel()
    if attacker.returncode:
        raise AttackFailed(_why(attacker.returncode, said, late.is_set()))
    report: dict[str, Any] = json.loads(answer)
    return report


def _stop(attacker: subprocess.Popen[str], late: Event) -> None:
    late.set()
    attacker.kill()


def _why(status: int, said: Sequence[str], is_late: bool) -> str:
    """Why there is no report, in a plain line."""
    if status == UNREADABLE and said:
        return said[-1]
    if is_late:
        return "The attack took too long and was stopped, so nothing is known about safety."
    if status < 0:
        return (
            "The attack was stopped from outside before it was done, as when memory runs out, so "
            "nothing is known about safety. Start again."
        )
    return f"The attack did not finish: {said[-1] if said else 'it said nothing'}"


def _converse(
    attacker: subprocess.Popen[str], given: str, progress: Progress
) -> tuple[str, list[str]]:
    """What it answers and what it says meanwhile; neither pipe can fill and stop it. Whoever ends
    this early, by an exception from `progress`, ends the attacker at once."""
    questions, answers, murmurs = _pipes(attacker)
    with ThreadPoolExecutor(1) as reader:
        answer = reader.submit(answers.read)
        try:
            _put(questions, given)
            said = list(_heard(murmurs, progress))
        except BaseException:
            attacker.kill()  # the reader waits for its end
            raise
        return answer.result(), said


def _put(stream: IO[str], text: str) -> None:
    """All of it; an attacker that has ended already says by its status why."""
    with suppress(BrokenPipeError), stream:
        stream.write(text)


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
