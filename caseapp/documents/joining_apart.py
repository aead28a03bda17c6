"""Joins PDFs in a process of its own: the whole of many is big, and its memory goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

from caseapp.documents import processes
from caseapp.documents.problems import DocumentProblem, RenderTookTooLong
from caseapp.documents.worker import shield

TIME_LIMIT = 300.0  # seconds without a sign of life, once the last PDF was handed over
PART = 1 << 20  # bytes
END = b""


def join_and_lock(
    pdfs: Iterable[bytes], password: str, *, time_limit: float = TIME_LIMIT
) -> Iterator[bytes]:
    """Yield `pdfs`, tagged PDFs of ours, as one that opens with `password` alone, part by part.

    Each is handed over as it comes. Raises what `pdfs` raises, RenderTookTooLong, else
    DocumentProblem; none quotes a word.
    """
    process, pipe = processes.start(serve, password)
    try:
        for pdf in pdfs:
            pipe.send_bytes(pdf)
        pipe.send_bytes(END)
        yield from _received(pipe, time_limit)
    except (EOFError, ConnectionError):
        raise DocumentProblem from None
    finally:
        process.kill()
        process.join()
        pipe.close()


def serve(pipe: Connection, password: str) -> None:
    """The life of that process: PDFs from `pipe`, up to its end, then the whole to it."""
    shield()
    # Imported here, so that the web process stays without them where nobody joins anything.
    from caseapp.documents.joining import join
    from caseapp.documents.locking import lock

    with suppress(Exception):  # whatever it is, its message may quote a plan
        whole = lock(join(_received(pipe, None)), password)
        for start in range(0, len(whole), PART):
            pipe.send_bytes(whole[start : start + PART])
        pipe.send_bytes(END)


def _received(pipe: Connection, time_limit: float | None) -> Iterator[bytes]:
    while pipe.poll(time_limit):
        part = pipe.recv_bytes()
        if part == END:
            return
        yield part
    raise RenderTookTooLong
