"""The definitions of the 36 indicators: data, read and checked once per process."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

Fixed = Mapping[str, str]  # dimension → category; what is left out is the margin


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A percentage: one published cell of the sum of others. `against`: its numeric baseline."""

    part: Fixed
    whole: tuple[Fixed, ...]
    measure: str = "cases"
    against: float | None = None


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One indicator of the strategy. `rate`: cases per 1,000 residents, by ethnic group."""

    number: int
    paragraph: str
    title: str
    kind: str
    baseline: str = ""
    wanted: str = ""
    measures: tuple[Measure, ...] = ()
    rate: Fixed | None = None


class Definitions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, and the population that rates are worked out in."""

    source: str
    population: Mapping[str, int | str]
    indicators: tuple[Indicator, ...]


@cache
def definitions() -> Definitions:
    """The definitions that come with the program."""
    text = files("caseapp.indicators").joinpath("definitions.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=Definitions)
