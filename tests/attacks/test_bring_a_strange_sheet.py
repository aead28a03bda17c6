"""The attacker brings in a spreadsheet that is none: any bytes, a real one with some bytes changed,
or one that asks its reader for all the memory there is. It is read, or refused with a reason, and
nothing else happens."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.imports.rules import SheetProblem
from caseapp.imports.sheets import open_sheet
from tests.files_to_send import docx, odt, pdf, png, xlsx
from tests.unit.imports.caseloads import caseload
from tests.unit.imports.workbooks import MAIN, workbook, workbook_of

SHEET = caseload(3)
BOOK = workbook([["First name", "Risk"], ["Wren", 1.0], ["Anna", True]])
IN_ITS_LIST = BOOK.find(b"PK\x01\x02")  # where the list of its parts begins
TEXTS = "xl/sharedStrings.xml"
TWO_ROWS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
STARTS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    SHEET,
)
OTHER_FILES = {"pdf": pdf(), "png": png(), "docx": docx(), "odt": odt(), "xlsx": xlsx()}


def read_all(content: bytes) -> int:
    """How many rows came of it; raises SheetProblem."""
    with open_sheet(BytesIO(content)) as (_, rows):
        return sum(1 for _ in rows)


def what_came_of(content: bytes) -> str:
    """In words; any other failure than a refusal comes through."""
    try:
        return f"{read_all(content)} rows"
    except SheetProblem as problem:
        return str(problem)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes) -> None:
    assert what_came_of(start + rest)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(SHEET) - 1), st.binary(min_size=1, max_size=3))
def test_a_sheet_with_some_bytes_changed_is_read_or_refused(place: int, other: bytes) -> None:
    assert what_came_of(SHEET[:place] + other + SHEET[place + len(other) :])


@pytest.mark.parametrize("kind", OTHER_FILES)
def test_another_kind_of_file_is_no_sheet(kind: str) -> None:
    with pytest.raises(SheetProblem):
        read_all(OTHER_FILES[kind])


def with_a_cell_at(place: str, row: int) -> bytes:
    return workbook_of(f'{TWO_ROWS}<row r="{row}"><c r="{place}{row}"><v>3</v></c></row>')


STRANGE_BOOKS = {
    "a cell in the last corner": with_a_cell_at("XFD", 1_048_576),
    "a cell far to the right and far below": with_a_cell_at("ZZ", 100_000),
    "a cell beyond every sheet": with_a_cell_at("ZZZZZZZ", 2**32 - 1),
    "a part packed in a way of the future": BOOK.replace(
        BOOK[IN_ITS_LIST : IN_ITS_LIST + 8], b"PK\x01\x02\x14\x03\x63\x00", 1
    ),
    "a date that there is not": workbook_of(
        f'{TWO_ROWS}<row><c t="d"><v>2020-99-99T</v></c></row>'
    ),
    "texts that are not there": workbook_of(f'{TWO_ROWS}<row><c t="s"><v>-1</v></c></row>'),
}


@pytest.mark.parametrize("kind", STRANGE_BOOKS)
def test_a_strange_workbook_ends_nothing_but_its_own_reading(kind: str) -> None:
    assert what_came_of(STRANGE_BOOKS[kind])


def test_a_workbook_that_swells_up_takes_no_memory_of_ours() -> None:
    """More than its reader may take, in less than one megabyte."""
    content, piece = BytesIO(workbook_of(TWO_ROWS)), b"0" * 1_000_000
    with ZipFile(content, "a", ZIP_DEFLATED) as parts, parts.open(TEXTS, "w") as texts:
        texts.write(f'<sst xmlns="{MAIN}"><si><t>'.encode())
        for _ in range(700):
            texts.write(piece)
        texts.write(b"</t></si></sst>")
    assert len(content.getvalue()) < 1_000_000
    with pytest.raises(SheetProblem, match="too large"):
        read_all(content.getvalue())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=3))
def test_a_workbook_with_some_bytes_changed_is_read_or_refused(place: int, other: bytes) -> None:
    assert what_came_of(BOOK[:place] + other + BOOK[place + len(other) :])


PARTS = st.sampled_from(
    ["r", "t", "s", "v", "c", "row", "<", ">", "/", '"', "A", "B", "9", "-", " "]
)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TWO_ROWS)), st.lists(PARTS, max_size=4).map("".join), st.integers(0, 4))
def test_a_sheet_within_a_workbook_that_was_changed_is_read_or_refused(
    place: int, other: str, gone: int
) -> None:
    assert what_came_of(workbook_of(TWO_ROWS[:place] + other + TWO_ROWS[place + gone :]))
