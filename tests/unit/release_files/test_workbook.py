"""The workbook of a release, point by point after the guidance: docs/release-files.md names the
test of each point."""

import io
from typing import cast
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from odfdo import Document

from caseapp.indicators.catalogue import standard_catalogue
from caseapp.indicators.released import indicator_rows
from caseapp.release_files.certificate_words import FACTS, facts
from caseapp.release_files.odf import MIME, SPACES
from caseapp.release_files.workbook import NOTES, workbook
from tests.unit.release_files.editions import CERTIFICATE, invented_edition

FIRST = ["Cover", "Contents", "Notes", "Indicators"]
TABLES = [f"Table_{number}" for number, _ in enumerate(standard_catalogue().tables, 1)]
HEAD = {"Contents": 2}  # row of the column heads, from 0; 3 on the others


@pytest.fixture(scope="module")
def book() -> bytes:
    edition = invented_edition()
    return workbook(edition, indicator_rows(edition))


@pytest.fixture(scope="module")
def sheets(book: bytes) -> dict[str, list[list[object]]]:
    document = Document(io.BytesIO(book))
    return {str(table.name): list(table.iter_values()) for table in document.body.tables}


@pytest.fixture(scope="module")
def content(book: bytes) -> etree._Element:
    return etree.fromstring(part(book, "content.xml"))


def part(book: bytes, name: str) -> bytes:
    with ZipFile(io.BytesIO(book)) as file:
        return file.read(name)


def found(element: etree._Element, path: str) -> list[etree._Element]:
    return cast(list[etree._Element], element.xpath(path, namespaces=SPACES))


def attribute(element: etree._Element, name: str) -> str:
    prefix, _, rest = name.partition(":")
    return str(element.get(f"{{{SPACES[prefix]}}}{rest}"))


def words(rows: list[list[object]]) -> list[str]:
    return [cell for row in rows for cell in row if isinstance(cell, str)]


def test_it_opens_with_cover_contents_notes_and_one_table_a_sheet(
    sheets: dict[str, list[list[object]]],
) -> None:
    assert list(sheets) == [*FIRST, *TABLES, "Certificate"]
    assert sheets["Table_1"][0][0] == "Cases by theme, age and sex [note 1] [note 3]"
    assert sheets["Table_1"][3][:4] == ["Age when the case was opened", "Sex", "All", *(
        ["Violence affecting under-25s"]
    )]  # fmt: skip
    assert ["Theme", "Number"] in [sheets[name][3][:2] for name in TABLES]


def test_the_contents_lead_to_every_sheet_and_every_sheet_leads_back(
    content: etree._Element,
) -> None:
    named = [attribute(each, "table:name") for each in found(content, "//table:table")]
    listed = found(content, "//table:table[@table:name='Contents']//text:a")
    assert [attribute(link, "xlink:href") for link in listed] == [f"#{n}" for n in named[2:]]
    for sheet in found(content, "//table:table")[2:]:
        assert [attribute(a, "xlink:href") for a in found(sheet, ".//text:a")] == ["#Contents"]


def test_each_sheet_says_in_its_first_rows_what_it_is_and_how_many_tables_it_has(
    sheets: dict[str, list[list[object]]],
) -> None:
    for name, rows in sheets.items():
        assert rows[0][0]
        if name != "Cover":
            assert str(rows[1][0]).startswith("This sheet has one table.")


def test_each_table_is_marked_up_with_one_row_of_heads_and_a_name_of_its_own(
    content: etree._Element, sheets: dict[str, list[list[object]]]
) -> None:
    ranges = found(content, "//table:database-range")
    names = [attribute(each, "table:name") for each in ranges]
    assert len(set(names)) == len(names) == len(sheets) - 1
    for each in ranges:
        address = attribute(each, "table:target-range-address")
        sheet, first = address.partition(".")[0], HEAD.get(address.partition(".")[0], 3)
        assert address.startswith(f"{sheet}.A{first + 1}:")
        assert address.endswith(str(len(sheets[sheet])))
        assert attribute(each, "table:contains-header") == "true"


def test_no_cell_is_merged_hidden_frozen_filtered_or_drawn_over(content: etree._Element) -> None:
    for path in (
        "//@table:number-columns-spanned", "//@table:number-rows-spanned", "//table:filter",
        "//@table:visibility", "//table:shapes", "//office:annotation",
        "//table:covered-table-cell",
    ):  # fmt: skip
        assert found(content, path) == []
    shown = found(content, "//table:database-range/@table:display-filter-buttons")
    assert set(map(str, shown)) == {"false"}


def test_no_cell_row_or_column_of_a_table_is_blank(
    sheets: dict[str, list[list[object]]],
) -> None:
    for name, rows in sheets.items():
        table = rows[HEAD.get(name, 3) :] if name != "Cover" else rows
        assert all(cell not in (None, "") for row in table for cell in row)


def test_a_rounded_zero_is_shorthand_in_brackets_that_the_notes_explain(
    sheets: dict[str, list[list[object]]],
) -> None:
    figures = [cell for name in TABLES for row in sheets[name][4:] for cell in row]
    assert 0 not in figures
    assert "[low]" in figures
    used = {cell for cell in words(sheets["Table_4"][4:]) if cell.startswith("[")}
    explained = {row[0] for row in sheets["Notes"][4:]}
    assert used | set(NOTES) <= explained


def test_every_note_that_is_explained_is_used_and_none_is_a_superscript(
    book: bytes, sheets: dict[str, list[list[object]]]
) -> None:
    titles = " ".join(str(sheets[name][0][0]) for name in TABLES)
    assert all(note in titles for note in NOTES)
    assert b"text-position" not in part(book, "styles.xml") + part(book, "content.xml")


def test_letters_are_arial_of_12_points_or_more_and_nothing_is_told_by_colour(book: bytes) -> None:
    styles = etree.fromstring(part(book, "styles.xml"))
    sizes = {str(size) for size in found(styles, "//@fo:font-size")}
    assert sizes == {"12pt", "16pt"}
    assert set(map(str, found(styles, "//style:text-properties/@fo:font-family"))) == {"Arial"}
    text = part(book, "styles.xml") + part(book, "content.xml")
    for forbidden in (
        b"fo:color",
        b"background",
        b"fo:border",
        b"italic",
        b"underline",
        b"header>",
    ):
        assert forbidden not in text


def test_titles_are_headings_and_figures_stand_right_with_thousands_parted(
    book: bytes, content: etree._Element
) -> None:
    for sheet in found(content, "//table:table"):
        first = found(sheet, "./table:table-row[1]/table:table-cell")[0]
        assert attribute(first, "table:style-name") == "Heading_20_1"
    styles = etree.fromstring(part(book, "styles.xml"))
    for name in ("whole", "decimal", "plain-right", "head-right"):
        side = found(styles, f"//style:style[@style:name='{name}']//@fo:text-align")
        assert str(side[0]) == "end"
    assert len(found(styles, "//number:number[@number:grouping='true']")) == 2


def test_the_certificate_has_a_page(sheets: dict[str, list[list[object]]]) -> None:
    told = dict(cast(list[tuple[str, str]], sheets["Certificate"][4:]))
    assert "none could be worked out" in told["What was found"]
    assert told["What this does not promise"] == "A published 5 proves at least one."
    assert told["Figures that could be 1 to 4"].startswith("12 tested, 0 worked out")
    assert told["Editions covered"] == "May 2026"


def test_the_certificate_says_all_that_there_are_words_for() -> None:
    told = facts(CERTIFICATE)
    assert [words for words, _ in told] == [words for words, _ in FACTS]
    assert dict(told)["Error of percentages"] == "of 50 or more: 1.9 points on average, 6.8 at most"
    assert dict(told)["What is left when it subtracts them"].startswith("12 tested, 0 worked out")


def test_it_holds_no_author_no_time_and_no_other_file(book: bytes) -> None:
    with ZipFile(io.BytesIO(book)) as file:
        names = file.namelist()
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in file.infolist())
        assert (names[0], file.infolist()[0].compress_type) == ("mimetype", ZIP_STORED)
        assert file.read("mimetype").decode() == MIME
    assert set(names) == {
        "mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml",
    }  # fmt: skip
    for word in (b"creator", b"date", b"generator"):
        assert word not in part(book, "meta.xml")


def test_the_document_has_a_title_and_a_language(book: bytes) -> None:
    meta = part(book, "meta.xml").decode()
    assert "Monthly figures: May 2026" in meta
    assert "en-GB" in meta


def test_the_same_edition_gives_the_same_workbook(book: bytes) -> None:
    edition = invented_edition()
    assert workbook(edition, indicator_rows(edition)) == book
