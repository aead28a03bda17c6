"""The release as a workbook for people, after the Analysis Function's guidance on spreadsheets:
a cover, notes and contents, one table a sheet, shorthand in square brackets."""

from collections.abc import Iterator, Sequence

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import MARKERS, Figure
from caseapp.disclosure.tables import Dimension, Table
from caseapp.exports.spreadsheet import Link, Sheet, Value, spreadsheet
from caseapp.exports.words import (
    SHORTHAND,
    dimension_title,
    month_words,
    node_label,
    table_title,
)
from caseapp.indicators.released import IndicatorRow

BACK = Link("Back to the contents", "Contents")


def workbook(edition: Edition, indicators: Sequence[IndicatorRow], note: str) -> bytes:
    """The bytes of release.ods; `note` says in one sentence what the certificate found."""
    title = f"Monthly figures: {month_words(edition.period)}"
    tables = [_table_sheet(f"Table_{n}", edition, t) for n, t in enumerate(edition.tables, 1)]
    sheets = [*tables, _indicator_sheet(indicators)]
    contents = Sheet(
        "Contents",
        (
            ("Contents",),
            ("This sheet has one table. It lists the sheets of this workbook.",),
            ("Sheet", "What it holds"),
            (Link("Notes", "Notes"), "How to read the figures"),
            *((Link(sheet.name, sheet.name), str(sheet.rows[0][0])) for sheet in sheets),
        ),
        head=2,
        widths=(5.0, 18.0),
    )
    return spreadsheet([_cover(title, edition, note), contents, _notes(), *sheets], title)


def _cover(title: str, edition: Edition, note: str) -> Sheet:
    since, until = month_words(edition.since), month_words(edition.period)
    lines = (
        title,
        f"Cases opened from {since} to the end of {until}: figures are cumulative from April.",
        "Every figure is rounded to a multiple of 5, so that nobody can be recognised.",
        "The true count is at most 4 away from the figure, unless a table says otherwise.",
        note,
        "[low] is a figure of 0 to 4. [u] is too few for a percentage or a rate.",
        "[x] is not collected yet. [z] is not applicable.",
        "The figures are about people who were supported by the services, not about all victims.",
    )
    return Sheet("Cover", tuple((line,) for line in lines), widths=(24.0,))


def _notes() -> Sheet:
    rows: tuple[tuple[Value, ...], ...] = (
        ("Notes",),
        ("This sheet has one table. It holds the notes that the tables refer to.",),
        ("Note", "Text"),
        ("[note 1]", "A case may have more than one theme: themes do not add up to all cases."),
        ("[note 2]", "A person may have several needs, or none that is recorded."),
        ("[note 3]", "Ethnic group, sex and ward are those recorded now; age is that on opening."),
        ("[note 4]", "Incidents are those recorded in these cases, reported to the police or not."),
        *((SHORTHAND[marker], meaning) for marker, meaning in MARKERS.items()),
    )
    return Sheet("Notes", rows, head=2, widths=(4.0, 20.0))


def _table_sheet(name: str, edition: Edition, table: Table) -> Sheet:
    """Rows by the last dimension, one column for each category of the first, the theme."""
    columns, rows = table.dimensions
    heads = [node_label(columns, node) for node in columns.nodes]
    lines: list[tuple[Value, ...]] = [
        (f"{table_title(table.name)} {_note_marks(table)}",),
        ("This sheet has one table. Figures are rounded to 5. " + _widened(edition, table),),
        (BACK,),
        (dimension_title(rows.name), *heads),
        *_lines(edition, table, columns, rows),
    ]
    return Sheet(name, tuple(lines), head=3, widths=(11.0, 4.5))


def _lines(
    edition: Edition, table: Table, columns: Dimension, rows: Dimension
) -> Iterator[tuple[Value, ...]]:
    for row in rows.nodes:
        figures = (edition.figure(table, (column, row)) for column in columns.nodes)
        yield (node_label(rows, row), *(_shown(figure) for figure in figures))


def _shown(figure: Figure) -> Value:
    return SHORTHAND[figure.marker] if figure.marker else figure.value


def _note_marks(table: Table) -> str:
    marks = ["[note 1]"]
    if any(dimension.name == "need" for dimension in table.dimensions):
        marks.append("[note 2]")
    marks.append("[note 3]" if table.population == "cases" else "[note 4]")
    return " ".join(marks)


def _widened(edition: Edition, table: Table) -> str:
    wide = sum(table.cell(key) in edition.widened for key in table.published())
    return f"{wide} of them may be up to 9 away from the true count." if wide else ""


def _indicator_sheet(indicators: Sequence[IndicatorRow]) -> Sheet:
    heads = ("Number", "Indicator", "Value", "From", "To", "Baseline", "Direction", "Kind")
    rows = (
        (
            row.number,
            row.indicator,
            SHORTHAND[row.ratio.marker] if row.ratio.marker else row.ratio.value,
            SHORTHAND[row.ratio.marker] if row.ratio.marker else row.ratio.low,
            SHORTHAND[row.ratio.marker] if row.ratio.marker else row.ratio.high,
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
            ("This sheet has one table. Values follow from rounded figures alone.",),
            (BACK,),
            heads,
            *rows,
        ),
        head=3,
        widths=(3.0, 16.0, 3.0, 3.0, 3.0, 8.0, 5.0, 5.0),
    )
