"""Warm workers: a hanging document is killed, a dead worker replaced, nothing is left behind."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psutil
import pytest

from caseapp.documents.printer import Printer
from caseapp.documents.problems import (
    DocumentProblem,
    DocumentRefused,
    PrinterClosed,
    RenderTookTooLong,
)
from caseapp.documents.rendering import render_pdf

PROJECT = Path(__file__).parents[3]
SMALL = '<html lang="en"><title>t</title><p>word</p>'
# WeasyPrint tries each nested flex box twice, so that 25 of them would take a year.
HANGS = "<title>t</title>" + "<div style='display: flex'>" * 25 + "x"


def workers_of(printer: Printer) -> list[psutil.Process]:
    return [psutil.Process(one._process.pid) for one in printer._alive]


def test_a_worker_prints_what_this_process_would_print(
    printer: Printer, plan: Callable[..., str]
) -> None:
    html = plan("Mine", "محمد")
    assert printer.print(html) == render_pdf(html)


def test_a_document_that_hangs_is_killed_and_the_next_one_prints() -> None:
    printer = Printer(workers=1, time_limit=1)
    try:
        with pytest.raises(RenderTookTooLong, match="took too long"):
            printer.print(HANGS)
        assert workers_of(printer) == []
        assert printer.print(SMALL).startswith(b"%PDF")
    finally:
        printer.close()


def test_a_refusal_crosses_from_the_worker_and_leaves_it_fit(printer: Printer) -> None:
    printer.print(SMALL)
    before = workers_of(printer)
    with pytest.raises(DocumentRefused):
        printer.print("<img src='file:///etc/hostname'>")
    assert printer.print(SMALL).startswith(b"%PDF")
    assert workers_of(printer) == before


def test_a_worker_killed_while_idle_is_replaced_unseen() -> None:
    printer = Printer(workers=1)
    try:
        printer.print(SMALL)
        for process in workers_of(printer):
            process.kill()
        assert printer.print(SMALL).startswith(b"%PDF")
    finally:
        printer.close()


def test_a_worker_is_replaced_after_its_number_of_documents() -> None:
    printer = Printer(workers=1, renders_each=2)
    try:
        seen = []
        for _ in range(4):
            printer.print(SMALL)
            seen.append({process.pid for process in workers_of(printer)})
        assert seen[1] == seen[3] == set()
        assert len(seen[0] | seen[2]) == 2
    finally:
        printer.close()


def test_threads_share_the_workers_and_each_gets_its_own_document(
    printer: Printer, plan: Callable[..., str]
) -> None:
    documents = [plan(f"mine {number}") for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        printed = list(threads.map(printer.print, documents))
    assert printed == [render_pdf(html) for html in documents]
    assert len(workers_of(printer)) <= 2


def test_a_worker_is_single_threaded_and_keeps_no_core_dump(printer: Printer) -> None:
    printer.print(SMALL)
    for process in workers_of(printer):
        assert process.num_threads() == 1
        assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0)


def test_closing_ends_the_workers_and_removes_their_folder() -> None:
    printer = Printer()
    printer.print(SMALL)
    processes, folder = workers_of(printer), Path(printer._fonts_folder)
    assert list(folder.iterdir())
    printer.close()
    assert not any(process.is_running() for process in processes)
    assert not folder.exists()
    with pytest.raises(PrinterClosed):
        printer.print(SMALL)


def test_closing_frees_a_thread_that_waits_for_a_document() -> None:
    printer = Printer(workers=1)
    caught: list[Exception] = []

    def wait() -> None:
        try:
            printer.print(HANGS)
        except DocumentProblem as problem:
            caught.append(problem)

    printer.print(SMALL)
    thread = Thread(target=wait)
    thread.start()
    while printer._free.qsize():
        os.sched_yield()
    printer.close()
    thread.join(timeout=60)
    assert [type(problem) for problem in caught] == [PrinterClosed]


def test_a_program_that_printed_ends_by_itself_and_leaves_nothing(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os, sys\n"
        "os.write(1, b'#')\n"  # once, where no worker runs this program again
        "from caseapp.documents.printer import printer\n"
        "if __name__ == '__main__':\n"
        f"    pdf = printer.print({SMALL!r})\n"
        "    assert 'weasyprint' not in sys.modules\n"
        "    assert sys.modules['__main__'].__file__ == __file__\n"
        "    print(len(pdf))\n"
    )
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)],
        env=environment,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith(b"#")
    assert int(done.stdout.removeprefix(b"#")) > 1000
    assert done.stderr == b""
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("caseapp")] == []


def test_a_program_that_is_killed_leaves_no_worker_and_no_folder(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os, signal\n"
        "from caseapp.documents.printer import printer\n"
        "if __name__ == '__main__':\n"
        f"    printer.print({SMALL!r})\n"
        "    print(*(one._process.pid for one in printer._alive), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(program)], env=environment, stdout=subprocess.PIPE, check=False
    )
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(done.stdout)).wait(timeout=60)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("caseapp")] == []


@pytest.mark.parametrize(
    "problem", [DocumentProblem(), DocumentRefused(), PrinterClosed(), RenderTookTooLong()]
)
def test_a_problem_is_one_plain_line_and_survives_the_way_between_processes(
    problem: DocumentProblem,
) -> None:
    copy = pickle.loads(pickle.dumps(problem))  # noqa: S301  our own bytes
    assert type(copy) is type(problem)
    assert str(copy) == problem.sentence
    assert "\n" not in problem.sentence
