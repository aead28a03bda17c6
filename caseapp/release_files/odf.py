"""The parts of an OpenDocument file that hold no figure: its package, its styles, its properties.

Nothing is written that was not asked for: no author, no time, no program, no thumbnail."""

import io
from collections.abc import Mapping
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MIME = "application/vnd.oasis.opendocument.spreadsheet"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
FONT = {"style__font_name": "Arial", "fo__font_family": "Arial", "fo__language": "en"}
DEFAULT = {"fo__font_size": "12pt", "fo__country": "GB"}
# Heading 1 is the name that office programs know a heading by.
CELLS: Mapping[str, Mapping[str, str]] = {
    "Heading_20_1": {"fo__font_size": "16pt", "fo__font_weight": "bold"},
    "head": {"fo__font_size": "12pt", "fo__font_weight": "bold"},
    "line": {"fo__font_size": "12pt"},
    "plain": {"fo__font_size": "12pt"},
    "head-right": {"fo__font_size": "12pt", "fo__font_weight": "bold"},
    "plain-right": {"fo__font_size": "12pt"},
    "whole": {"fo__font_size": "12pt"},
    "decimal": {"fo__font_size": "12pt"},
}
DECIMALS = {"whole": 0, "decimal": 1}
RUNS_ON = {"Heading_20_1", "line"}  # above a table: its narrow columns would break them up
PAGE = "sideways"
for _prefix, _space in SPACES.items():
    ET.register_namespace(_prefix, _space)


def element(name: str, _text: str | None = None, **attributes: str) -> ET.Element:
    """Attribute names are written with __ for the colon and _ for the dash."""
    written = {
        _named(key.replace("__", ":").replace("_", "-")): value for key, value in attributes.items()
    }
    made = ET.Element(_named(name), written)
    made.text = _text
    return made


def inside(parent: ET.Element, *children: ET.Element) -> ET.Element:
    parent.extend(children)
    return parent


def package(content: ET.Element, title: str) -> bytes:
    """The bytes of the file; the same content gives the same."""
    parts = {
        "content.xml": content,
        "styles.xml": _styles(),
        "meta.xml": _meta(title),
        "META-INF/manifest.xml": _manifest(),
    }
    out = io.BytesIO()
    with ZipFile(out, "w") as file:
        _put(file, "mimetype", MIME.encode(), ZIP_STORED)
        for name, part in parts.items():
            xml = ET.tostring(part, encoding="utf-8", xml_declaration=True)
            _put(file, name, xml, ZIP_DEFLATED)
    return out.getvalue()


def _put(file: ZipFile, name: str, content: bytes, compression: int) -> None:
    info = ZipInfo(name, LONG_AGO)
    info.compress_type = compression
    file.writestr(info, content)


def _named(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"{{{SPACES[prefix]}}}{rest}"


def _styles() -> ET.Element:
    default = inside(
        element("style:default-style", style__family="table-cell"),
        element("style:text-properties", **FONT, **DEFAULT),
    )
    numbers = (_number_style(name, places) for name, places in DECIMALS.items())
    cells = (_cell_style(name) for name in CELLS)
    styles = inside(element("office:styles"), default, *numbers, *cells)
    fonts = inside(
        element("office:font-face-decls"),
        element("style:font-face", style__name="Arial"),
    )
    pages = inside(element("office:automatic-styles"), _page_layout())
    master = element("style:master-page", style__name=PAGE, style__page_layout_name=PAGE)
    masters = inside(element("office:master-styles"), master)
    document = element("office:document-styles", office__version="1.3")
    return inside(document, fonts, styles, pages, masters)


def _page_layout() -> ET.Element:
    """A4 across, as wide as one page, and neither header nor footer: they are not read aloud."""
    properties = element(
        "style:page-layout-properties",
        fo__page_width="29.7cm",
        fo__page_height="21cm",
        fo__margin="1.5cm",
        style__print_orientation="landscape",
        style__scale_to_X="1",
        style__scale_to_Y="0",
    )
    return inside(element("style:page-layout", style__name=PAGE), properties)


def _number_style(name: str, places: int) -> ET.Element:
    """Thousands are parted, so that long figures are read easily."""
    number = element(
        "number:number",
        number__decimal_places=str(places),
        number__min_integer_digits="1",
        number__grouping="true",
    )
    return inside(element("number:number-style", style__name=f"n-{name}"), number)


def _cell_style(name: str) -> ET.Element:
    numbers = {"style__data_style_name": f"n-{name}"} if name in DECIMALS else {}
    style = element("style:style", style__name=name, style__family="table-cell", **numbers)
    option = "no-wrap" if name in RUNS_ON else "wrap"
    wrap = element("style:table-cell-properties", fo__wrap_option=option)
    side = "end" if name.endswith("-right") or name in DECIMALS else "start"
    line = element("style:paragraph-properties", fo__text_align=side)
    return inside(style, wrap, line, element("style:text-properties", **FONT, **CELLS[name]))


def _meta(title: str) -> ET.Element:
    meta = inside(
        element("office:meta"), element("dc:title", title), element("dc:language", "en-GB")
    )
    return inside(element("office:document-meta", office__version="1.3"), meta)


def _manifest() -> ET.Element:
    entries = (
        ("/", MIME),
        ("content.xml", "text/xml"),
        ("styles.xml", "text/xml"),
        ("meta.xml", "text/xml"),
    )
    return inside(
        element("manifest:manifest", manifest__version="1.3"),
        *(
            element("manifest:file-entry", manifest__full_path=path, manifest__media_type=kind)
            for path, kind in entries
        ),
    )
