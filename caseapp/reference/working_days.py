"""Working days in England: Monday to Friday, without the bank holidays."""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5


def working_day_after(day: date, count: int) -> date:
    """The working day that is `count` (1 or more) working days after a day of any kind."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Those of England, with the days that stand in for one at a weekend."""
    from holidays import country_holidays  # here, since it is slow to load and seldom asked

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
