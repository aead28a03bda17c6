"""What a release shows at a glance, drawn from its own released files."""

import csv
import io
from collections.abc import Mapping

from caseapp.disclosure.tables import ALL
from caseapp.reference import label_of

Bar = tuple[str, int, str]  # label, released value, the value with its range in words
FIGURES = {"measure", "value", "marker", "lower", "upper"}


def cases_by_theme(files: Mapping[str, bytes]) -> list[Bar]:
    """A bar a theme. They may add up to more than all cases: one case can have several."""
    rows = _rows_of_a_table_with_themes(files)
    return [_bar(row) for row in rows if row["theme"] != ALL and _is_margin(row)]


def _rows_of_a_table_with_themes(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    """Of any table: the figures of a theme are the same in each."""
    for name in sorted(files):
        if name.startswith("tables/") and name.endswith(".csv"):
            rows = list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))
            if rows and "theme" in rows[0] and rows[0]["measure"] == "cases":
                return rows
    return []


def _is_margin(row: Mapping[str, str]) -> bool:
    return all(row[column] == ALL for column in row if column not in FIGURES | {"theme"})


def _bar(row: Mapping[str, str]) -> Bar:
    shown = f"{row['value']} (from {row['lower']} to {row['upper']})"
    return label_of("theme", row["theme"]), int(row["value"]), shown
