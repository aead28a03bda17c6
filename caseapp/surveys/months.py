"""Months, which are the finest time that surveys know."""

from datetime import date

VALID_MONTHS = 3  # a code given in May is good until the end of July


def first_of(day: date, later: int = 0) -> date:
    """The first of the month of a day, some months later or earlier."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def month_of(day: date, later: int = 0) -> str:
    """The month as YYYY-MM."""
    return first_of(day, later).isoformat()[:7]
