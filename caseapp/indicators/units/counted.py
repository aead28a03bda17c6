"""One unit of a population, and small words that all of them need."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from caseapp.clock import LOCAL
from caseapp.indicators.catalogue import Unit
from caseapp.reference import UnknownCode, code_list, entry


class Counted(NamedTuple):
    """A unit, and the first day on which it counts."""

    population: str
    since: date
    unit: Unit


@cache
def one(code: str) -> frozenset[str]:
    """The one category of a unit in a dimension that adds up."""
    return frozenset((code,))


def some(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(codes)


def local_day(moment: datetime) -> date:
    """The day in the borough."""
    return moment.astimezone(LOCAL).date()


def group_of(list_name: str, code: str) -> str:
    """The group of a code; empty for a code that no edition of the list knows."""
    known = code_list(list_name).by_code.get(code)
    return (known.group or "") if known else ""


def says(list_name: str, code: str, attribute: str) -> bool:
    """Whether the entry of a code says yes to it."""
    try:
        return entry(list_name, code).attributes.get(attribute) == "yes"
    except UnknownCode:
        return False
