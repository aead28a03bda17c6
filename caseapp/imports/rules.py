"""What a spreadsheet may be, and how a refusal is told."""

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 100
MOST_LETTERS = 200_000_000  # of all rows: a workbook may name one long text in every cell

Cells = tuple[str, ...]
Row = tuple[int, Cells]  # its line, as the spreadsheet counts, and its texts


class SheetProblem(Exception):
    """Why the file cannot be read, in one plain line."""
