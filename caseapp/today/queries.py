"""What the day shows: lines from the index in memory, their cases as they are stored now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import url_for

from caseapp.access.actors import Actor, Role
from caseapp.accounts.queries import advocates_of_team, names_of
from caseapp.cases.contributions import Due
from caseapp.cases.open_cases import OpenCase
from caseapp.cases.queries import CaseRow, of_advocate, open_cases_of, rows_of, warnings_of
from caseapp.clock import today
from caseapp.reference import UnknownCode, entry
from caseapp.today import rules
from caseapp.today.rules import DuePart, Whose, Workload

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class DueLine:
    """One thing to do, with the case as it is stored now and where it is done."""

    due: Due
    case: CaseRow
    label: str
    url: str
    warning: str  # how contact is safe, where contact is meant


@dataclass(frozen=True)
class Loaded:
    """The lines of some parts of the day, and of how many cases they are."""

    lines: dict[Due, DueLine]
    cases: int


def whose_of(actor: Actor) -> Whose:
    """A manager sees what every advocate of the team has to do."""
    return rules.is_for_advocates if actor.role is Role.MANAGER else rules.is_mine(actor.user_id)


def dues_by_time(actor: Actor, whose: Whose, name: str) -> dict[str, list[Due]]:
    """`name` says which ones `whose` lets through."""
    day = today()
    return _from_memory(
        actor,
        ("dues", name, _self(actor), day),
        lambda cases: rules.by_time(rules.dues_of(cases, whose), day),
    )


def risks_of(actor: Actor) -> list[tuple[str, int]]:
    """(code of risk_level, how many of the actor's cases), the highest first."""
    mine = _self(actor)
    found = _from_memory(
        actor, ("risks", mine), lambda cases: rules.risks_of(of_advocate(cases, mine))
    )
    return sorted(found.items())


def gaps_of(actor: Actor) -> list[tuple[str, int]]:
    mine = _self(actor)
    return _from_memory(
        actor, ("gaps", mine), lambda cases: rules.gaps_of(of_advocate(cases, mine))
    )


def team_of(actor: Actor) -> list[tuple[str, bool, Workload]]:
    """(name, whether they are an active advocate of the team, what they have), by name; cases that
    wait for an advocate come first."""
    at_work = dict(advocates_of_team(actor.team_id)) if actor.team_id else {}
    day = today()
    loads = _from_memory(
        actor,
        ("workload", day, frozenset(at_work)),
        lambda cases: rules.workloads(cases, day, at_work.keys()),
    )
    gone = {load.advocate_id for load in loads if load.advocate_id} - at_work.keys()
    names = {**at_work, **names_of(gone)}
    return sorted(
        (
            (names.get(load.advocate_id, "Nobody yet") if load.advocate_id else "Nobody yet",
             load.advocate_id in at_work, load)
            for load in loads
        ),
        key=lambda row: (row[2].advocate_id is not None, row[0].casefold()),
    )  # fmt: skip


def load_lines(actor: Actor, dues: Iterable[Due]) -> Loaded:
    """Opens the cases of these dues anew: one that is closed or left the team has no line."""
    dues = list(dues)
    rows = rows_of(actor, list(dict.fromkeys(due.case_id for due in dues)))
    to_contact = {due.case_id for due in dues if _is_contact(due)}
    warnings = warnings_of(row for row in rows.values() if row.id in to_contact)
    lines = {due: _line(due, rows[due.case_id], warnings) for due in dues if due.case_id in rows}
    return Loaded(lines, len(rows))


def _self(actor: Actor) -> UUID | None:
    """Whose cases the page counts: a manager's are the whole team's."""
    return None if actor.role is Role.MANAGER else actor.user_id


def _line(due: Due, case: CaseRow, warnings: dict[UUID, str]) -> DueLine:
    return DueLine(
        due=due,
        case=case,
        label=_label(due),
        url=url_for(due.endpoint, case_id=due.case_id, **dict(due.values)),  # type: ignore[arg-type]
        warning=warnings.get(due.case_id, "") if _is_contact(due) else "",
    )


def shown_dues(parts: Sequence[DuePart]) -> Iterator[Due]:
    return (due for part in parts for due in part.lines)


def _label(due: Due) -> str:
    try:
        return entry("due_kind", due.kind).label
    except UnknownCode:  # of an edition that this home does not have
        return due.kind.replace("_", " ").capitalize()


def _is_contact(due: Due) -> bool:
    try:
        return entry("due_kind", due.kind).attributes.get("contact") == "yes"
    except UnknownCode:
        return False


def _from_memory(
    actor: Actor, key: tuple[object, ...], work_out: Callable[[Iterable[OpenCase]], Answer]
) -> Answer:
    return open_cases_of(actor).remember(key, work_out)
