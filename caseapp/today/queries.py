"""What the day shows: lines from the index in memory, their cases as they are stored now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from caseapp.access.actors import Actor, Role
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.queries import advocates_of_team, caseworkers_of_team, names_of
from caseapp.caseloads.case_rows import CaseRow
from caseapp.caseloads.index import TeamCases
from caseapp.caseloads.queries import of_advocate, open_cases_of, rows_of, warnings_of
from caseapp.cases.contributions import Due
from caseapp.clock import today
from caseapp.reference import UnknownCode, entry
from caseapp.referrals.incoming_queries import count_waiting
from caseapp.today import rules
from caseapp.today.rules import DuePart, Whose, Workload
from caseapp.transfers.queries import count_incoming

NOBODY, NOBODY_YET = UUID(int=0), "Nobody yet"


@dataclass(frozen=True)
class DueLine:
    """One thing to do, with the case as it is stored now, who does it and where."""

    due: Due
    case: CaseRow
    owner_id: UUID | None
    label: str
    url: str
    warning: str  # how contact is safe, where contact is meant


@dataclass(frozen=True)
class Desk:
    """Who asks, on which day, the open cases of their team at this moment, and who works there."""

    actor: Actor
    day: date
    team: TeamCases
    at_work: dict[UUID, str]  # names of advocates and managers

    @property
    def leads(self) -> bool:
        return self.actor.role is Role.MANAGER

    @property
    def mine(self) -> UUID | None:
        """Whose cases are counted: None for all, which is what a manager asks for."""
        return None if self.leads else self.actor.user_id


def desk_of(actor: Actor) -> Desk:
    at_work = caseworkers_of_team(actor.team_id) if actor.team_id else ()
    return Desk(actor, today(), open_cases_of(actor), dict(at_work))


def work_of(desk: Desk) -> dict[str, list[Due]]:
    """What the actor has to do, by the codes of WHEN; for a manager, what the others have."""
    user_id = desk.actor.user_id
    if desk.leads:
        return _by_time(desk, "others", rules.is_for_others(user_id))
    return _by_time(desk, "mine", rules.is_mine(user_id, desk.at_work))


def decisions_of(desk: Desk) -> dict[str, list[Due]]:
    """What waits for whoever leads the team, and what this manager was given to do."""
    return _by_time(desk, "decisions", rules.is_for_manager(desk.actor.user_id))


def waiting_of(actor: Actor) -> list[tuple[str, str]]:
    """(words, address) of what waits for the team and is no case of it yet. It is counted by plain
    columns: nobody's record is read."""
    referred, transfers = count_waiting(actor), 0
    if decide(actor, Permission.LEAD_TEAM):
        transfers = count_incoming(actor)
    return [
        (f"{many:,} {one if many == 1 else several}", url_for(endpoint))
        for many, one, several, endpoint in (
            (transfers, "case that another team asks us to take over",
             "cases that other teams ask us to take over", "transfers.list_transfers"),
            (referred, "person referred to us who waits for an answer",
             "people referred to us who wait for an answer", "referrals.list_referrals_in"),
        )
        if many
    ]  # fmt: skip


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
    """(name, whether their cases wait for an advocate, what they have), by name; cases of nobody
    come first."""
    advocates = dict(advocates_of_team(desk.actor.team_id)) if desk.actor.team_id else {}
    loads = desk.team.remember(
        ("workload", desk.day, frozenset(advocates), frozenset(desk.at_work)),
        lambda cases: rules.workloads(cases, desk.day, advocates.keys(), desk.at_work.keys()),
    )
    gone = {load.advocate_id for load in loads if load.advocate_id} - desk.at_work.keys()
    names = desk.at_work | names_of(gone)
    rows = [
        (
            names.get(load.advocate_id or NOBODY, NOBODY_YET),
            bool(load.cases and load.advocate_id and load.advocate_id not in advocates),
            load,
        )
        for load in loads
    ]
    return sorted(rows, key=lambda row: (row[2].advocate_id is not None, row[0].casefold()))


def names_in(desk: Desk, team: Iterable[tuple[str, bool, Workload]]) -> dict[UUID | None, str]:
    """The names of all who may have something to do, by id."""
    return desk.at_work | {load.advocate_id: name for name, _, load in team}


def load_lines(desk: Desk, dues: Iterable[Due]) -> dict[Due, DueLine]:
    """Opens the cases of these dues anew: one that is closed or left the team has no line."""
    dues = list(dues)
    rows = rows_of(desk.actor, list(dict.fromkeys(due.case_id for due in dues)))
    to_contact = {due.case_id for due in dues if _is_contact(due)}
    warnings = warnings_of(row for row in rows.values() if row.id in to_contact)
    shown = (due for due in dues if due.case_id in rows)
    return {due: _line(desk, due, rows[due.case_id], warnings) for due in shown}


def _line(desk: Desk, due: Due, case: CaseRow, warnings: dict[UUID, str]) -> DueLine:
    return DueLine(
        due=due,
        case=case,
        owner_id=rules.owner_of(due, case.advocate_id, desk.at_work),
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


def _by_time(desk: Desk, part: str, whose: Whose) -> dict[str, list[Due]]:
    key = ("dues", part, desk.actor.user_id, desk.day, frozenset(desk.at_work))
    return desk.team.remember(
        key, lambda cases: rules.by_time(rules.dues_of(cases, whose), desk.day)
    )
