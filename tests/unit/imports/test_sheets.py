"""Spreadsheets as they come: encodings, delimiters, dates, formulas, damage, sheer size."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.imports import sheets
from caseapp.imports.rules import Cells, SheetProblem
from caseapp.imports.sheets import open_sheet
from tests.unit.imports.workbooks import workbook


def read(content: bytes) -> list[Cells]:
    with open_sheet(io.BytesIO(content)) as (columns, rows):
        return [columns, *(cells for _, cells in rows)]


@pytest.mark.parametrize(
    "content",
    [
        "Name,Ward\nZoë,Colville\n".encode(),
        "Name,Ward\nZoë,Colville\n".encode("utf-8-sig"),
        "Name;Ward\r\nZoë;Colville\r\n".encode("cp1252"),
        "Name\tWard\nZoë\tColville\n".encode("utf-16"),
        "\n\nName,Ward\n\n,\nZoë,Colville\n".encode(),
        "Name|Ward\n Zoë | Colville".encode(),
        workbook([["Name", "Ward"], ["Zoë", "Colville"]]),
    ],
)
def test_a_sheet_says_the_same_in_whatever_form_it_comes(content: bytes) -> None:
    assert read(content) == [("Name", "Ward"), ("Zoë", "Colville")]


def test_a_line_break_and_a_delimiter_inside_a_cell_stay_inside_it() -> None:
    assert read(b'Name,Notes\nAnn,"one, two\nthree"\n')[1] == ("Ann", "one, two\nthree")


def test_a_workbook_gives_numbers_and_truths_as_a_person_would_type_them() -> None:
    found = read(workbook([["a", "b", "c"], [7, 7.5, True]]))
    assert found[1] == ("7", "7.5", "yes")


def test_a_formula_is_a_text_and_our_own_mark_before_it_goes() -> None:
    assert read(b"Name\n=1+1\n'=cmd\n'+44 7700\n'tis\n")[1:] == [
        ("=1+1",), ("=cmd",), ("+44 7700",), ("'tis",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no column names"),
        (b"\n\n,,\n", "no column names"),
        (b"Name,Ward\n", "no rows below"),
        (b"Name\n\x00\x00\x00", "letters of the file"),
        (b"\xff\xfeN\x00a", "letters of the file"),  # half a letter
        (b"Name\n" + b"x" * 200_000, "cannot be read"),
        (b"PK\x03\x04 and nothing more", "damaged or too large"),
        (b"\xd0\xcf\x11\xe0 and nothing more", "cannot be read"),
        (b",".join(b"c%d" % n for n in range(101)) + b"\n1", "more than 100 columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(SheetProblem, match=why):
        read(content)


def test_a_sheet_with_more_rows_than_we_take_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert len(read(b"n\n1\n2\n3\n")) == 4
    with pytest.raises(SheetProblem, match="split it in two"):
        read(b"n\n1\n2\n3\n4\n")


def test_a_sheet_with_more_text_than_we_take_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_LETTERS", 30)
    assert len(read(b"n\n" + b"0123456789\n" * 3)) == 4
    with pytest.raises(SheetProblem, match="more text"):
        read(b"n\n" + b"0123456789\n" * 3 + b"4\n")


@given(st.binary(max_size=400))
def test_no_bytes_whatever_make_it_fail_in_another_way(content: bytes) -> None:
    try:
        assert len(read(content)) > 1
    except SheetProblem:
        return
