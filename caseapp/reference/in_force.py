"""Which edition of each code list counts today: the home's own newest one, else the shipped one."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from caseapp.clock import today
from caseapp.reference.code_lists import CodeList, Entry, ListProblem, parse_list

_from_the_home: dict[str, CodeList] = {}
_waiting: list[tuple[date, CodeList]] = []  # editions of a later day, earliest first


class UnknownList(LookupError):
    """No code list has this name: a mistake in the program, never in the data."""


class UnknownCode(LookupError):
    """The list has no entry with this code."""


def code_list(name: str) -> CodeList:
    """The list as it counts today; raises UnknownList."""
    if _waiting and _waiting[0][0] <= today():
        _bring_into_force(today())
    found = _from_the_home.get(name) or shipped_lists().get(name)
    if found is None:
        raise UnknownList(f"there is no code list named {name!r}")
    return found


def entry(name: str, code: str) -> Entry:
    """The entry of a code, also a retired one; raises UnknownCode."""
    found = code_list(name).by_code.get(code) or _shipped_entry(name, code)
    if found is None:
        raise UnknownCode(f"the code list {name!r} has no code {code!r}")
    return found


def label_of(name: str, code: str) -> str:
    """The words for a code. A code that no edition knows is shown as it is: the record stays
    readable."""
    try:
        return entry(name, code).label
    except UnknownCode:
        return f"{code} (not in the list)"


def choices(name: str) -> list[tuple[str, str]]:
    """(code, label) pairs to offer in a form: retired entries left out."""
    return [(found.code, found.label) for found in code_list(name).active]


def list_names() -> list[str]:
    return sorted(shipped_lists().keys() | _from_the_home.keys())


@cache
def shipped_lists() -> dict[str, CodeList]:
    """The lists that come with the program, read and checked once per process."""
    shipped = {}
    for file in sorted(files("caseapp.reference").joinpath("lists").iterdir(), key=str):
        try:
            parsed = parse_list(file.read_text(encoding="utf-8"))
        except ListProblem as problem:
            raise ListProblem(f"{file.name}: {problem}") from None
        if file.name != f"{parsed.name}.toml":
            raise ListProblem(f"{file.name}: the file is not named after its list {parsed.name!r}")
        shipped[parsed.name] = parsed
    return shipped


def use_editions(editions: Iterable[tuple[date, CodeList]]) -> None:
    """Replaces the home's own editions by these, given as (in force from, list)."""
    _from_the_home.clear()
    _waiting[:] = sorted(editions, key=lambda edition: (edition[0], edition[1].version))
    _bring_into_force(today())


def _bring_into_force(day: date) -> None:
    # Two threads may do this at once: each step gives the same result when done twice.
    for _, arrived in [edition for edition in _waiting if edition[0] <= day]:
        counting = _from_the_home.get(arrived.name)
        if counting is None or counting.version < arrived.version:
            _from_the_home[arrived.name] = arrived
    _waiting[:] = [edition for edition in _waiting if edition[0] > day]


def _shipped_entry(name: str, code: str) -> Entry | None:
    # A newer program may store codes that a home's own older edition does not have yet.
    shipped = shipped_lists().get(name)
    return shipped.by_code.get(code) if shipped else None
