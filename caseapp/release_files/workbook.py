"""The release as a workbook for people, after the Analysis Function's guidance on spreadsheets:
a cover, contents and notes, one table a sheet, shorthand in square brackets."""

from collections.abc import Iterator, Sequence
from itertools import product

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import MARKERS, Figure
from caseapp.disclosure.tables import Dimension, Key, Table
from caseapp.indicators.released import IndicatorRow
from caseapp.release_files.certificate_words import facts, finding
from caseapp.release_files.spreadsheet import Link, Sheet, Value, spreadsheet
from caseapp.release_files.words import (
    SHORTHAND,
    counted,
    dimension_title,
    month_words,
    node_label,
    table_title,
)

BACK = Link("Back to the contents", "Contents")
ONE_TABLE = "This sheet has one table."
WIDEST = 8  # columns of figures that are read without scrolling
NOTES = {
    "[note 1]": "A case may have more than one theme: themes do not add up to all cases.",
    "[note 2]": "One count may be in several of these categories, or in none.",
    "[note 3]": "Ethnic group, sex and ward are those recorded now; age is that on opening.",
    "[note 4]": "Incidents are those recorded in these cases, reported to the police or not.",
}


def workbook(edition: Edition, indicators: Sequence[IndicatorRow]) -> bytes:
    """The bytes of release.ods."""
    title = f"Monthly figures: {month_words(edition.period)}"
    tables = [_table_sheet(f"Table_{n}", edition, t) for n, t in enumerate(edition.tables, 1)]
    sheets = [_notes(), _indicator_sheet(indicators), *tables, _certificate_sheet(edition)]
    return spreadsheet([_cover(title, edition), _contents(sheets), *sheets], title)


def _cover(title: str, edition: Edition) -> Sheet:
    since, until = month_words(edition.since), month_words(edition.period)
    lines: tuple[Value, ...] = (
        title,
        f"Cases opened from {since} to the end of {until}: figures are cumulative from April.",
        f"Method: {edition.certificate['method']}.",
        f"Promise: {edition.certificate['promise']}",
        finding(edition.certificate),
        "[low] is a rounded zero. [u] is too few for a percentage or a rate.",
        "[x] is not collected yet. [z] is not applicable. [c] is suppressed.",
        "The figures are about people who were supported by the services, not about all victims.",
        "A figure that is entered was counted by the police or others, and is not rounded here.",
        Link("See what is in this workbook", "Contents"),
    )
    return Sheet("Cover", tuple((line,) for line in lines if line), widths=(24.0,))


def _contents(sheets: Sequence[Sheet]) -> Sheet:
    return Sheet(
        "Contents",
        (
            ("Contents",),
            (f"{ONE_TABLE} It lists the sheets of this workbook.",),
            ("Sheet", "What it holds"),
            *((Link(sheet.name, sheet.name), str(sheet.rows[0][0])) for sheet in sheets),
        ),
        head=2,
        widths=(5.0, 18.0),
        table="contents",
    )


def _notes() -> Sheet:
    rows: tuple[tuple[Value, ...], ...] = (
        ("Notes and shorthand",),
        (f"{ONE_TABLE} It holds the notes and the shorthand that the tables refer to.",),
        (BACK,),
        ("Note", "Text"),
        *NOTES.items(),
        *((SHORTHAND[marker], meaning) for marker, meaning in MARKERS.items()),
    )
    return Sheet("Notes", rows, head=3, widths=(5.0, 20.0), table="notes")


def _table_sheet(name: str, edition: Edition, table: Table) -> Sheet:
    """One dimension runs across, usually the theme; a row is one choice of all the others."""
    across = _across(table)
    down = [each for each in table.dimensions if each is not across]
    heads = [node_label(across, node) for node in across.nodes] if across else ["Number"]
    lines: list[tuple[Value, ...]] = [
        (f"{table_title(table)} {_note_marks(table)}".rstrip(),),
        (_about(edition, table, across),),
        (BACK,),
        (*(dimension_title(each.name) for each in down), *heads),
        *_lines(edition, table, across, down),
    ]
    return Sheet(
        name,
        tuple(lines),
        head=3,
        widths=(*(7.0 for _ in down), 4.5),
        table=table.name,
        numeric=frozenset(range(len(down), len(down) + len(heads))),
    )


def _across(table: Table) -> Dimension | None:
    if len(table.dimensions) == 1:
        return None
    fit = (each for each in table.dimensions if len(each.nodes) <= WIDEST)
    return next(fit, table.dimensions[-1])


def _about(edition: Edition, table: Table, across: Dimension | None) -> str:
    way = f" The columns are: {dimension_title(across.name).lower()}." if across else ""
    return f"{ONE_TABLE} {counted(table)} are counted.{way}{_widened(edition, table)}"


def _lines(
    edition: Edition, table: Table, across: Dimension | None, down: Sequence[Dimension]
) -> Iterator[tuple[Value, ...]]:
    for nodes in product(*(each.nodes for each in down)):
        keys = (_key(table, across, node, nodes) for node in (across.nodes if across else ("",)))
        figures = (_shown(edition.figure(table, key)) for key in keys)
        labels = (node_label(each, node) for each, node in zip(down, nodes, strict=True))
        yield (*labels, *figures)


def _key(table: Table, across: Dimension | None, node: str, others: Key) -> Key:
    """The nodes in the order of the table's own dimensions."""
    rest = iter(others)
    return tuple(node if each is across else next(rest) for each in table.dimensions)


def _shown(figure: Figure) -> Value:
    if figure.marker or figure.value is None:
        return SHORTHAND[figure.marker]
    return figure.value


def _note_marks(table: Table) -> str:
    overlapping = {each.name for each in table.dimensions if not each.additive}
    marks = {
        "[note 1]": "theme" in overlapping,
        "[note 2]": bool(overlapping - {"theme"}),
        "[note 3]": table.population == "cases",
        "[note 4]": table.population == "incidents",
    }
    return " ".join(mark for mark, is_due in marks.items() if is_due)


def _widened(edition: Edition, table: Table) -> str:
    wide = sum(table.cell(key) in edition.widened for key in table.published())
    return f" {wide} of the figures may be further from the true count." if wide else ""


def _indicator_sheet(indicators: Sequence[IndicatorRow]) -> Sheet:
    heads = ("Number", "Indicator", "Unit", "Value", "From", "To", "Baseline", "Direction", "Kind")
    rows = (
        (
            row.number,
            row.indicator,
            row.unit or "number",
            SHORTHAND.get(row.ratio.marker) or _bound(row, row.ratio.value),
            _bound(row, row.ratio.low),
            _bound(row, row.ratio.high),
            row.baseline or "none given",
            row.direction,
            row.kind,
        )
        for row in indicators
    )
    return Sheet(
        "Indicators",
        (
            ("Outcome indicators of the strategy",),
            (f"{ONE_TABLE} Values follow from the figures of this release, or were entered.",),
            (BACK,),
            heads,
            *rows,
        ),
        head=3,
        widths=(3.0, 16.0, 3.0, 3.0, 3.0, 3.0, 8.0, 5.0, 4.0),
        table="indicators",
        numeric=frozenset({3, 4, 5}),
    )


def _bound(row: IndicatorRow, number: float | None) -> Value:
    return SHORTHAND.get(row.ratio.marker, "none") if number is None else number


def _certificate_sheet(edition: Edition) -> Sheet:
    certificate = edition.certificate
    said = (
        ("What was found", finding(certificate)),
        ("Who was assumed to attack", str(certificate["attacker"])),
        ("The usual rule beside it", str(certificate["comparison"]["sentence"])),
        *(("What this does not promise", str(limit)) for limit in certificate["limits"]),
        *facts(certificate),
    )
    return Sheet(
        "Certificate",
        (("Disclosure certificate",), (ONE_TABLE,), (BACK,), ("What", "Found"), *said),
        head=3,
        widths=(9.0, 20.0),
        table="certificate",
    )
