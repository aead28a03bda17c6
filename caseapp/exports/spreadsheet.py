"""Writes an OpenDocument spreadsheet, and nothing into it that was not asked for: no author, no
time, no thumbnail. The same sheets give the same bytes."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MIME = "application/vnd.oasis.opendocument.spreadsheet"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
TEXT_STYLES = {
    "title": {"fo:font-size": "16pt", "fo:font-weight": "bold"},
    "head": {"fo:font-size": "12pt", "fo:font-weight": "bold"},
    "plain": {"fo:font-size": "12pt"},
}
FONT = {"style:font-name": "Arial", "fo:font-family": "Arial", "fo:language": "en"}
for _prefix, _space in SPACES.items():
    ET.register_namespace(_prefix, _space)


@dataclass(frozen=True)
class Link:
    """A cell that leads to another sheet."""

    words: str
    sheet: str


Value = str | int | float | Link | None


@dataclass(frozen=True)
class Sheet:
    """Rows under each other. The first is the title; `head` is the number of the row with the
    column heads, from 0, and from there on the rows are one table. `widths` in centimetres."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    head: int | None = None
    widths: tuple[float, ...] = (16.0,)


def spreadsheet(sheets: Sequence[Sheet], title: str) -> bytes:
    """The bytes of the .ods file."""
    parts = {
        "content.xml": _content(sheets),
        "styles.xml": _styles(),
        "meta.xml": _meta(title),
        "META-INF/manifest.xml": _manifest(),
    }
    out = io.BytesIO()
    with ZipFile(out, "w") as file:
        _put(file, "mimetype", MIME.encode(), ZIP_STORED)
        for name, element in parts.items():
            xml = ET.tostring(element, encoding="utf-8", xml_declaration=True)
            _put(file, name, xml, ZIP_DEFLATED)
    return out.getvalue()


def _put(file: ZipFile, name: str, content: bytes, compression: int) -> None:
    info = ZipInfo(name, LONG_AGO)
    info.compress_type = compression
    file.writestr(info, content)


def _named(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"{{{SPACES[prefix]}}}{rest}"


def _element(name: str, _text: str | None = None, **attributes: str) -> ET.Element:
    """Attribute names are written with __ for the colon and _ for the dash."""
    written = {
        _named(key.replace("__", ":").replace("_", "-")): value for key, value in attributes.items()
    }
    element = ET.Element(_named(name), written)
    element.text = _text
    return element


def _inside(parent: ET.Element, *children: ET.Element) -> ET.Element:
    parent.extend(children)
    return parent


def _content(sheets: Sequence[Sheet]) -> ET.Element:
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    styles = _inside(
        _element("office:automatic-styles"),
        *(_column_style(width) for width in widths),
        *(_cell_style(name) for name in TEXT_STYLES),
    )
    book = _inside(_element("office:spreadsheet"), *(_sheet(sheet) for sheet in sheets))
    tables = [sheet for sheet in sheets if sheet.head is not None]
    book.append(_inside(_element("table:database-ranges"), *(_range(sheet) for sheet in tables)))
    body = _inside(_element("office:body"), book)
    return _inside(_element("office:document-content", office__version="1.3"), styles, body)


def _column_style(width: float) -> ET.Element:
    style = _element("style:style", style__name=_column_name(width), style__family="table-column")
    return _inside(
        style, _element("style:table-column-properties", style__column_width=f"{width}cm")
    )


def _column_name(width: float) -> str:
    return f"column{int(width * 10)}"


def _cell_style(name: str) -> ET.Element:
    style = _element("style:style", style__name=name, style__family="table-cell")
    words = {_named(key): value for key, value in (FONT | TEXT_STYLES[name]).items()}
    wrap = _element("style:table-cell-properties", fo__wrap_option="wrap")
    return _inside(style, wrap, ET.Element(_named("style:text-properties"), words))


def _sheet(sheet: Sheet) -> ET.Element:
    table = _element("table:table", table__name=sheet.name)
    breadth = max(len(row) for row in sheet.rows)
    for number in range(breadth):
        width = sheet.widths[min(number, len(sheet.widths) - 1)]
        table.append(_element("table:table-column", table__style_name=_column_name(width)))
    for number, row in enumerate(sheet.rows):
        style = "title" if number == 0 else "head" if number == sheet.head else "plain"
        table.append(_inside(_element("table:table-row"), *(_cell(each, style) for each in row)))
    return table


def _cell(value: Value, style: str) -> ET.Element:
    if value is None:
        return _element("table:table-cell", table__style_name=style)
    if isinstance(value, int | float):
        cell = _element(
            "table:table-cell",
            table__style_name=style,
            office__value_type="float",
            office__value=str(value),
        )
        return _inside(cell, _element("text:p", str(value)))
    cell = _element("table:table-cell", table__style_name=style, office__value_type="string")
    return _inside(cell, _paragraph(value))


def _paragraph(value: str | Link) -> ET.Element:
    """Text is written as text: a spreadsheet never reads it as a formula."""
    if isinstance(value, str):
        return _element("text:p", value)
    link = _element("text:a", value.words, xlink__href=f"#{value.sheet}", xlink__type="simple")
    return _inside(_element("text:p"), link)


def _range(sheet: Sheet) -> ET.Element:
    """Marks a table up as one, so that a screen reader can announce it."""
    rows, last = len(sheet.rows), _letter(len(sheet.rows[sheet.head or 0]))
    first = (sheet.head or 0) + 1
    return _element(
        "table:database-range",
        table__name=sheet.name,
        table__target_range_address=f"{sheet.name}.A{first}:{sheet.name}.{last}{rows}",
        table__contains_header="true",
    )


def _letter(columns: int) -> str:
    return chr(ord("A") + columns - 1)


def _styles() -> ET.Element:
    words = {_named(key): value for key, value in (FONT | {"fo:country": "GB"}).items()}
    default = _inside(
        _element("style:default-style", style__family="table-cell"),
        ET.Element(_named("style:text-properties"), words),
    )
    styles = _inside(_element("office:styles"), default)
    return _inside(_element("office:document-styles", office__version="1.3"), styles)


def _meta(title: str) -> ET.Element:
    meta = _inside(
        _element("office:meta"), _element("dc:title", title), _element("dc:language", "en-GB")
    )
    return _inside(_element("office:document-meta", office__version="1.3"), meta)


def _manifest() -> ET.Element:
    entries: Iterable[tuple[str, str]] = (
        ("/", MIME),
        ("content.xml", "text/xml"),
        ("styles.xml", "text/xml"),
        ("meta.xml", "text/xml"),
    )
    return _inside(
        _element("manifest:manifest", manifest__version="1.3"),
        *(
            _element("manifest:file-entry", manifest__full_path=path, manifest__media_type=kind)
            for path, kind in entries
        ),
    )
