"""The workbook: opens, follows the guidance, and says nothing about who made it or when."""

import io
from zipfile import ZIP_STORED, ZipFile

import pytest
from flask import Flask
from odfdo import Document

from caseapp.exports.spreadsheet import MIME, Link, Sheet, spreadsheet
from caseapp.exports.workbook import workbook
from caseapp.indicators.released import indicator_rows
from tests.unit.exports.editions import invented_edition


@pytest.fixture(scope="module")
def book() -> bytes:
    edition = invented_edition()
    return workbook(edition, indicator_rows(edition), "It was attacked.")


def sheets(book: bytes) -> dict[str, list[list[object]]]:
    document = Document(io.BytesIO(book))
    return {str(table.name): list(table.iter_values()) for table in document.body.tables}


def test_it_opens_with_cover_contents_notes_and_one_table_a_sheet(book: bytes) -> None:
    found = sheets(book)
    assert list(found) == [
        "Cover", "Contents", "Notes", *(f"Table_{n}" for n in range(1, 7)), "Indicators",
    ]  # fmt: skip
    assert found["Table_2"][3][:2] == ["Sex", "All"]
    assert str(found["Table_2"][0][0]).startswith("Cases by theme and sex [note 1]")


def test_no_cell_of_a_table_is_blank_and_rounded_zeros_are_in_brackets(book: bytes) -> None:
    for name, rows in sheets(book).items():
        if name.startswith("Table") or name == "Indicators":
            assert all(cell not in (None, "") for row in rows[3:] for cell in row)
            assert 0 not in [cell for row in rows[4:] for cell in row[1:] if name != "Indicators"]
    assert "[low]" in {cell for row in sheets(book)["Table_4"] for cell in row}


def test_it_holds_no_author_no_time_and_no_other_file(book: bytes) -> None:
    with ZipFile(io.BytesIO(book)) as file:
        names = file.namelist()
        meta = file.read("meta.xml").decode()
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in file.infolist())
        assert (names[0], file.infolist()[0].compress_type) == ("mimetype", ZIP_STORED)
        assert file.read("mimetype").decode() == MIME
    assert set(names) == {
        "mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml",
    }  # fmt: skip
    for word in ("creator", "date", "generator"):
        assert word not in meta


def test_the_document_has_a_title_and_a_language(book: bytes) -> None:
    with ZipFile(io.BytesIO(book)) as file:
        meta = file.read("meta.xml").decode()
    assert "Monthly figures: May 2026" in meta
    assert "en-GB" in meta


def test_the_same_edition_gives_the_same_workbook(app: Flask, book: bytes) -> None:
    edition = invented_edition()
    with app.app_context():
        assert workbook(edition, indicator_rows(edition), "It was attacked.") == book


def test_text_that_looks_like_a_formula_or_markup_stays_text() -> None:
    sheet = Sheet("One", (("=1+1",), ("<b>&",), (Link("back", "One"),)))
    with ZipFile(io.BytesIO(spreadsheet([sheet], "t"))) as file:
        content = file.read("content.xml").decode()
    assert "formula" not in content
    assert "&lt;b&gt;&amp;" in content
    assert 'office:value-type="string"' in content
