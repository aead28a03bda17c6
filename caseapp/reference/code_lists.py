"""What a code list is, and how one is read from its file: whole and checked, or not at all."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

# A code is stored in records for years: short, lower case, and readable on its own.
# GSS codes of wards keep their capital E.
CODE_SHAPE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*|E[0-9]{8}")


class ListProblem(ValueError):
    """A code list that cannot be used; the message is one plain line that says where and why."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a code list. A retired entry is no longer offered, but still has its label."""

    code: str
    label: str
    group: str | None = None
    attributes: Mapping[str, str] = {}
    retired: bool = False


class CodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A list with its source. Status: found in a public source, known in the field, or ours."""

    name: str
    version: int
    title: str
    source: str
    status: Literal["found", "field", "ours"]
    entries: tuple[Entry, ...]
    groups: Mapping[str, str] = {}

    @cached_property
    def by_code(self) -> Mapping[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    @property
    def active(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.retired)


def parse_list(text: str) -> CodeList:
    """Reads a list from TOML text; raises ListProblem with the line or the entry at fault."""
    try:
        made: Any = tomllib.loads(text)
        parsed = msgspec.convert(made, CodeList)
    except tomllib.TOMLDecodeError as fault:
        raise ListProblem(f"the file is not readable: {fault}") from None
    except msgspec.ValidationError as fault:
        raise ListProblem(_place_of(str(fault), text)) from None
    for number, problem in _problems(parsed):
        raise ListProblem(f"{_line_of(number, text)}{problem}")
    return parsed


def _problems(parsed: CodeList) -> Iterator[tuple[int | None, str]]:
    if not CODE_SHAPE.fullmatch(parsed.name):
        yield None, f"the name {parsed.name!r} is not a short lower-case word"
    if parsed.version < 1:
        yield None, "the version must be 1 or more"
    if not parsed.entries:
        yield None, "the list has no entries"
    seen: set[str] = set()
    for number, entry in enumerate(parsed.entries):
        yield from ((number, problem) for problem in _entry_problems(entry, seen, parsed.groups))
        seen.add(entry.code)


def _entry_problems(entry: Entry, seen: set[str], groups: Mapping[str, str]) -> Iterator[str]:
    if not CODE_SHAPE.fullmatch(entry.code):
        yield f"the code {entry.code!r} is not a short lower-case word"
    if entry.code in seen:
        yield f"the code {entry.code!r} is there twice"
    if not entry.label.strip():
        yield f"the code {entry.code!r} has no label"
    if entry.group is not None and entry.group not in groups:
        yield f"the code {entry.code!r} names an unknown group {entry.group!r}"


def _place_of(fault: str, text: str) -> str:
    found = re.search(r"\$\.entries\[(\d+)\]", fault)
    return f"{_line_of(int(found[1]) if found else None, text)}{fault.replace('`', '')}"


def _line_of(number: int | None, text: str) -> str:
    if number is None:
        return ""
    heads = [i for i, line in enumerate(text.splitlines(), 1) if line.strip() == "[[entries]]"]
    where = f"line {heads[number]}, " if number < len(heads) else ""
    return f"{where}entry {number + 1}: "
