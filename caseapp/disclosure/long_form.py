"""The table format: one row a cell, markers out of the numeric column, and its CSVW metadata.

The attacker reads these texts and nothing else, so what is attacked is what is released.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caseapp.disclosure.tables import Dimension, Table

FIGURES = ("measure", "value", "marker", "lower", "upper")
MARKERS = {
    "low": "a rounded zero: the true count is from 0 to the upper bound",
    "z": "not applicable: cannot occur",
    "x": "not collected, or not yet published",
    "u": "unreliable: too few for a percentage or a rate",
    "c": "suppressed",
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Figure:
    """What is published of one count: a value or a marker alone, and the bounds of the truth."""

    value: int | None
    marker: str
    lower: int
    upper: int


@dataclass(frozen=True)
class ReleasedTable:
    """One table as it leaves: `figures` follow the table's own order of keys."""

    table: Table
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class TableFile:
    """The texts of one released table."""

    name: str
    csv: str
    metadata: Mapping[str, Any]


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def csv_text(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV with formulas neutralised; `None` is an empty field and numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(name) for name in header])
    for row in rows:
        writer.writerow([neutral(each) if isinstance(each, str) else each for each in row])
    return out.getvalue()


def table_file(released: ReleasedTable) -> TableFile:
    """The long form of one released table, and its metadata after CSV on the Web."""
    table = released.table
    names = [dimension.name for dimension in table.dimensions]
    rows = (
        (*key, table.population, figure.value, figure.marker, figure.lower, figure.upper)
        for key, figure in zip(table.published(), released.figures, strict=True)
    )
    return TableFile(table.name, csv_text([*names, *FIGURES], rows), _metadata(table))


def _metadata(table: Table) -> dict[str, Any]:
    names = [dimension.name for dimension in table.dimensions]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{table.name}.csv",
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {
            "primaryKey": [*names, "measure"],
            "columns": [
                *(_column(name, "string", required=True) for name in names),
                _column("measure", "string", required=True),
                _column("value", "integer"),
                _column("marker", {"base": "string", "format": "|".join(MARKERS)}),
                _column("lower", {"base": "integer", "minimum": "0"}, required=True),
                _column("upper", {"base": "integer", "minimum": "0"}, required=True),
            ],
        },
        "notes": [_note(dimension) for dimension in table.dimensions]
        + [{"measure": table.population, "within": table.within or ""}],
    }


def _column(name: str, datatype: object, required: bool = False) -> dict[str, Any]:
    titles = {"name": name, "titles": name, "datatype": datatype}
    return {**titles, "required": True} if required else titles


def _note(dimension: Dimension) -> dict[str, Any]:
    """How a dimension adds up: public logic, that a reader and an attacker both know."""
    return {
        "dimension": dimension.name,
        "categories": list(dimension.categories),
        "groups": {code: list(members) for code, members in dimension.groups},
        "additive": dimension.additive,
        "covering": dimension.covering,
        "steady": dimension.steady,
    }
