"""The order of set-up, under a lock, and the exec that turns this process into the command."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from caseapp.setup import assets, environment, system_libraries
from caseapp.setup.console import SetupProblem, say

PROJECT = Path(__file__).resolve().parents[2]
STOPPED_BY_HAND = 130
# A file's tests stay together, sharing what is costly to make; the slow files come first.
WHOLE_SUITE = ["--numprocesses=logical", "--dist=loadfile", "--no-loadscope-reorder"]


def set_up_and_run(words: list[str]) -> int:
    """Make the project ready and become the command; returns an exit status only on a failure."""
    testing = words[0] == "test"
    module = ["pytest", *(words[1:] or WHOLE_SUITE)] if testing else ["caseapp.cli", *words]
    return _failure_of_set_up(testing=testing) or _become(module)


def _failure_of_set_up(*, testing: bool) -> int:
    # As Ctrl-C does, so that no pip or npm goes on behind our back after the lock is let go.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _one_at_a_time(PROJECT):
            _set_up(PROJECT, testing=testing)
    except KeyboardInterrupt:
        say("stopped; the same command goes on from here")
        return STOPPED_BY_HAND
    except SetupProblem as problem:
        say(f"stopped: {problem}")
        return 1
    except OSError as error:
        say(f"stopped: {error.strerror}: {error.filename}")
        return 1
    return 0


def _become(module_and_words: list[str]) -> NoReturn:
    python = str(environment.python_of(PROJECT / ".venv"))
    # Packages are installed uncompiled: where nothing may be compiled, every start would wait.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(python, [python, "-m", *module_and_words])


def _set_up(project: Path, *, testing: bool) -> None:
    environment.make_ready(project, "runtime")
    if testing:
        environment.make_ready(project, "dev")
        system_libraries.make_browser_ready()
    system_libraries.make_ready()
    assets.make_ready(project, environment.python_of(project / ".venv"))


@contextmanager
def _one_at_a_time(project: Path) -> Iterator[None]:
    # Two set-ups at once would each take the other's environment for one left half made.
    folder = os.open(project, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work here; waiting for it")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
