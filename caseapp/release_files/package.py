"""What describes the files to programs: CSV on the Web for each table of ours that has none, and
a Frictionless package over all of them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import MARKERS
from caseapp.disclosure.tables import Table
from caseapp.release_files.indicator_files import DICTIONARY_COLUMNS, INDICATOR_COLUMNS
from caseapp.release_files.words import dimension_title, month_words, table_title

Described = dict[str, Any]
NUMBERS = {"value", "low", "high", "change", "change_low", "change_high"}
DIRECTIONS = ["better", "worse", "same", "not yet known"]
KINDS = ["own", "entered", "own + entered", "derived"]
NEEDED = {"number", "indicator", "period", "direction", "kind", "meaning"}


def csvw_metadata(name: str, columns: Mapping[str, str]) -> Described:
    """CSV on the Web for indicators.csv and dictionary.csv."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": [_csvw_column(each, columns[each]) for each in columns]},
    }


def _csvw_column(name: str, meaning: str) -> Described:
    column = {"name": name, "titles": name, "datatype": _type(name), "dc:description": meaning}
    return {**column, "required": True} if name in NEEDED else column


def package(edition: Edition, files: Mapping[str, bytes]) -> Described:
    """The content of datapackage.json, with the size and the hash of every table in it."""
    resources = [
        *(_table(table) for table in edition.tables),
        _flat("indicators.csv", "The indicators of the strategy", INDICATOR_COLUMNS),
        _flat("dictionary.csv", "What every column, code and indicator means", DICTIONARY_COLUMNS),
    ]
    return {
        "name": f"serious-violence-figures-{edition.period}",
        "title": f"Monthly figures: {month_words(edition.period)}",
        "profile": "tabular-data-package",
        "resources": [each | _proof(files[each["path"]]) for each in resources],
    }


def _proof(content: bytes) -> Described:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _resource(path: str, title: str, fields: Sequence[Described], **schema: Any) -> Described:
    return {
        "name": path.rpartition("/")[2].removesuffix(".csv").replace("_", "-"),
        "title": title,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": list(fields), "missingValues": [""], **schema},
    }


def _table(table: Table) -> Described:
    names = [dimension.name for dimension in table.dimensions]
    fields = [
        *(
            _field(each.name, dimension_title(each.name), required=True, enum=list(each.nodes))
            for each in table.dimensions
        ),
        _field("measure", "What was counted", required=True, enum=[table.population]),
        _field("value", "The count as published", "integer", minimum=0),
        _field("marker", "Why there is no value, or what to know", enum=list(MARKERS)),
        _field("lower", "Least true count", "integer", required=True, minimum=0),
        _field("upper", "Greatest true count", "integer", required=True, minimum=0),
    ]
    return _resource(
        f"tables/{table.name}.csv",
        table_title(table),
        fields,
        primaryKey=[*names, "measure"],
        foreignKeys=[_explained(name) for name in names],
    )


def _explained(column: str) -> Described:
    """Each code of the column is in the dictionary."""
    return {"fields": column, "reference": {"resource": "dictionary", "fields": "code"}}


def _flat(path: str, title: str, columns: Mapping[str, str]) -> Described:
    return _resource(path, title, list(_flat_fields(columns)))


def _flat_fields(columns: Mapping[str, str]) -> Iterator[Described]:
    rules: Mapping[str, Described] = {
        "number": {"minimum": 1, "maximum": 36},
        "direction": {"enum": DIRECTIONS},
        "kind": {"enum": KINDS},
    }
    for name, meaning in columns.items():
        needed = {"required": True} if name in NEEDED else {}
        yield _field(name, meaning, _type(name), **needed, **rules.get(name, {}))


def _type(name: str) -> str:
    return "integer" if name == "number" else "number" if name in NUMBERS else "string"


def _field(name: str, title: str, kind: str = "string", **constraints: Any) -> Described:
    field = {"name": name, "title": title, "type": kind}
    return {**field, "constraints": constraints} if constraints else field
