"""A workbook is read by a process of its own, which may fail and take nothing else with it."""

import json
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copyfileobj
from threading import Timer
from typing import IO, BinaryIO, cast

from caseapp.imports import workbook_reader
from caseapp.imports.rules import Row, SheetProblem

READER = [sys.executable, "-I", str(Path(workbook_reader.__file__))]
SECONDS = 120.0  # from its start to its last row, however busy the machine is
LONGEST_LINE = 4 * 1024 * 1024
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOKS = (ZIP, OLD_EXCEL)
LOCKED = "The workbook is locked with a password: save it without one"
CANNOT = "The workbook cannot be read: it is damaged or too large. Save it again as XLSX or CSV"


def workbook_lines(file: BinaryIO) -> Generator[Row, None, None]:
    """The rows of the first sheet, blank ones too, while they are asked for: none is held here.

    Raises SheetProblem, for some kinds of damage only at the end.
    """
    with _reader() as reader:
        _hand_over(file, cast(IO[bytes], reader.stdin))
        answers = cast(IO[bytes], reader.stdout)
        for number, line in enumerate(iter(lambda: answers.readline(LONGEST_LINE), b""), 1):
            yield number, _cells(line)
    if reader.returncode:
        raise SheetProblem(LOCKED if reader.returncode == workbook_reader.LOCKED else CANNOT)


@contextmanager
def _reader() -> Iterator[subprocess.Popen[bytes]]:
    """Stopped where it takes too long, and where nobody reads on. It inherits no open file of
    ours and no setting, so no key and no passphrase."""
    reader = subprocess.Popen(
        READER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what it says of a failure may hold what stands in a cell
        cwd="/",
        env={},
    )
    limit = Timer(SECONDS, reader.kill)
    limit.start()
    try:
        with reader:
            try:
                yield reader
            except BaseException:
                reader.kill()
                raise
    finally:
        limit.cancel()


def _hand_over(file: BinaryIO, questions: IO[bytes]) -> None:
    """It reads all of the file before its first answer, so neither waits for the other."""
    with suppress(BrokenPipeError):  # it has ended, and its exit status says why
        try:
            copyfileobj(file, questions)
        finally:
            questions.close()


def _cells(line: bytes) -> tuple[str, ...]:
    try:
        return tuple(json.loads(line))
    except ValueError:  # cut off where it ended, or longer than any row that we take
        raise SheetProblem(CANNOT) from None
