"""Finding the one case that somebody means, and what the manager of its team has to look at."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from caseapp.access.actors import Actor
from caseapp.audit.models import AuditEntry
from caseapp.break_glass.rules import review_due
from caseapp.cases.emergency import REVIEWED, UNREVIEWED, EmergencyAccess
from caseapp.cases.models import Case
from caseapp.cases.queries import find_case
from caseapp.cases.reading import read_heads
from caseapp.clock import LOCAL, today
from caseapp.database import db
from caseapp.people.models import PersonToken
from caseapp.vault.keyring import Vault

NAME_AND_BIRTH = "name_and_birth"  # the field of the token
MOST_REVIEWED = 200  # of those that are shown again
ENTRIES = AuditEntry.__table__


@dataclass(frozen=True)
class AccessLine:
    """One opening in an emergency, with the reference of its case."""

    access: EmergencyAccess
    reference: str

    @property
    def is_reviewed(self) -> bool:
        return self.access.state == REVIEWED

    @property
    def due_on(self) -> date:
        return review_due(day_of(self.access.head.began_at))

    @property
    def is_overdue(self) -> bool:
        return not self.is_reviewed and today() > self.due_on


def day_of(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


def case_meant_by(reference: str, actor: Actor) -> Case | None:
    """The case of another team with this reference."""
    case = find_case(reference)
    return case if case and case.team_id != actor.team_id else None


def case_of_person(family_name: str, born: date, actor: Actor) -> Case | None:
    """The newest case, an open one first, that another team has of this person. None where two
    people match: nobody is shown the wrong one."""
    vault: Vault = current_app.extensions["vault"]
    token = vault.blind_token(NAME_AND_BIRTH, family_name, born.isoformat())
    people = select(PersonToken.person_id).where(
        PersonToken.field == NAME_AND_BIRTH, PersonToken.token == token
    )
    query = select(Case).where(Case.person_id.in_(people), Case.team_id != actor.team_id)
    cases = db.session.scalars(query).all()
    if len({case.person_id for case in cases}) != 1:
        return None
    return max(cases, key=lambda case: (case.is_open, case.opened_month))


def accesses_of_team(team_id: UUID) -> list[AccessLine]:
    """All that wait for a review first, the oldest at the top; then the newest reviewed ones."""
    found = list(read_heads(db.session(), EmergencyAccess, "id", _ids_in(team_id)))
    found.sort(key=lambda each: each[1].began_at)  # the days are sealed: SQL cannot sort them
    waiting = [row["id"] for row, _ in found if row["state"] == UNREVIEWED]
    reviewed = [row["id"] for row, _ in reversed(found) if row["state"] == REVIEWED]
    return _lines([*waiting, *reviewed[:MOST_REVIEWED]])


def count_unreviewed(team_id: UUID) -> int:
    query = select(func.count()).select_from(EmergencyAccess.__table__).join(Case.__table__)
    mine = Case.__table__.c.team_id == team_id
    return db.session.scalar(query.where(mine, EmergencyAccess.state == UNREVIEWED)) or 0


def access_in_team(access_id: UUID, actor: Actor) -> EmergencyAccess | None:
    """None for an opening of a case that is another team's now."""
    access = db.session.get(EmergencyAccess, access_id)
    case = db.session.get(Case, access.case_id) if access else None
    return access if case and case.team_id == actor.team_id else None


def what_was_done(access: EmergencyAccess) -> Counter[str]:
    """How often each kind of thing is written in the audit for this person, case and hour."""
    first, last = (
        moment.astimezone(UTC).isoformat(timespec="microseconds")
        for moment in (access.head.began_at, access.ends_at)
    )
    query = (
        select(ENTRIES.c.kind, func.count().label("times"))
        .where(ENTRIES.c.case_id == access.case_id, ENTRIES.c.actor_id == access.user_id)
        .where(ENTRIES.c.at.between(first, last))
        .group_by(ENTRIES.c.kind)
    )
    return Counter({str(row.kind): int(row.times) for row in db.session.execute(query)})


def _ids_in(team_id: UUID) -> Sequence[UUID]:
    table = EmergencyAccess.__table__
    mine = Case.__table__.c.team_id == team_id
    return db.session.scalars(select(table.c.id).join(Case.__table__).where(mine)).all()


def _lines(ids: Sequence[UUID]) -> list[AccessLine]:
    """In this order; the keys of their cases are at hand."""
    found = db.session.execute(
        select(EmergencyAccess, Case)
        .join(Case, Case.id == EmergencyAccess.case_id)
        .where(EmergencyAccess.id.in_(ids))
    )
    lines = {access.id: AccessLine(access, case.head.reference) for access, case in found}
    return [lines[access_id] for access_id in ids]
