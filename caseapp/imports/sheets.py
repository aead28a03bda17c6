"""Reading a spreadsheet as it comes: rows of texts, from CSV in several encodings or a workbook.

Nothing is worked out: a formula in a CSV is a text like any other, and one in a workbook counts
with the value that was stored beside it.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from python_calamine import CalamineError, PasswordError, load_workbook

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 100
MOST_UNPACKED = 400 * 1024 * 1024  # a workbook is a zip: what it would swell to
ENCODINGS = ("utf-8-sig", "cp1252")
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DELIMITERS = (",", ";", "\t", "|")
PDF = b"%PDF-"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PIECE = 64 * 1024
NEUTRALISED = tuple(f"'{sign}" for sign in "=+-@\t\r")

Opener = Callable[
    [], AbstractContextManager[BinaryIO]
]  # gives the file from its start, as often as it is asked
Cells = tuple[str, ...]
Row = tuple[int, Cells]  # its line, as the spreadsheet counts, and its texts


class SheetProblem(Exception):
    """Why the file cannot be read, in one plain line."""


@dataclass(frozen=True)
class Shape:
    """How a file is to be read again: found out once, when it comes in."""

    encoding: str  # "" for a workbook
    delimiter: str
    columns: Cells
    rows: int


def find_shape(file: Opener) -> Shape:
    """Read the file through. Raises SheetProblem."""
    encoding = "" if is_workbook(file) else _encoding_of(file)
    delimiter = _delimiter_of(file, encoding) if encoding else ""
    lines = _lines(file, encoding, delimiter)
    _, columns = next(lines, (0, ()))
    if not any(columns):
        raise SheetProblem("The file has no column names in its first row")
    if len(columns) > MOST_COLUMNS:
        raise SheetProblem(f"The file has more than {MOST_COLUMNS} columns")
    count = 0
    for count, _ in enumerate(lines, 1):
        if count > MOST_ROWS:
            raise SheetProblem(f"The file has more than {MOST_ROWS:,} rows: split it in two")
    if not count:
        raise SheetProblem("The file has column names, and no rows below them")
    return Shape(encoding, delimiter, columns, count)


def read_rows(file: Opener, encoding: str, delimiter: str) -> Iterator[Row]:
    """The rows below the column names; blank ones are left out. Raises SheetProblem."""
    lines = _lines(file, encoding, delimiter)
    next(lines, None)
    yield from lines


def is_workbook(file: Opener) -> bool:
    with file() as content:
        return content.read(4) in WORKBOOKS


def _lines(file: Opener, encoding: str, delimiter: str) -> Iterator[Row]:
    lines = _csv_lines(file, encoding, delimiter) if encoding else _workbook_lines(file)
    for number, cells in lines:
        if any(cells):
            yield number, cells


def _csv_lines(file: Opener, encoding: str, delimiter: str) -> Iterator[Row]:
    with file() as content, io.TextIOWrapper(content, encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for cells in reader:
                yield reader.line_num, tuple(_tidy(cell) for cell in cells)
        except (csv.Error, UnicodeError):
            where = reader.line_num + 1
            raise SheetProblem(f"Row {where} cannot be read: is it a CSV file?") from None


def _workbook_lines(file: Opener) -> Iterator[Row]:
    with file() as source:
        content = io.BytesIO(source.read())  # a workbook has its list of parts at the end
    _refuse_bombs(content)
    try:
        book = load_workbook(content)
        sheet = book.get_sheet_by_index(0)
        rows: Iterable[list[Any]] = sheet.iter_rows()
        for number, row in enumerate(rows, 1):
            yield number, tuple(_tidy(_in_words(value)) for value in row)
    except PasswordError:
        raise SheetProblem("The workbook is locked with a password: save it without one") from None
    except (CalamineError, ValueError, IndexError):
        raise SheetProblem("The workbook cannot be read: save it again as XLSX or CSV") from None


def _refuse_bombs(content: io.BytesIO) -> None:
    """Asked of the list of its parts, before anything is unpacked."""
    if content.getvalue()[:4] != WORKBOOKS[0]:
        return
    try:
        with zipfile.ZipFile(content) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        raise SheetProblem("The workbook is damaged: save it again as XLSX or CSV") from None
    content.seek(0)
    if unpacked > MOST_UNPACKED:
        raise SheetProblem("The workbook is too large when it is unpacked")


def _encoding_of(file: Opener) -> str:
    with file() as content:
        start = content.read(5)
    if start == PDF:
        raise SheetProblem("The file is a PDF: bring in the spreadsheet that it was made from")
    if start[:2] in MARKS:
        return _insist(file, MARKS[start[:2]])
    for encoding in ENCODINGS:
        if _can_be(file, encoding):
            return encoding
    raise SheetProblem("The letters of the file cannot be read: save it as CSV UTF-8")


def _insist(file: Opener, encoding: str) -> str:
    if not _can_be(file, encoding):
        raise SheetProblem("The letters of the file cannot be read: save it as CSV UTF-8")
    return encoding


def _can_be(file: Opener, encoding: str) -> bool:
    """Whether every byte is a letter in it, and none of them a sign that no sheet holds."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with file() as content:
        try:
            while piece := content.read(PIECE):
                if "\x00" in decoder.decode(piece):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _delimiter_of(file: Opener, encoding: str) -> str:
    """The sign that parts the names of the columns: the one that stands there most often."""
    with file() as content, io.TextIOWrapper(content, encoding=encoding, newline="") as text:
        first = text.readline(PIECE)
    return max(DELIMITERS, key=first.count)


def _in_words(value: object) -> str:
    """A cell of a workbook as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _tidy(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from working out a text as a formula: our own
    list of faulty rows has it too."""
    text = cell.strip()
    return text[1:] if text.startswith(NEUTRALISED) else text
