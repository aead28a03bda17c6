"""The attacker brings in a spreadsheet that is none: any bytes, or a real one with some bytes
changed. It is read, or refused with a reason, and nothing else happens."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.imports.sheets import SheetProblem, find_shape, read_rows
from tests.files_to_send import docx, odt, pdf, png, xlsx
from tests.unit.imports.caseloads import caseload

SHEET = caseload(3)
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
    shape = find_shape(lambda: BytesIO(content))
    rows = read_rows(lambda: BytesIO(content), shape.encoding, shape.delimiter)
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
