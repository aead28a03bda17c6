"""The definitions of the 36 indicators: data, read and checked once per process."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from caseapp.indicators.dimensions import dimension, label

Fixed = Mapping[str, str]  # dimension → category; what is left out is the margin
Wanted = Literal["up", "down", "neither", ""]
Unit = Literal["%", "per 1,000", "ratio", "points", "rank", "count"]


class Shown(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="how"):
    """One row of an indicator. `name` tells it from the others in every edition.

    `against`: the baseline in numbers. `judged = false`: the baseline counts something else than
    we do, so no direction is said against it. `wanted`: where it differs from the indicator's.
    """

    title: str
    name: str = "own"
    against: float | None = None
    judged: bool = True
    wanted: Wanted = ""
    known_as: Literal["", "above"] = ""  # the baseline is only known to lie above `against`

    kind = "own"
    unit: Unit = "%"
    growing = False  # through the year, from nothing in April


class _OfCells(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Published cells. `of`: their population; `each`: a row for each category of a dimension."""

    part: tuple[Fixed, ...]
    of: str = "cases"
    each: str = ""
    twelve_months: bool = False


class Count(_OfCells, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="count"):
    """The cells of `part` added up. `twelve_months`: counted back over the new year in April."""

    unit: Unit = "count"

    @property
    def growing(self) -> bool:  # type: ignore[override]
        return not self.twelve_months


class Share(_OfCells, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="share"):
    """Of the cells of `whole` the percentage that is in `part`. `each` fixes both of them, or
    `part` alone where `whole_for_each` is false."""

    whole: tuple[Fixed, ...]
    whole_for_each: bool = True


class Rate(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="rate"):
    """Cases per 1,000 residents, a row for each ethnic group; those in `beside` are not counted
    among residents and have their number of cases instead. `by_group`: baselines in numbers."""

    part: Fixed
    group: str = ""
    beside: tuple[str, ...] = ("unknown",)
    by_group: Mapping[str, float] = {}
    judged: bool = False
    unit: Unit = "per 1,000"

    kind = "own + entered"
    growing = True


class Disproportion(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="ratio"):
    """The rate of an ethnic group divided by the rate of `other`, a row for each of `groups`."""

    part: Fixed
    groups: tuple[str, ...] = ()
    group: str = ""
    other: str = "white"
    unit: Unit = "ratio"

    kind = "own + entered"


class Entered(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="entered"):
    """A figure that others counted, by its code."""

    code: str
    name: str = "entered"
    unit: Unit = "count"

    kind = "entered"


class EnteredShare(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="of_entered"):
    """Of one figure that others counted the percentage that another is."""

    part: str
    whole: str
    name: str = "entered"

    kind = "entered"


class Gap(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="gap"):
    """By how many points one percentage of the indicator is above another, by their names."""

    of_row: str
    less_row: str
    name: str = "gap"
    unit: Unit = "points"

    kind = "derived"


class Actions(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="actions"):
    """How many actions of the action plan stand so."""

    standing: Literal["on_track", "complete", "overdue", "delayed", "not_started"]
    unit: Unit = "count"


class Directions(Shown, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="directions"):
    """How many indicators went this way."""

    direction: str
    unit: Unit = "count"

    kind = "derived"


Row = Count | Share | Rate | Disproportion | Entered | EnteredShare | Gap | Actions | Directions


class Indicator(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One indicator of the strategy, in words and in rows. The first row that has a value stands
    for it. `why`: why more or less of it is wanted."""

    number: int
    paragraph: str
    title: str
    definition: str
    numerator: str
    denominator: str
    kind: Literal["own", "entered", "own + entered", "derived"]
    source: str
    baseline: str
    wanted: Wanted
    why: str
    note: str = ""
    rows: tuple[Row, ...]

    def spread(self) -> Iterator[Row]:
        """Every row, those for each category or group one by one."""
        for row in self.rows:
            yield from _spread(row)


class Definitions(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, and the document that they come from."""

    source: str
    indicators: tuple[Indicator, ...]


@cache
def definitions() -> Definitions:
    """The definitions that come with the program."""
    text = files("caseapp.indicators").joinpath("definitions.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=Definitions)


def _spread(row: Row) -> Iterator[Row]:
    if isinstance(row, Rate):
        yield from _by_group(row)
    elif isinstance(row, Disproportion):
        for group in row.groups:
            yield replace(
                row,
                group=group,
                title=_titled(row, "ethnicity", group),
                name=f"{row.name}_{group}",
                against=row.against if group == row.groups[0] else None,
            )
    elif isinstance(row, Count | Share) and row.each:
        yield from (_fixed(row, row.each, code) for code in dimension(row.each).categories)
    else:
        yield row


def _by_group(row: Rate) -> Iterator[Row]:
    for code in dimension("ethnicity").categories:
        title, name = _titled(row, "ethnicity", code), f"{row.name}_{code}"
        if code in row.beside:
            part = {**row.part, "ethnicity": code}
            yield Count(title=f"{title}, cases", name=name, part=(part,), wanted="down")
        else:
            baseline = row.by_group.get(code)
            yield replace(row, group=code, title=title, name=name, against=baseline)


def _fixed(row: Count | Share, name: str, code: str) -> Row:
    """The row of one category."""
    part = tuple({**cell, name: code} for cell in row.part)
    own = replace(
        row, part=part, each="", title=_titled(row, name, code), name=f"{row.name}_{code}"
    )
    if isinstance(own, Share) and own.whole_for_each:
        return replace(own, whole=tuple({**cell, name: code} for cell in own.whole))
    return own


def _titled(row: Shown, name: str, code: str) -> str:
    return f"{row.title}: {label(name, code)}"
