"""One writer at a time: a gate for the threads of a process, a file lock between processes.

SQLite's own waiting polls, and under eight writers starves some of them for seconds; these queue.
The kernel frees the file lock when its holder dies; who waits too long for a living one is told so.
"""

import fcntl
import os
import threading
from pathlib import Path

from caseapp.vault.errors import StoreProblem

WAIT_SECONDS = 60
_BUSY = "The database is busy: nothing was stored, so try again"

_gates: dict[Path, threading.Lock] = {}
_holders: dict[Path, int] = {}  # the thread that is inside each gate


class WriteLock:
    """The write lock as one connection sees it; each connection opens the file for itself."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._descriptor = _open(path)
        self._gate = _gates.setdefault(self._path, threading.Lock())
        self._is_held = False

    def acquire(self) -> None:
        """Wait for our turn. Raises StoreProblem where it does not come, or cannot come because
        this thread would wait for itself."""
        if _holders.get(self._path) == threading.get_ident():
            raise StoreProblem("A second write was begun inside a write: nothing was stored")
        if not self._gate.acquire(timeout=WAIT_SECONDS):
            raise StoreProblem(_BUSY)
        try:
            self._lock_file()
        except BaseException:
            self._gate.release()
            raise
        _holders[self._path] = threading.get_ident()
        self._is_held = True

    def release(self) -> None:
        """Let the next one in; harmless where the lock is not held."""
        if self._is_held:
            self._is_held = False
            del _holders[self._path]
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            self._gate.release()

    def close(self) -> None:
        self.release()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _lock_file(self) -> None:
        if not self._is_free_now() and not _Turn(self._descriptor).comes_within(WAIT_SECONDS):
            # The turn that we gave up may still come: to the old opening, and never to us.
            os.close(self._descriptor)
            self._descriptor = _open(self._path)
            raise StoreProblem(_BUSY)

    def _is_free_now(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class _Turn:
    """A place in the kernel's queue, held by a thread of its own: flock knows no time limit."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = os.dup(descriptor)
        self._lock, self._has_come, self._is_given_up = threading.Lock(), threading.Event(), False
        threading.Thread(target=self._wait, daemon=True).start()

    def comes_within(self, seconds: float) -> bool:
        if self._has_come.wait(seconds):
            return True
        with self._lock:
            self._is_given_up = not self._has_come.is_set()
        return not self._is_given_up

    def _wait(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._lock:
            self._has_come.set()
            if self._is_given_up:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
