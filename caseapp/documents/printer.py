"""Prints from any thread: hands each document to a warm worker process and kills one that hangs."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from queue import LifoQueue
from threading import Lock

from caseapp.documents import processes, worker
from caseapp.documents.problems import DocumentProblem, PrinterClosed, RenderTookTooLong

START_LIMIT = 60.0


class Printer:
    """Up to `workers` processes, started when needed; safe to share between threads.

    They are forked from a server process that holds WeasyPrint and nothing of ours: no database,
    no keys. Each is replaced after `renders_each` documents, so that whatever a library leaks goes
    with it. `time_limit` is in seconds, for one document.
    """

    def __init__(
        self, *, workers: int = 2, renders_each: int = 200, time_limit: float = 60.0
    ) -> None:
        self._renders_each, self._time_limit = renders_each, time_limit
        # Last in, first out: the warmest worker prints, and a second one starts only under load.
        self._free: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(workers):
            self._free.put(None)
        self._lock = Lock()
        self._alive: set[_Worker] = set()
        self._fonts_folder = ""
        self._closed = False

    def print(self, html: str) -> bytes:
        """Return `html`, a whole document, as a tagged PDF.

        Raises RenderTookTooLong, PrinterClosed, DocumentRefused, else DocumentProblem; each
        message is one plain line and quotes nothing.
        """
        answer = self._answer(html)
        if answer is None:  # a worker died, while idle perhaps: a fresh one deserves one try
            answer = self._answer(html)
        if isinstance(answer, bytes):
            return answer
        raise answer or DocumentProblem()

    def close(self) -> None:
        """Stop the workers at once and for good; who waits for a document gets PrinterClosed."""
        with self._lock:
            self._closed = True
            alive = tuple(self._alive)
            self._alive.clear()
        for one in alive:
            one.kill()
        shutil.rmtree(self._fonts_folder, ignore_errors=True)

    def _answer(self, html: str) -> bytes | DocumentProblem | None:
        one = self._free.get()
        try:
            one = one or self._start()
            answer = one.print(html, self._time_limit)
            if answer is None and self._closed:
                return PrinterClosed()
            return answer
        finally:
            self._free.put(self._kept(one))

    def _start(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise PrinterClosed
            self._fonts_folder = self._fonts_folder or tempfile.mkdtemp(prefix="caseapp-fonts-")
            one = _Worker(self._fonts_folder)
            self._alive.add(one)
            return one

    def _kept(self, one: _Worker | None) -> _Worker | None:
        """Return `one` if it is fit for another document, else end it."""
        if one is None or (one.is_fit and one.prints < self._renders_each):
            return one
        one.kill()
        with self._lock:
            self._alive.discard(one)
        return None


class _Worker:
    """One warm process and our end of the pipe to it."""

    def __init__(self, fonts_folder: str) -> None:
        self.prints = 0
        self.is_fit = True
        self._process, self._pipe = processes.start(worker.serve, fonts_folder)

    def print(self, html: str, time_limit: float) -> bytes | DocumentProblem | None:
        """Return the PDF or what went wrong, None if the process is dead."""
        self.prints += 1
        self.is_fit = False
        try:
            if not self._is_ready():
                return None
            self._pipe.send(html)
            if not self._pipe.poll(time_limit):
                return RenderTookTooLong()
            answer: bytes | DocumentProblem = self._pipe.recv()
        except (EOFError, OSError):
            return None
        self.is_fit = True
        return answer

    def _is_ready(self) -> bool:
        # Waited for apart, so that a slow start does not count as a slow document.
        if self.prints == 1:
            return self._pipe.poll(START_LIMIT) and self._pipe.recv() == worker.READY
        return True

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


printer = Printer()
atexit.register(printer.close)
