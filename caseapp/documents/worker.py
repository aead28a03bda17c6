"""The life of a worker process: one thread, one document at a time, nothing of it left on disk."""

from __future__ import annotations

import resource
import shutil
import signal
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection

from caseapp.documents.problems import DocumentProblem

PRELOAD = "caseapp.documents.rendering"
READY = "ready"


def serve(pipe: Connection, fonts_folder: str) -> None:
    """Say READY, then answer each HTML document from `pipe` with its PDF or a DocumentProblem."""
    _get_ready(fonts_folder)
    # Imported here, so that the web process, which only names this function, stays without
    # WeasyPrint: one second and 60 MB. The fork server has it already.
    from caseapp.documents.rendering import render_pdf, warm_up

    with suppress(DocumentProblem):  # the first document will say the same
        warm_up()
    pipe.send(READY)
    while True:
        try:
            html = pipe.recv()
        except EOFError:  # the printer's process died: nobody else will tidy up
            shutil.rmtree(fonts_folder, ignore_errors=True)
            return
        try:
            pipe.send(render_pdf(html))
        except DocumentProblem as problem:
            pipe.send(problem)


def shield() -> None:
    """Let nobody's Ctrl-C end this process, and no core dump hold what is printed in it."""
    # Ctrl-C reaches the whole group; the printer decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _get_ready(fonts_folder: str) -> None:
    shield()
    # Unpacked fonts are all that a worker writes; a killed one could not remove them itself.
    tempfile.tempdir = fonts_folder
