"""Processes that make paper: forked from a server that holds WeasyPrint and nothing of ours, no
database and no keys."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from types import ModuleType

from caseapp.documents import worker

ONE_START = Lock()
FORK_SERVER = multiprocessing.get_context("forkserver")


def start(target: Callable[..., None], *words: str) -> tuple[BaseProcess, Connection]:
    """Start `target(pipe, *words)`; return its process and our end of the pipe."""
    FORK_SERVER.set_forkserver_preload([worker.PRELOAD])
    ours, theirs = FORK_SERVER.Pipe()
    process = FORK_SERVER.Process(target=target, args=(theirs, *words), daemon=True)
    with _without_main():
        process.start()
    theirs.close()
    return process, ours


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the command that runs us: multiprocessing would load it, and with it the whole app, into
    every worker again."""
    with ONE_START:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
