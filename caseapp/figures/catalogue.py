"""What can be entered, and the people of the borough as the census counted them: data."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

EVERYBODY = "all"
MOST = 10_000_000
Shape = TypeVar("Shape")


class FigureSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure of a financial year. `from_whom`: who counts it."""

    code: str
    indicator: int
    label: str
    from_whom: str = msgspec.field(name="from")
    unit: str
    hint: str = ""
    whole: bool = True
    least: int = 0
    most: int = MOST
    part_of: str = ""

    def words(self, value: float) -> str:
        """1,234 or -3.5, with % behind a percentage."""
        text = f"{value:,.0f}" if self.whole else f"{value:,.4f}".rstrip("0").rstrip(".")
        return f"{text}%" if self.unit == "%" else text


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Some of the people of the borough. `part`: what of everybody's it is one answer to."""

    code: str
    label: str
    people: int
    part: str = ""


class Census(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table that counts where no year was given another."""

    year: str
    source: str
    dated_on: date
    groups: tuple[Group, ...]


class _Figures(Struct, frozen=True, forbid_unknown_fields=True):
    figures: tuple[FigureSpec, ...]


@cache
def figure_specs() -> Mapping[str, FigureSpec]:
    """By code, in the order of the list."""
    return {each.code: each for each in _read("figures.toml", _Figures).figures}


@cache
def census() -> Census:
    """Census 2021 of the Royal Borough of Kensington and Chelsea."""
    return _read("populations.toml", Census)


@cache
def parts() -> Mapping[str, tuple[Group, ...]]:
    """The groups that together should be everybody, by what they are answers to."""
    found: dict[str, tuple[Group, ...]] = {}
    for group in census().groups:
        if group.part:
            found[group.part] = (*found.get(group.part, ()), group)
    return found


def _read(name: str, shape: type[Shape]) -> Shape:
    text = files("caseapp.figures").joinpath(name).read_text(encoding="utf-8")
    read: Any = msgspec.toml.decode(text, type=shape)
    return read  # type: ignore[no-any-return]
