"""What the day shows: lines from the index in memory, their cases as they are stored now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from caseapp.access.actors import Actor, Role
from caseapp.accounts.queries import advocates_of_team, names_of
from caseapp.caseloads.case_rows import CaseRow
from caseapp.caseloads.index import TeamCases
from caseapp.caseloads.queries import of_advocate, open_cases_of, rows_of, warnings_of
from caseapp.cases.contributions import Due
from caseapp.clock import today
from caseapp.reference import UnknownCode, entry
from caseapp.today import rules
from caseapp.today.rules import DuePart, Whose, Workload

NOBODY, NOBODY_YET = UUID(int=0), "Nobody yet"


@dataclass(frozen=True)
class DueLine:
    """One thing to do, with the case as it is stored now and where it is done."""

    due: Due
    case: CaseRow
    label: str
    url: str
    warning: str  # how contact is safe, where contact is meant


@dataclass(frozen=True)
class Desk:
    """Who asks, on which day, and the open cases of their team at this moment."""

    actor: Actor
    day: date
    team: TeamCases

    @property
    def leads(self) -> bool:
        return self.actor.role is Role.MANAGER

    @property
    def mine(self) -> UUID | None:
        """Whose cases are counted: None for all, which is what a manager asks for."""
        return None if self.leads else self.actor.user_id


def desk_of(actor: Actor) -> Desk:
    return Desk(actor, today(), open_cases_of(actor))


def work_of(desk: Desk) -> dict[str, list[Due]]:
    """What the actor has to do, by the codes of WHEN; for a manager, what the advocates have."""
    return _by_time(
        desk, rules.is_for_advocates if desk.leads else rules.is_mine(desk.actor.user_id)
    )


def decisions_of(desk: Desk) -> dict[str, list[Due]]:
    """What waits for whoever leads the team."""
    return _by_time(desk, rules.is_for_manager)


def risks_of(desk: Desk) -> list[tuple[str, int]]:
    """(code of risk_level, how many cases), the highest first."""
    mine = desk.mine
    found = desk.team.remember(
        ("risks", mine), lambda cases: rules.risks_of(of_advocate(cases, mine))
    )
    return sorted(found.items())


def gaps_of(desk: Desk) -> list[tuple[str, int]]:
    """(code of gap, how many cases), the commonest first."""
    mine = desk.mine
    return desk.team.remember(("gaps", mine), lambda cases: rules.gaps_of(of_advocate(cases, mine)))


def workloads_of(desk: Desk) -> list[tuple[str, bool, Workload]]:
    """(name, whether they are an active advocate of the team, what they have), by name; cases that
    wait for an advocate come first."""
    at_work = dict(advocates_of_team(desk.actor.team_id)) if desk.actor.team_id else {}
    loads = desk.team.remember(
        ("workload", desk.day, frozenset(at_work)),
        lambda cases: rules.workloads(cases, desk.day, at_work.keys()),
    )
    gone = {load.advocate_id for load in loads if load.advocate_id} - at_work.keys()
    names = at_work | names_of(gone)
    rows = [
        (names.get(load.advocate_id or NOBODY, NOBODY_YET), load.advocate_id in at_work, load)
        for load in loads
    ]
    return sorted(rows, key=lambda row: (row[2].advocate_id is not None, row[0].casefold()))


def names_in(team: Iterable[tuple[str, bool, Workload]]) -> dict[UUID | None, str]:
    """The names of a team's advocates, by id."""
    return {load.advocate_id: name for name, _, load in team}


def load_lines(actor: Actor, dues: Iterable[Due]) -> dict[Due, DueLine]:
    """Opens the cases of these dues anew: one that is closed or left the team has no line."""
    dues = list(dues)
    rows = rows_of(actor, list(dict.fromkeys(due.case_id for due in dues)))
    to_contact = {due.case_id for due in dues if _is_contact(due)}
    warnings = warnings_of(row for row in rows.values() if row.id in to_contact)
    return {due: _line(due, rows[due.case_id], warnings) for due in dues if due.case_id in rows}


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


def _by_time(desk: Desk, whose: Whose) -> dict[str, list[Due]]:
    key = ("dues", whose.__qualname__, desk.mine, desk.day)
    return desk.team.remember(
        key, lambda cases: rules.by_time(rules.dues_of(cases, whose), desk.day)
    )
