"""Sheets of words and numbers as an OpenDocument spreadsheet. The same sheets, the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from caseapp.release_files.odf import MIME as MIME
from caseapp.release_files.odf import PAGE, element, inside, package


@dataclass(frozen=True)
class Link:
    """A cell that leads to another sheet."""

    words: str
    sheet: str


Value = str | int | float | Link


@dataclass(frozen=True)
class Sheet:
    """Rows under each other. The first is the title; `head` is the number of the row with the
    column heads, from 0, and from there on the rows are one table. `widths` in centimetres, the
    last for all further columns. `table`: the name that the table is announced by; `numeric`: its
    columns of figures, from 0."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    head: int | None = None
    widths: tuple[float, ...] = (16.0,)
    table: str = ""
    numeric: frozenset[int] = frozenset()


def spreadsheet(sheets: Sequence[Sheet], title: str) -> bytes:
    """The bytes of the .ods file."""
    return package(_content(sheets), title)


def _content(sheets: Sequence[Sheet]) -> ET.Element:
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    styles = inside(
        element("office:automatic-styles"),
        *(_column_style(width) for width in widths),
        _row_style(),
        _sheet_style(),
    )
    book = inside(element("office:spreadsheet"), *(_sheet(sheet) for sheet in sheets))
    tables = [sheet for sheet in sheets if sheet.head is not None]
    if tables:
        book.append(inside(element("table:database-ranges"), *(_range(sheet) for sheet in tables)))
    body = inside(element("office:body"), book)
    return inside(element("office:document-content", office__version="1.3"), styles, body)


def _column_style(width: float) -> ET.Element:
    style = element("style:style", style__name=_column_name(width), style__family="table-column")
    return inside(style, element("style:table-column-properties", style__column_width=f"{width}cm"))


def _column_name(width: float) -> str:
    return f"column{int(width * 10)}"


def _row_style() -> ET.Element:
    """Rows grow with the text that is wrapped in them."""
    style = element("style:style", style__name="row", style__family="table-row")
    height = element("style:table-row-properties", style__use_optimal_row_height="true")
    return inside(style, height)


def _sheet_style() -> ET.Element:
    page = {"style__name": "sheet", "style__family": "table", "style__master_page_name": PAGE}
    return inside(
        element("style:style", **page), element("style:table-properties", table__display="true")
    )


def _sheet(sheet: Sheet) -> ET.Element:
    table = element("table:table", table__name=sheet.name, table__style_name="sheet")
    breadth = max(len(row) for row in sheet.rows)
    for number in range(breadth):
        width = sheet.widths[min(number, len(sheet.widths) - 1)]
        table.append(element("table:table-column", table__style_name=_column_name(width)))
    for number, row in enumerate(sheet.rows):
        cells = (_cell(each, _style(sheet, number, n)) for n, each in enumerate(row))
        table.append(inside(element("table:table-row", table__style_name="row"), *cells))
    return table


def _style(sheet: Sheet, row: int, column: int) -> str:
    """The style of a cell that holds words."""
    if row == 0:
        return "Heading_20_1"
    if sheet.head is not None and row < sheet.head:
        return "line"
    name = "head" if row == sheet.head else "plain"
    return f"{name}-right" if column in sheet.numeric else name


def _cell(value: Value, style: str) -> ET.Element:
    if isinstance(value, int | float):
        cell = element(
            "table:table-cell",
            table__style_name="whole" if isinstance(value, int) else "decimal",
            office__value_type="float",
            office__value=str(value),
        )
        return inside(cell, element("text:p", f"{value:,}"))
    cell = element("table:table-cell", table__style_name=style, office__value_type="string")
    return inside(cell, _paragraph(value))


def _paragraph(value: str | Link) -> ET.Element:
    """Text is written as text: a spreadsheet never reads it as a formula."""
    if isinstance(value, str):
        return element("text:p", value)
    link = element("text:a", value.words, xlink__href=f"#{value.sheet}", xlink__type="simple")
    return inside(element("text:p"), link)


def _range(sheet: Sheet) -> ET.Element:
    """Marks a table up as one, so that a screen reader can announce it."""
    rows, last = len(sheet.rows), _letter(len(sheet.rows[sheet.head or 0]))
    first = (sheet.head or 0) + 1
    return element(
        "table:database-range",
        table__name=sheet.table or sheet.name,
        table__target_range_address=f"{sheet.name}.A{first}:{sheet.name}.{last}{rows}",
        table__contains_header="true",
        table__display_filter_buttons="false",
    )


def _letter(columns: int) -> str:
    return chr(ord("A") + columns - 1)
