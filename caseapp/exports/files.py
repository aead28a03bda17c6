"""The files of one release: name inside the folder → bytes. The same edition gives the same."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import render_template

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import FIGURES, MARKERS, csv_text
from caseapp.disclosure.tables import Dimension
from caseapp.exports.words import dimension_title, month_words, node_label, table_title
from caseapp.exports.workbook import workbook
from caseapp.indicators.definitions import definitions
from caseapp.indicators.released import IndicatorRow, indicator_rows

INDICATOR_COLUMNS = (
    "number", "indicator", "period", "value", "low", "high", "baseline", "direction", "marker",
    "kind",
)  # fmt: skip
MEANINGS = {
    "measure": "what was counted: cases or incidents",
    "value": "the count, rounded to a multiple of 5; empty where only a marker may be shown",
    "marker": "why there is no value, or what to know about it",
    "lower": "the true count is not below this",
    "upper": "the true count is not above this",
    "number": "number of the indicator",
    "indicator": "what the indicator says",
    "period": "the months that are counted",
    "low": "the value is not below this, given the rounding",
    "high": "the value is not above this, given the rounding",
    "baseline": "what the strategy says of the time before it",
    "direction": "better, worse or same against a baseline in numbers, or not yet known",
    "kind": "own: from cases; entered: from the police or others; derived: from other indicators",
}


def release_files(edition: Edition) -> dict[str, bytes]:
    """Every file of the folder by its path in it."""
    indicators = indicator_rows(edition)
    certificate = dict(edition.certificate)
    files = dict(_table_files(edition))
    files["release.ods"] = workbook(edition, indicators, finding(certificate))
    files["indicators.csv"] = _indicators(indicators)
    files["certificate.json"] = _json(certificate)
    files["certificate.html"] = certificate_page(certificate).encode()
    files["dictionary.csv"] = _dictionary(edition)
    return files


def certificate_page(certificate: Mapping[str, Any]) -> str:
    """The certificate as a page that needs nothing beside itself."""
    return render_template(
        "exports/certificate.html",
        certificate=certificate,
        month=month_words(certificate["edition"]),
        finding=finding(certificate),
    )


def finding(certificate: Mapping[str, Any]) -> str:
    """What was found, in one sentence."""
    counts = certificate["counts_that_could_be_small"]
    flows = certificate["flows_that_could_be_small"]
    return (
        f"Before release, {counts['tested']:,} figures and {flows['tested']:,} changes from month "
        "to month that could stand for 1 to 4 were attacked: "
        f"{counts['exact'] + flows['exact'] or 'none'} could be worked out, and "
        f"{counts['narrow'] + flows['narrow'] or 'none'} could be narrowed to fewer than four "
        "possibilities."
    )


def _table_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    for file in edition.files():
        yield f"tables/{file.name}.csv", file.csv.encode()
        yield f"tables/{file.name}.csv-metadata.json", _json(file.metadata)


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"


def _indicators(rows: list[IndicatorRow]) -> bytes:
    lines = (
        (
            row.number,
            row.indicator,
            row.period,
            row.ratio.value,
            row.ratio.low,
            row.ratio.high,
            row.baseline,
            row.direction,
            row.ratio.marker,
            row.kind,
        )
        for row in rows
    )
    return csv_text(INDICATOR_COLUMNS, lines).encode()


def _dictionary(edition: Edition) -> bytes:
    """Each column, each code and each marker in words."""
    rows: list[tuple[str, str, str, str]] = []
    dimensions: dict[str, Dimension] = {}
    for table in edition.tables:
        rows.append((f"tables/{table.name}.csv", "", "", table_title(table.name)))
        dimensions |= {dimension.name: dimension for dimension in table.dimensions}
    for dimension in dimensions.values():
        rows.append(("tables", dimension.name, "", dimension_title(dimension.name)))
        labels = ((node, node_label(dimension, node)) for node in dimension.nodes)
        rows += [("tables", dimension.name, node, label) for node, label in labels]
    rows += [("tables", column, "", MEANINGS[column]) for column in FIGURES]
    rows += [("indicators.csv", column, "", MEANINGS[column]) for column in INDICATOR_COLUMNS]
    rows += [("", "marker", marker, meaning) for marker, meaning in MARKERS.items()]
    known = definitions()
    rows.append(("indicators.csv", "baseline", "", f"Source: {known.source}"))
    rows.append(("indicators.csv", "value", "", f"Rates: {known.population['source']}"))
    return csv_text(("file", "column", "code", "meaning"), rows).encode()
