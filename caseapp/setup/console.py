"""What set-up says and runs: one line a step, and one plain line where a step fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

TAIL_LINES = 12


class SetupProblem(Exception):
    """A step of set-up failed; the message is one plain line for the person at the terminal."""


def say(line: str) -> None:
    """Print one line on standard error, so that a command's own output stays clean."""
    print(f"caseapp set-up: {line}", file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and afterwards how many seconds it took."""
    say(f"{what} …")
    started = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - started:.0f} s")


def run_quietly(
    command: Sequence[str | Path],
    *,
    failing: str,
    cwd: Path | None = None,
    extra_environment: Mapping[str, str] | None = None,
) -> str:
    """Run a command without showing what it prints, and return that.

    Raises SetupProblem with the line `failing`, after showing the end of the command's output.
    """
    environment = {**os.environ, **(extra_environment or {})}
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetupProblem(f"{failing} ({error})") from error
    if done.returncode:
        _show_the_end(done.stdout)
        raise SetupProblem(failing)
    return done.stdout


def _show_the_end(output: str) -> None:
    for line in output.strip().splitlines()[-TAIL_LINES:]:
        print(f"    {line}", file=sys.stderr)
