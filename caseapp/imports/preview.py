"""A look at the first rows, before any of them is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from caseapp.imports.columns import BY_CODE
from caseapp.imports.kept_rows import read_rows
from caseapp.imports.models import CaseImport
from caseapp.imports.rows import Context, FaultyRow, read_row
from caseapp.imports.rules import Row
from caseapp.imports.taking import cells_of

SHOWN, LOOKED_AT = 10, 500


@dataclass(frozen=True)
class Seen:
    """What a manager sees before they begin."""

    labels: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...]  # line, cells, problems
    faulty: tuple[tuple[int, tuple[str, ...]], ...]  # line, problems
    looked_at: int


def look_ahead(imported: CaseImport, context: Context) -> Seen:
    """Reads the first rows as the import will, and asks nothing of the database. Raises
    CannotOpen."""
    meanings = imported.body.meanings
    rows = list(islice(read_rows(imported.head), LOOKED_AT))
    problems = [_problems(meanings, row, context) for row in rows]
    faulty = [(row[0], why) for row, why in zip(rows, problems, strict=True) if why]
    kept = [place for place, code in enumerate(meanings) if code]
    shown = [(line, tuple(_cell(cells, place) for place in kept)) for line, cells in rows[:SHOWN]]
    return Seen(
        labels=tuple(BY_CODE[code].label for code in meanings if code),
        rows=tuple((*row, why) for row, why in zip(shown, problems, strict=False)),
        faulty=tuple(faulty[:SHOWN]),
        looked_at=len(rows),
    )


def _problems(meanings: Sequence[str], row: Row, context: Context) -> tuple[str, ...]:
    try:
        read_row(cells_of(meanings, row), context)
    except FaultyRow as wrong:
        return wrong.problems
    return ()


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
