"""The usual rule, suppress under 5, kept here only to show beside ours what it gives away."""

from __future__ import annotations

from collections.abc import Sequence

from caseapp.disclosure.long_form import Figure, ReleasedTable, TableFile, table_file
from caseapp.disclosure.tables import Table


def suppressed(tables: Sequence[Table], under: int) -> list[TableFile]:
    """Each count from 1 to `under` − 1 hidden, all others exact."""
    return [
        table_file(
            ReleasedTable(table, tuple(_hide(n, under) for n in table.with_margins().values()))
        )
        for table in tables
    ]


def _hide(count: int, under: int) -> Figure:
    if 0 < count < under:
        return Figure(None, "c", 1, under - 1)
    return Figure(count, "", count, count)
