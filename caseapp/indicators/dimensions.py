"""The ways of cutting a count: data, joined to the code lists in force."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from caseapp.disclosure.tables import Dimension, Group
from caseapp.reference import CodeList, code_list


class Cut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of cutting a population; `dimensions.toml` says what the fields mean."""

    name: str
    title: str
    list: str = ""
    by_group: bool = False
    ungrouped: bool = False
    without: tuple[str, ...] = ()
    groups_by: str = ""
    overlapping: bool = False
    covering: bool = True
    steady: bool = True
    more: Mapping[str, str] = {}


class _Cuts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    dimensions: tuple[Cut, ...]


@cache
def cuts() -> Mapping[str, Cut]:
    """Every way of cutting by its name."""
    text = files("caseapp.indicators").joinpath("dimensions.toml").read_text(encoding="utf-8")
    return {cut.name: cut for cut in msgspec.toml.decode(text, type=_Cuts).dimensions}


def dimension(name: str, grouped: bool = False) -> Dimension:
    """The dimension with the codes of today, retired ones too: records keep them.

    `grouped`: its groups take the place of their members; they stay the same cells.
    """
    cut = cuts()[name]
    codes = _codes(cut)
    groups = () if cut.by_group else tuple(each for each in _groups(cut) if len(each[1]) > 1)
    if grouped:
        inside = {member for _, members in groups for member in members}
        codes, groups = (*(code for code, _ in groups), *(c for c in codes if c not in inside)), ()
    return Dimension(name, codes, groups, not cut.overlapping, cut.covering, cut.steady)


def category(name: str, code: str) -> str:
    """The category that a code of a record falls into."""
    cut = cuts()[name]
    if cut.by_group and code not in cut.more:
        return code_list(cut.list).by_code[code].group or ""
    return code


def label(name: str, node: str) -> str:
    """The words for a category or a group."""
    cut = cuts()[name]
    if node in cut.more:
        return cut.more[node]
    if cut.groups_by and node in _GROUPS_BY:
        return _GROUPS_BY[node]
    known = code_list(cut.list)
    return known.by_code[node].label if node in known.by_code else known.groups[node]


_GROUPS_BY = {"priority_wards": "Priority wards", "other_wards": "Other wards of the borough"}


def _codes(cut: Cut) -> tuple[str, ...]:
    if not cut.list:
        return tuple(cut.more)
    known = code_list(cut.list)
    own = known.groups if cut.by_group else (entry.code for entry in known.entries)
    return tuple(code for code in dict.fromkeys((*own, *cut.more)) if code not in cut.without)


def _groups(cut: Cut) -> Iterable[Group]:
    if not cut.list or cut.ungrouped:
        return ()
    known = code_list(cut.list)
    return _priority_groups(known) if cut.groups_by else _groups_of(known)


def _groups_of(known: CodeList) -> Iterable[Group]:
    for group in known.groups:
        yield group, tuple(each.code for each in known.entries if each.group == group)


def _priority_groups(known: CodeList) -> Iterable[Group]:
    wards = [entry for entry in known.entries if entry.group == "borough"]
    first = tuple(each.code for each in wards if each.attributes.get("priority") == "yes")
    yield "priority_wards", first
    yield "other_wards", tuple(each.code for each in wards if each.code not in first)
