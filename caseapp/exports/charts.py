"""What a release shows at a glance, drawn from its own released files."""

import csv
import io
from collections.abc import Mapping

from caseapp.disclosure.tables import ALL
from caseapp.reference import label_of

Bar = tuple[str, int, str]  # label, released value, the value with its range in words


def cases_by_theme(files: Mapping[str, bytes]) -> list[Bar]:
    """A bar a theme. They may add up to more than all cases: one case can have several."""
    table = files.get("tables/theme_by_sex.csv", b"").decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(table))
    return [_bar(row) for row in rows if row["sex"] == ALL and row["theme"] != ALL]


def _bar(row: Mapping[str, str]) -> Bar:
    shown = f"{row['value']} (from {row['lower']} to {row['upper']})"
    return label_of("theme", row["theme"]), int(row["value"]), shown
