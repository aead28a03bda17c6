"""One writer at a time, in the order of asking: a lock on a file beside the database.

SQLite's own waiting polls, and under eight writers starves some of them for seconds; flock queues.
The kernel frees the lock when its holder dies.
"""

import fcntl
import os
import threading
from pathlib import Path

from caseapp.vault.errors import StoreProblem

_held_by_thread: dict[tuple[int, str], "WriteLock"] = {}


class WriteLock:
    """The write lock as one connection sees it; each connection opens the file for itself."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._holder: tuple[int, str] | None = None

    def acquire(self) -> None:
        """Wait for our turn. Raises StoreProblem where this thread would wait for itself."""
        me = (threading.get_ident(), self._path)
        if me in _held_by_thread:
            raise StoreProblem("A second write was begun inside a write: nothing was stored")
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        self._holder = me
        _held_by_thread[me] = self

    def release(self) -> None:
        """Let the next one in; harmless where the lock is not held."""
        if self._holder is not None:
            _held_by_thread.pop(self._holder, None)
            self._holder = None
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        self.release()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
