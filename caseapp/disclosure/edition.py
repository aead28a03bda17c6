"""An edition: one solved month, with what is published of each count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseapp.disclosure.long_form import Figure, ReleasedTable, TableFile, table_file
from caseapp.disclosure.rules import ROUNDING_5, Method
from caseapp.disclosure.tables import Cell, Key, Table

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Edition:
    """One solved month of a series of growing counts.

    `period` is the month and `since` the first month counted, both YYYY-MM. `tables` hold the
    true counts and never leave; `values` are released; `widened` cells have the wider interval;
    `hidden` cells are suppressed, each with the least and the greatest count that is stated of it.
    `worlds` are what the attacker found, kept inside for the next attack and for reviewers.
    """

    period: str
    since: str
    tables: tuple[Table, ...]
    values: Mapping[Cell, int]
    widened: frozenset[Cell] = frozenset()
    certificate: Mapping[str, Any] = field(default_factory=dict)
    method: Method = ROUNDING_5
    hidden: Mapping[Cell, tuple[int, int]] = field(default_factory=dict)
    worlds: bytes = b""

    def figure(self, table: Table, key: Key) -> Figure:
        """What is published of one count."""
        if key in table.impossible:
            return Figure(None, "z", 0, 0)
        cell = table.cell(key)
        if cell in self.hidden:
            return Figure(None, "c", *self.hidden[cell])
        value = self.values[cell]
        width = self.method.widened if cell in self.widened else self.method.width
        return Figure(value, "" if value else "low", max(0, value - width), value + width)

    def files(self) -> list[TableFile]:
        """The released tables as texts, in the order of the catalogue."""
        return [
            table_file(
                ReleasedTable(table, tuple(self.figure(table, k) for k in table.published()))
            )
            for table in self.tables
        ]

    def document(self) -> Document:
        """The same texts as the attacker reads them."""
        return document(self.period, self.since, self.files())


def document(period: str, since: str, files: Sequence[TableFile]) -> Document:
    """What the attacker reads: `{"name", "since", "tables": [{"name", "csv", "metadata"}]}`."""
    tables = [{"name": f.name, "csv": f.csv, "metadata": f.metadata} for f in files]
    return {"name": period, "since": since, "tables": tables}
