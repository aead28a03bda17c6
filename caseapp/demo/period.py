"""The months that are told, and days drawn from them."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple


class Period(NamedTuple):
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def period_of(months: int, end: date, today: date) -> Period:
    """So many whole months up to the month of `end`, but only up to yesterday: today is not over.

    On the first day of a period that day is all there is.
    """
    first = _months_later(end.replace(day=1), 1 - months)
    last = _months_later(end.replace(day=1), 1) - timedelta(days=1)
    return Period(first, max(first, min(last, today - timedelta(days=1))))


def months_of(period: Period) -> list[str]:
    """Each month of it as YYYY-MM, in order."""
    month, found = period.first.replace(day=1), []
    while month <= period.last:
        found.append(f"{month:%Y-%m}")
        month = _months_later(month, 1)
    return found


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from first to last, both included; first where last lies before it."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
