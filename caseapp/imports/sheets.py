"""Reading a spreadsheet as it comes: rows of texts, from CSV in several encodings or a workbook.

Nothing is worked out: a formula in a CSV is a text like any other, and one in a workbook counts
with the value that was stored beside it.
"""

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO

from caseapp.imports.rules import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, Cells, Row, SheetProblem
from caseapp.imports.workbooks import WORKBOOKS, workbook_lines

ENCODINGS = ("utf-8-sig", "cp1252")
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DELIMITERS = (",", ";", "\t", "|")
PDF = b"%PDF-"
PIECE = 64 * 1024
NEUTRALISED = tuple(f"'{sign}" for sign in "=+-@\t\r")


@contextmanager
def open_sheet(file: BinaryIO) -> Iterator[tuple[Cells, Iterator[Row]]]:
    """The names of the columns, and the rows below them without blank ones, which are read while
    they are asked for. Raises SheetProblem; asking for a row may raise it too."""
    with closing(_lines(file)) as lines:
        _, columns = next(lines, (0, ()))
        if not any(columns):
            raise SheetProblem("The file has no column names in its first row")
        if len(columns) > MOST_COLUMNS:
            raise SheetProblem(f"The file has more than {MOST_COLUMNS} columns")
        yield columns, _bounded(lines)


def _bounded(lines: Iterator[Row]) -> Iterator[Row]:
    count = letters = 0
    for count, row in enumerate(lines, 1):
        letters += sum(map(len, row[1]))
        if count > MOST_ROWS:
            raise SheetProblem(f"The file has more than {MOST_ROWS:,} rows: split it in two")
        if letters > MOST_LETTERS:
            raise SheetProblem("The file has more text than a caseload can have: split it in two")
        yield row
    if not count:
        raise SheetProblem("The file has column names, and no rows below them")


def _lines(file: BinaryIO) -> Generator[Row, None, None]:
    with closing(workbook_lines(file) if _is_workbook(file) else _csv_lines(file)) as lines:
        for number, cells in lines:
            tidy = tuple(map(_tidy, cells))
            if any(tidy):
                yield number, tidy


def _is_workbook(file: BinaryIO) -> bool:
    start = file.read(4)
    file.seek(0)
    return start in WORKBOOKS


def _csv_lines(file: BinaryIO) -> Generator[Row, None, None]:
    encoding = _encoding_of(file)
    delimiter = _delimiter_of(file, encoding)
    with _in_letters(file, encoding) as text:
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for cells in reader:
                yield reader.line_num, tuple(cells)
        except (csv.Error, UnicodeError):
            where = reader.line_num + 1
            raise SheetProblem(f"Row {where} cannot be read: is it a CSV file?") from None


@contextmanager
def _in_letters(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """From its start; the file stays open."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _encoding_of(file: BinaryIO) -> str:
    start = file.read(5)
    if start == PDF:
        raise SheetProblem("The file is a PDF: bring in the spreadsheet that it was made from")
    if start[:2] in MARKS:
        return _insist(file, MARKS[start[:2]])
    for encoding in ENCODINGS:
        if _can_be(file, encoding):
            return encoding
    raise SheetProblem("The letters of the file cannot be read: save it as CSV UTF-8")


def _insist(file: BinaryIO, encoding: str) -> str:
    if not _can_be(file, encoding):
        raise SheetProblem("The letters of the file cannot be read: save it as CSV UTF-8")
    return encoding


def _can_be(file: BinaryIO, encoding: str) -> bool:
    """Whether every byte is a letter in it, and none of them a sign that no sheet holds."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            if "\x00" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _delimiter_of(file: BinaryIO, encoding: str) -> str:
    """The sign that parts the names of the columns: the one that stands there most often."""
    with _in_letters(file, encoding) as text:
        first = text.readline(PIECE)
    return max(DELIMITERS, key=first.count)


def _tidy(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from working out a text as a formula: our own
    list of faulty rows has it too."""
    text = cell.strip()
    return text[1:] if text.startswith(NEUTRALISED) else text
