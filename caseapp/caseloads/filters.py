"""Which open cases somebody wants to see, and in which order: codes alone, as they stand in a URL.

A code that is not known, or no longer, is left out and named by its question, never repeated.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from caseapp.caseloads.open_cases import OpenCase
from caseapp.cases.contributions import Due
from caseapp.reference import code_list

NOBODY, ANY = "nobody", "any"
WEEK = timedelta(days=7)
WHEN = {"overdue": "Overdue", "today": "Today", "week": "In the next 7 days", "later": "Later"}
NEEDS = {
    "slcn": "Speech, language or communication need, or neurodiversity",
    "disability": "Disability",
    "communication_need": "Needs help to read or talk",
    "other_need": "Another need",
}
SORTS = {
    "risk": "Risk",
    "name": "Name",
    "opened": "Opened",
    "review": "Next review",
    "contact": "Last contact",
}
REVERSED = "reversed"
PLAIN = {"when": WHEN, "need": NEEDS, "sort": SORTS, "order": {REVERSED: "Reversed"}}
LISTS = {"risk": "risk_level", "theme": "theme", "due": "due_kind", "gap": "gap"}


@dataclass(frozen=True)
class Wanted:
    """The answers to the questions above a list of cases; "" where there is none."""

    risk: str = ""
    theme: str = ""
    advocate: str = ""
    due: str = ""
    when: str = ""
    need: str = ""
    gap: str = ""
    sort: str = ""
    order: str = ""

    @property
    def is_narrowed(self) -> bool:
        return replace(self, sort="", order="") != Wanted()

    @property
    def codes(self) -> dict[str, str]:
        """What goes into an address or is kept."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: code for name, code in given.items() if code}

    @property
    def query(self) -> str:
        return urlencode(self.codes)


def offered(name: str) -> dict[str, str]:
    """code → words, retired ones too: a filter that was kept may hold one."""
    if name in PLAIN:
        return dict(PLAIN[name])
    return {entry.code: entry.label for entry in code_list(LISTS[name]).entries}


def read_wanted(given: Mapping[str, str]) -> tuple[Wanted, tuple[str, ...]]:
    """What the codes ask for, and the names of the questions whose code nobody knows."""
    codes = {field.name: given.get(field.name, "") for field in fields(Wanted)}
    strange = tuple(name for name, code in codes.items() if code and not _is_known(name, code))
    return Wanted(**(codes | dict.fromkeys(strange, ""))), strange


def in_order(cases: Iterable[OpenCase], wanted: Wanted, day: date) -> list[UUID]:
    """The ids of the cases that fit, in the order that was asked for."""
    tests = list(_tests(wanted, day))
    fitting = [case for case in cases if all(holds(case) for holds in tests)]
    fitting.sort(key=ORDERS[wanted.sort or "risk"], reverse=wanted.order == REVERSED)
    return [case.id for case in fitting]


def when_due(on: date, day: date) -> str:
    """A code of WHEN."""
    if on < day:
        return "overdue"
    if on == day:
        return "today"
    return "week" if on <= day + WEEK else "later"


def _is_known(name: str, code: str) -> bool:
    if name != "advocate":
        return code in offered(name) or (name == "gap" and code == ANY)
    return code == NOBODY or _is_uuid(code)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _tests(wanted: Wanted, day: date) -> Iterator[Callable[[OpenCase], bool]]:
    if wanted.risk:
        yield lambda case: case.risk_level == wanted.risk
    if wanted.theme:
        yield lambda case: wanted.theme in case.themes
    if wanted.advocate:
        advocate_id = None if wanted.advocate == NOBODY else UUID(wanted.advocate)
        yield lambda case: case.advocate_id == advocate_id
    if wanted.due or wanted.when:
        yield lambda case: any(_is_asked_for(due, wanted, day) for due in case.dues)
    if wanted.need:
        yield lambda case: wanted.need in case.needs
    if wanted.gap:
        yield lambda case: bool(case.gaps) if wanted.gap == ANY else wanted.gap in case.gaps


def _is_asked_for(due: Due, wanted: Wanted, day: date) -> bool:
    is_kind = not wanted.due or due.kind == wanted.due
    return is_kind and (not wanted.when or when_due(due.on, day) == wanted.when)


# Each ends with the id, so that a page never begins with what the last one ended with. The codes
# of risk fall into their order by their letters: high, medium, standard.
ORDERS: dict[str, Callable[[OpenCase], Any]] = {
    "risk": lambda case: (case.risk_level, case.opened_on, case.id),
    "name": lambda case: (case.name, case.id),
    "opened": lambda case: (case.opened_on, case.id),
    "review": lambda case: (case.next_review_on or date.min, case.id),
    "contact": lambda case: (case.contact_on or date.min, case.id),
}
