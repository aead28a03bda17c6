"""Reading alleged perpetrators: every way to one leaves an entry of its own kind in the audit."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import has_request_context
from sqlalchemy import select

from caseapp.access.actors import Actor, Role
from caseapp.access.permissions import Permission
from caseapp.accounts.models import Team, User
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case, rows_in
from caseapp.database import db
from caseapp.perpetrators.models import AllegedPerpetrator, ConflictCheck, ProgrammeReferral
from caseapp.perpetrators.rules import is_named_in, phones_of
from caseapp.web.gate import current_actor


def perpetrators_of(case: Case, by: Actor | None = None) -> Sequence[AllegedPerpetrator]:
    """In the order in which they were recorded; none for who may not see them. `by` is None for
    whoever is signed in."""
    actor = _reader(by)
    if actor and not may(actor, Permission.SEE_PERPETRATORS, case):
        return ()
    note_act(Kind.PERPETRATORS_READ, case, actor, Permission.SEE_PERPETRATORS)
    found = rows_in(case, AllegedPerpetrator)
    return sorted(found, key=lambda each: (each.head.recorded_on, each.id))


def find_perpetrator(case: Case, perpetrator_id: UUID) -> AllegedPerpetrator | None:
    """None for one of another case, and for who may not see them."""
    actor = _reader(None)
    if actor and not may(actor, Permission.SEE_PERPETRATORS, case):
        return None
    found = find_in_case(case, AllegedPerpetrator, perpetrator_id)
    if found:
        note_act(
            Kind.PERPETRATORS_READ, case, actor, Permission.SEE_PERPETRATORS, subject_id=found.id
        )
    return found


def is_perpetrator_named(case: Case, text: str, by: Actor | None = None) -> bool:
    """Whether words about safe contact name an alleged perpetrator of this case, or give their
    number; always False for who may not see them."""
    return any(
        is_named_in(text, each.head, phones_of(each.body.facts))
        for each in perpetrators_of(case, by)
    )


def programmes_of(perpetrator: AllegedPerpetrator) -> Sequence[ProgrammeReferral]:
    """The newest offer first."""
    mine = ProgrammeReferral.perpetrator_id == perpetrator.id
    found = db.session.scalars(select(ProgrammeReferral).where(mine)).all()
    return sorted(found, key=lambda each: each.head.offered_on, reverse=True)


def checks_of(case: Case) -> Sequence[ConflictCheck]:
    """What the newest check of each person of the case found."""
    return sorted(rows_in(case, ConflictCheck), key=lambda check: check.head.since)


def was_settled(case: Case) -> bool:
    """Whether managers agreed about a conflict of this case; always False for anybody else."""
    if not may(current_actor(), Permission.SETTLE_CONFLICT, case):
        return False
    return any(check.body.settlements or check.body.settled_words for check in checks_of(case))


def managers_of(teams: Collection[UUID]) -> list[tuple[UUID, str, list[str]]]:
    """(id, team, names of its managers), by the name of the team."""
    found = db.session.scalars(select(Team).where(Team.id.in_(teams))).all()
    query = select(User.id, User.team_id).where(
        User.team_id.in_(teams), User.role == Role.MANAGER.value, User.is_active
    )
    managers = db.session.execute(query).all()
    names = names_of(row.id for row in managers)
    lines = [
        (team.id, team.name, sorted(names[row.id] for row in managers if row.team_id == team.id))
        for team in found
    ]
    return sorted(lines, key=lambda line: line[1])


def _reader(by: Actor | None) -> Actor | None:
    return by or (current_actor() if has_request_context() else None)
