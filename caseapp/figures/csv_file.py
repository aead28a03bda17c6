"""Reading a CSV of figures: each line with what is wrong with it. Pure; nothing is worked out."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caseapp.figures.catalogue import FigureSpec, figure_specs
from caseapp.figures.typed_figures import (
    NoFigure,
    TypedFigure,
    check_date,
    check_source,
    read_value,
)
from caseapp.figures.years import NoYear, read_year
from caseapp.web.typed_dates import Misread, read_date
from caseapp.web.typed_text import has_control_characters, one_line

COLUMNS = ("code", "year", "value", "source", "dated_on")
LABEL = "figure"  # our own template says what each code means; it is not read
ANSWERS = ("value", "source", "dated_on")
LARGEST = 100_000  # bytes
MOST_LINES = 1_000
DELIMITERS = ",;\t"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SAVE_AS = "Open it in your spreadsheet, save it as “CSV UTF-8”, and choose that file"


class FileProblem(Exception):
    """The file as a whole cannot be read; the message is one plain sentence."""


@dataclass(frozen=True)
class Line:
    """One line of the file. `figure` is None where something is wrong with it."""

    number: int
    cells: Mapping[str, str]
    figure: TypedFigure | None
    faults: tuple[str, ...] = ()


def read_file(data: bytes, today: date) -> list[Line]:
    """The lines that hold something. A line of our template whose answers were all left blank is
    passed over. Raises FileProblem."""
    rows = _rows(_text(data))
    names = _names(next(rows, (0, []))[1])
    lines = [_line(number, _cells(names, row), len(row) > len(names)) for number, row in rows]
    lines = [_read(line, today) for line in lines if not _is_left_blank(line)]
    if not lines:
        raise FileProblem("There is no figure in the file")
    if len(lines) > MOST_LINES:
        raise FileProblem(f"The file has more than {MOST_LINES:,} lines: split it in two")
    return _without_doubles(lines)


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise FileProblem(f"The file is too large: it can be up to {LARGEST // 1000} KB")
    if data.startswith(WORKBOOKS):
        raise FileProblem(f"The file is a workbook. {SAVE_AS}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblem(f"The letters of the file cannot be read. {SAVE_AS}") from None
    if "\x00" in text:
        raise FileProblem(f"The file is no CSV file. {SAVE_AS}")
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error:
        raise FileProblem(f"Line {reader.line_num} cannot be read: is it a CSV file?") from None


def _names(row: list[str]) -> list[str]:
    names = [name.lower() for name in row]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise FileProblem(f"The first line must name the columns. Missing: {', '.join(missing)}")
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    if twice:
        raise FileProblem(f"A column stands there more than once: {', '.join(map(_shown, twice))}")
    strange = [name for name in names if name and name not in {*COLUMNS, LABEL}]
    if strange:
        raise FileProblem(f"Columns that we do not know: {', '.join(map(_shown, strange))}")
    return names


def _shown(text: str) -> str:
    """A piece of the file inside a message: one short line."""
    return one_line(text)[:40]


def _cells(names: list[str], row: list[str]) -> Mapping[str, str]:
    return dict.fromkeys(COLUMNS, "") | dict(zip(names, row, strict=False))


def _line(number: int, cells: Mapping[str, str], is_longer: bool) -> Line:
    faults = ["It has more cells than the first line has columns"] if is_longer else []
    if any(has_control_characters(cell) for cell in cells.values()):
        faults.append("It must not include control characters")
    return Line(number, cells, None, tuple(faults))


def _is_left_blank(line: Line) -> bool:
    return not line.faults and not any(line.cells[name] for name in ANSWERS)


def _read(line: Line, today: date) -> Line:
    if line.faults:
        return line
    cells, faults = line.cells, list[str]()
    spec = figure_specs().get(cells["code"])
    if spec is None:
        faults.append("code must be one of the list")
    year = _tried(faults, "year", lambda: read_year(cells["year"], today))
    value = _tried(faults, "value", lambda: _value(spec, cells["value"]))
    source = _tried(faults, "source", lambda: _source(cells["source"]))
    dated_on = _tried(faults, "dated_on", lambda: _date(cells["dated_on"], today))
    if faults:
        return replace(line, faults=tuple(faults))
    return replace(line, figure=TypedFigure(year, cells["code"], value, source, dated_on))


def _tried(faults: list[str], name: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (NoFigure, NoYear, Misread) as fault:
        faults.append(f"{name} {fault}")
        return None


def _value(spec: FigureSpec | None, text: str) -> float | None:
    """What a figure of an unknown code must be is not known either."""
    return read_value(spec, text) if spec else None


def _source(text: str) -> str:
    source = one_line(text)
    check_source(source)
    return source


def _date(text: str, today: date) -> date:
    day = read_date(text, "", "")
    if day is None:
        raise NoFigure("must be the date of the source, like 2026-05-04")
    check_date(day, today)
    return day


def _without_doubles(lines: list[Line]) -> list[Line]:
    """A figure of a year can stand in a file once: of two, who could say which is right?"""
    times = Counter((line.figure.year, line.figure.code) for line in lines if line.figure)
    twice = {key for key, number in times.items() if number > 1}
    return [
        replace(line, figure=None, faults=("The same figure of the same year stands there twice",))
        if line.figure and (line.figure.year, line.figure.code) in twice
        else line
        for line in lines
    ]
