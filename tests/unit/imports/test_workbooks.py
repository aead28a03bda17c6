"""A workbook is read by a process of its own, which is given nothing and takes nothing down."""

import io
import os
import sys
from pathlib import Path

import pytest

from caseapp.imports import workbooks
from caseapp.imports.rules import Cells, SheetProblem
from caseapp.imports.workbooks import workbook_lines
from tests.unit.imports.workbooks import workbook

# Says what it was given, then waits for ever: as a reader would that a workbook took over.
SPY = """
import json, os, sys
print(json.dumps([*sorted(os.environ), os.getcwd(), *os.listdir("/dev/fd")]), flush=True)
print(json.dumps([str(os.getpid())]), flush=True)
while True:
    pass
"""


@pytest.fixture
def spy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of our reader."""
    program = tmp_path / "spy.py"
    program.write_text(SPY)
    monkeypatch.setattr(workbooks, "READER", [sys.executable, "-I", str(program)])


def read(content: bytes) -> list[Cells]:
    return [cells for _, cells in workbook_lines(io.BytesIO(content))]


def test_rows_come_one_by_one_with_their_numbers_blank_ones_too() -> None:
    lines = workbook_lines(io.BytesIO(workbook([["a", "b"], ["", ""], ["c", 1.0]])))
    assert list(lines) == [(1, ("a", "b")), (2, ("", "")), (3, ("c", "1"))]


@pytest.mark.usefixtures("spy")
def test_the_reader_is_given_no_setting_and_no_open_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CASEAPP_PASSPHRASE", "quern")
    with (tmp_path / "key").open("wb"):
        lines = workbook_lines(io.BytesIO(b""))
        _, told = next(lines)
    lines.close()
    assert not any(name.startswith(("CASEAPP", "HOME", "PATH")) for name in told)
    assert {name for name in told if name.isdigit()} <= {"0", "1", "2", "3"}  # 3: the listing


@pytest.mark.usefixtures("spy")
def test_a_reader_that_nobody_listens_to_any_more_is_stopped() -> None:
    lines = workbook_lines(io.BytesIO(b""))
    next(lines)
    _, (process,) = next(lines)
    lines.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)


@pytest.mark.usefixtures("spy")
def test_a_reader_that_takes_too_long_is_stopped_and_the_file_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbooks, "SECONDS", 0.5)
    with pytest.raises(SheetProblem, match="damaged or too large"):
        read(b"")


def test_a_row_longer_than_any_that_we_take_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LONGEST_LINE", 20)
    with pytest.raises(SheetProblem):
        read(workbook([["a"], ["x" * 30]]))
