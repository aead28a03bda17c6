"""Months and financial years, as the partnership counts them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTH_SHAPE = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
APRIL = 4


class UnknownMonth(ValueError):
    """Not a month that can be counted; the message is one plain line."""


@dataclass(frozen=True)
class Period:
    """From the first of April to the end of a month: figures are cumulative."""

    since: date
    until: date

    @property
    def month(self) -> str:
        return self.until.strftime("%Y-%m")

    @property
    def months(self) -> tuple[str, str]:
        """The first and the last month that are counted, as cases hold them."""
        return self.since.strftime("%Y-%m"), self.month

    @property
    def year(self) -> str:
        """The financial year, such as 2026-27."""
        return year_of(self.month)


def year_of(month: str) -> str:
    """The financial year of a month such as 2026-05: 2026-27."""
    first = int(month[:4]) - (int(month[5:7]) < APRIL)
    return f"{first}-{(first + 1) % 100:02}"


def period_until(month: str, today: date) -> Period:
    """The period that ends with a month such as 2026-10. Raises UnknownMonth."""
    shape = MONTH_SHAPE.fullmatch(month)
    if shape is None:
        raise UnknownMonth("Give the month as a year and a month, such as 2026-10")
    year, number = int(shape[1]), int(shape[2])
    last = (date(year, number, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if last >= today:
        raise UnknownMonth(f"{month} is not over yet: its figures can be released after {last}")
    return Period(date(year if number >= APRIL else year - 1, APRIL, 1), last)


def months_beside(month: str) -> tuple[str, ...]:
    """The earlier months that the indicators of a month look at, newest first: the month before
    in the same financial year, the last March, and the same month of the year before."""
    year, number = int(month[:4]), int(month[5:])
    before = () if number == APRIL else (_month(year, number - 1),)
    march = _month(year if number >= APRIL else year - 1, APRIL - 1)
    return tuple(dict.fromkeys((*before, march, _month(year - 1, number))))


def _month(year: int, number: int) -> str:
    return f"{year:04}-{number:02}" if number else f"{year - 1:04}-12"


def last_period(today: date) -> Period:
    """The period that ends with the last month that is over."""
    before = today.replace(day=1) - timedelta(days=1)
    return period_until(before.strftime("%Y-%m"), today)
