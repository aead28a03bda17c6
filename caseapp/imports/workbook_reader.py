"""Reads a workbook from its input and writes its rows to its output, a line of JSON each.

A program of its own, started by `workbooks` in isolation: a few bytes can make a reader of
workbooks take any amount of memory, or end, and here that ends nothing else. It is given no key
and no setting, and imports nothing of ours. Its exit status says why it stopped.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from python_calamine import PasswordError, load_workbook

MEMORY = 1024 * 1024 * 1024  # macOS takes no notice of it: there the seconds alone are a limit
SECONDS = 60
LIMITS = (
    (resource.RLIMIT_CORE, 0),  # a core dump would hold the rows in plain text
    (resource.RLIMIT_CPU, SECONDS),
    (resource.RLIMIT_AS, MEMORY),
)
LOCKED = 3


def main() -> int:
    """Returns an exit status; a workbook that cannot be read ends it with an error."""
    for which, most in LIMITS:
        with suppress(ValueError, OSError):  # a system that has no such limit
            resource.setrlimit(which, (most, most))
    try:
        for cells in _rows(sys.stdin.buffer.read()):
            sys.stdout.buffer.write(json.dumps(cells, ensure_ascii=False).encode() + b"\n")
    except PasswordError:
        return LOCKED
    return 0


def _rows(content: bytes) -> Iterator[list[str]]:
    """Of the first sheet."""
    for row in load_workbook(io.BytesIO(content)).get_sheet_by_index(0).iter_rows():
        yield [_in_words(value) for value in row]


def _in_words(value: object) -> str:
    """A cell as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
