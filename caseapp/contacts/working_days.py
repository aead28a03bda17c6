"""Working days in England: Monday to Friday, without the bank holidays."""

from datetime import date, timedelta
from functools import cache

from caseapp.reference import code_list

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


def first_contact_by(service: str, opened_on: date) -> date | None:
    """The last day for the first contact in a case; None where its service has no limit."""
    limit = code_list("first_contact_limit").by_code.get(service)
    if limit is None or limit.retired:
        return None
    return working_day_after(opened_on, int(limit.attributes["working_days"]))
