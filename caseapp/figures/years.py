"""Financial years, from April to March, as 2026-27."""

import re
from datetime import date

APRIL = 4
FIRST = 2015
SHAPE = re.compile(r"(20\d\d)[-/](\d\d|20\d\d)", re.ASCII)


class NoYear(ValueError):
    """Why it is no year that figures can be of: the rest of a sentence."""


def year_of(day: date) -> str:
    """The financial year that a day is in."""
    return _named(_start_of(day))


def read_year(text: str, today: date) -> str:
    """2026-27, 2026/27 or 2026-2027 → 2026-27. Raises NoYear."""
    found = SHAPE.fullmatch(text.strip())
    start = int(found[1]) if found else 0
    if found is None or int(found[2][-2:]) != (start + 1) % 100 or found[2] not in _ends(start):
        raise NoYear("must be a financial year, like 2026-27")
    if start > _start_of(today):
        raise NoYear("must not be in the future")
    if start < FIRST:
        raise NoYear(f"must be {_named(FIRST)} or later")
    return _named(start)


def years_until(day: date) -> list[str]:
    """The newest first."""
    return [_named(start) for start in range(_start_of(day), FIRST - 1, -1)]


def _ends(start: int) -> tuple[str, str]:
    return f"{(start + 1) % 100:02}", str(start + 1)


def _start_of(day: date) -> int:
    return day.year if day.month >= APRIL else day.year - 1


def _named(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02}"
