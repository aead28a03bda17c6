"""Reads released tables: release folders, or the same texts as one JSON document."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

ALL = "all"
_FIGURES = ("measure", "value", "marker", "lower", "upper")

Key = tuple[str, ...]


class Unreadable(ValueError):
    """The folder or file is not a release in the long form; the message is one plain line."""


@dataclass(frozen=True)
class Cut:
    """One dimension as its metadata describes it."""

    name: str
    categories: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    additive: bool = True
    covering: bool = True
    steady: bool = True

    @property
    def nodes(self) -> tuple[str, ...]:
        return (ALL, *self.groups, *self.categories)


@dataclass(frozen=True)
class PublishedTable:
    """What one table says: for each key the least and the greatest true count, the keys that
    are marked as impossible, and the figures as they were published."""

    name: str
    measure: str
    within: str
    cuts: tuple[Cut, ...]
    bounds: Mapping[Key, tuple[float, float]]
    impossible: frozenset[Key] = frozenset()
    values: Mapping[Key, float] = field(default_factory=dict)


@dataclass(frozen=True)
class PublishedEdition:
    """All tables of one release; editions with the same `since` are one growing series."""

    name: str
    since: str
    tables: tuple[PublishedTable, ...]


def read_folders(folders: Sequence[Path]) -> list[PublishedEdition]:
    """The editions in some release folders, in order of their names. Raises `Unreadable`."""
    return [read_edition(_texts(folder)) for folder in sorted(folders, key=lambda each: each.name)]


def read_edition(document: Mapping[str, Any]) -> PublishedEdition:
    """One edition from `{"name", "since", "width", "tables": [{"name", "csv", "metadata"}]}`."""
    name = str(document["name"])
    tables = tuple(
        table
        for each in document["tables"]
        for table in _tables(each["name"], each["csv"], each.get("metadata"), document)
    )
    if not tables:
        raise Unreadable(f"{name} holds no table in the long form.")
    return PublishedEdition(name, document.get("since") or _series(name), tables)


def _texts(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise Unreadable(f"{folder} is not a release folder.")
    inner = folder / "tables"
    files = sorted((inner if inner.is_dir() else folder).glob("*.csv"))
    certificate = _json(folder / "certificate.json") or {}
    return {
        "name": certificate.get("edition") or folder.name,
        "since": certificate.get("since"),
        "width": certificate.get("width"),
        "tables": [
            {
                "name": file.stem,
                "csv": file.read_text(encoding="utf-8-sig"),
                "metadata": _json(file.with_name(file.name + "-metadata.json")),
            }
            for file in files
        ],
    }


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except ValueError as problem:
        raise Unreadable(f"{path.name} is not JSON.") from problem


def _tables(
    name: str, text: str, metadata: Mapping[str, Any] | None, edition: Mapping[str, Any]
) -> Iterator[PublishedTable]:
    """The tables in one file: one for each measure."""
    reader = csv.DictReader(io.StringIO(text))
    header = [column for column in reader.fieldnames or () if column not in _FIGURES]
    if "value" not in (reader.fieldnames or ()):
        return
    notes = (metadata or {}).get("notes", [])
    by_measure: dict[str, dict[Key, tuple[float, float]]] = {}
    impossible: set[Key] = set()
    values: dict[str, dict[Key, float]] = {}
    for number, row in enumerate(reader, start=2):
        key = tuple(row[column] or ALL for column in header)
        try:
            bounds = _bounds(row, edition.get("width"))
        except (ValueError, TypeError) as problem:
            raise Unreadable(f"Line {number} of table {name} is not a count.") from problem
        by_measure.setdefault(row.get("measure") or "cases", {})[key] = bounds
        if row["value"]:
            values.setdefault(row.get("measure") or "cases", {})[key] = float(row["value"])
        if row.get("marker") == "z":
            impossible.add(key)
    for measure, rows in by_measure.items():
        within = next((str(n["within"]) for n in notes if n.get("measure") == measure), "")
        cuts = tuple(_cut(column, at, rows, notes) for at, column in enumerate(header))
        shown = values.get(measure, {})
        yield PublishedTable(name, measure, within, cuts, rows, frozenset(impossible), shown)


def _bounds(row: Mapping[str, str], width: float | None) -> tuple[float, float]:
    """What a row says: its own bounds; else its value, give or take the stated width."""
    if row.get("lower") or row.get("upper"):
        return float(row.get("lower") or 0), float(row.get("upper") or inf)
    if not row["value"]:
        return 0.0, 0.0 if row.get("marker") == "z" else inf
    value, width = float(row["value"]), float(width or 0)
    return max(0.0, value - width), value + width


def _cut(name: str, at: int, rows: Mapping[Key, object], notes: Sequence[Mapping[str, Any]]) -> Cut:
    for note in notes:
        if note.get("dimension") == name:
            groups = {code: tuple(members) for code, members in note["groups"].items()}
            logic = {word: bool(note[word]) for word in ("additive", "covering", "steady")}
            return Cut(name, tuple(note["categories"]), groups, **logic)
    seen = dict.fromkeys(key[at] for key in rows)
    return Cut(name, tuple(node for node in seen if node != ALL), {})


def _series(name: str) -> str:
    """A folder named after a month belongs to the series that began in April before it."""
    month = re.fullmatch(r"(\d{4})-(\d{2})", name)
    if not month:
        return name
    year = int(month[1]) - (1 if int(month[2]) < 4 else 0)
    return f"{year}-04"
