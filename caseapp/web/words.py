"""Dates, times and numbers in words, as every page and message shows them."""

from datetime import date, datetime, time

from caseapp.clock import LOCAL, today


def long_date(day: date) -> str:
    """5 March 2026. A moment is first brought to London's time."""
    return f"{_local(day).day} {_local(day):%B %Y}"


def short_date(day: date) -> str:
    """5 Mar 2026."""
    return f"{_local(day).day} {_local(day):%b %Y}"


def time_of_day(moment: time | datetime) -> str:
    """2:05pm; midday and midnight in words."""
    at = moment.astimezone(LOCAL).time() if isinstance(moment, datetime) else moment
    if at.minute == 0 and at.hour in {0, 12}:
        return "midday" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}:{at.minute:02}{'pm' if at.hour >= 12 else 'am'}"


def long_moment(moment: datetime) -> str:
    """5 March 2026 at 2:05pm, London time."""
    return f"{long_date(moment)} at {time_of_day(moment)}"


def age_on(born: date, on: date) -> int:
    """Whole years lived. Somebody born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age(born: date, on: date | None = None) -> int:
    """Whole years lived, today or on a day."""
    return age_on(born, on or today())


def number(value: int | float) -> str:
    """12,345; a fraction keeps one decimal place."""
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"


def _local(day: date) -> date:
    return day.astimezone(LOCAL) if isinstance(day, datetime) else day
