"""indicators.csv, and dictionary.csv that explains every column, code, marker and indicator.

Nothing that somebody typed goes in: of an entered figure the value leaves, its source stays."""

from collections.abc import Iterator, Mapping, Sequence

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import FIGURES, MARKERS, csv_text
from caseapp.disclosure.tables import Dimension
from caseapp.indicators.definitions import Indicator, definitions
from caseapp.indicators.released import IndicatorRow
from caseapp.release_files.words import dimension_title, node_label, table_title

INDICATOR_COLUMNS: Mapping[str, str] = {
    "number": "number of the indicator",
    "indicator": "what the indicator says",
    "period": "the months that are counted",
    "value": "the value, worked out from released figures alone, or entered",
    "low": "the value is not below this, given the rounding",
    "high": "the value is not above this, given the rounding",
    "baseline": "what the strategy says of the time before it",
    "direction": "better, worse or same against the baseline, or not yet known",
    "marker": "why there is no value",
    "kind": "own: from cases; entered: from the police or others; derived: from other rows",
    "part": "which part of the indicator, the same in every edition",
    "unit": "what the value is measured in",
    "change": "by how much the value differs from what it is compared with",
    "change_low": "the change is not below this, given the rounding",
    "change_high": "the change is not above this, given the rounding",
    "compared_with": "strategy: the baseline of the strategy; else the month of the edition",
}
DICTIONARY_COLUMNS: Mapping[str, str] = {
    "file": "the file of this folder",
    "column": "the column of the file",
    "code": "what stands in the column",
    "meaning": "what it means",
    "numerator": "of an indicator: what is counted",
    "denominator": "of an indicator: what it is a part of",
    "source": "of an indicator: who counts it",
    "paragraph": "of an indicator: the paragraph of the strategy that it comes from",
    "wanted": "of an indicator: whether more or less of it is better, or neither by itself",
    "note": "of an indicator: what to know about it",
}
TABLE_MEANINGS = {
    "measure": "what was counted: cases, incidents and so on",
    "value": "the count as it may be published; empty where only a marker may be shown",
    "marker": "why there is no value, or what to know about it",
    "lower": "the true count is not below this",
    "upper": "the true count is not above this",
}
Line = Sequence[object]


def indicators_csv(rows: Sequence[IndicatorRow]) -> bytes:
    return csv_text(INDICATOR_COLUMNS, (_indicator(row) for row in rows)).encode()


def _indicator(row: IndicatorRow) -> Line:
    change = row.travel.change
    ratio = row.ratio
    return (
        row.number, row.indicator, row.period, ratio.value, ratio.low, ratio.high, row.baseline,
        row.direction, ratio.marker, row.kind, row.part, row.unit, change.value, change.low,
        change.high, row.travel.compared_with,
    )  # fmt: skip


def dictionary_csv(edition: Edition) -> bytes:
    """Each file, column, code, marker and indicator in words."""
    lines = (_filled(line) for line in _lines(edition))
    return csv_text(DICTIONARY_COLUMNS, lines).encode()


def _filled(line: Line) -> Line:
    return (*line, *("" for _ in range(len(DICTIONARY_COLUMNS) - len(line))))


def _lines(edition: Edition) -> Iterator[Line]:
    for table in edition.tables:
        yield f"tables/{table.name}.csv", "", "", table_title(table)
    for dimension in _dimensions(edition):
        yield "tables", dimension.name, "", dimension_title(dimension.name)
        for node in dimension.nodes:
            yield "tables", dimension.name, node, node_label(dimension, node)
    yield from (("tables", column, "", TABLE_MEANINGS[column]) for column in FIGURES)
    for file, columns in (
        ("indicators.csv", INDICATOR_COLUMNS),
        ("dictionary.csv", DICTIONARY_COLUMNS),
    ):
        yield from ((file, column, "", meaning) for column, meaning in columns.items())
    yield from (("", "marker", marker, meaning) for marker, meaning in MARKERS.items())
    yield from (_definition(each) for each in definitions().indicators)
    yield "indicators.csv", "baseline", "", f"Source: {definitions().source}"


def _dimensions(edition: Edition) -> list[Dimension]:
    """Each once, with the nodes of all tables that it is in: some show its groups alone."""
    found: dict[str, Dimension] = {}
    for table in edition.tables:
        for each in table.dimensions:
            known = found.get(each.name, each)
            nodes = dict.fromkeys((*known.nodes[1:], *each.nodes[1:]))
            found[each.name] = Dimension(each.name, tuple(nodes))
    return list(found.values())


def _definition(each: Indicator) -> Line:
    return (
        "indicators.csv", "number", str(each.number), each.definition, each.numerator,
        each.denominator, each.source, each.paragraph, each.wanted, each.note,
    )  # fmt: skip
