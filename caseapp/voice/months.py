"""Months that somebody can choose, and their words."""

from calendar import month_name

from caseapp.clock import today

YEARS = 3


def month_words(month: str) -> str:
    """May 2026 for 2026-05."""
    return f"{month_name[int(month[5:7])]} {month[:4]}"


def months_words(since: str, until: str) -> str:
    first, last = month_words(since), month_words(until)
    return first if since == until else f"{first} to {last}"


def recent_months() -> list[tuple[str, str]]:
    """(YYYY-MM, words) of the last years, the newest first."""
    newest = today().year * 12 + today().month - 1
    months = (divmod(newest - ago, 12) for ago in range(12 * YEARS))
    codes = [f"{year}-{month + 1:02}" for year, month in months]
    return [(code, month_words(code)) for code in codes]
