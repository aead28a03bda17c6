"""The door to two people at once: for a manager who supervises every case of both.

Whoever has no case in the manager's team is answered as if there were no such person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from flask import abort
from sqlalchemy import or_, select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import Reason, decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.duplicates.models import PersonMerge
from caseapp.people.models import Person


@dataclass(frozen=True)
class Known:
    """A person and their cases in the manager's team. `is_elsewhere`: there are others too."""

    person: Person
    cases: Sequence[Case]
    is_elsewhere: bool

    @property
    def open_services(self) -> set[str]:
        return {case.service for case in self.cases if case.is_open}


def open_people(actor: Actor, *people: UUID, changing: bool = False) -> list[Known]:
    """Each of these people, or 404 for all. Every case that is read is noted.

    `changing` holds the cases and then the people until the commit, always in the same order, so
    that two managers who merge at once wait for each other and neither loses anything.
    """
    opened = _load(actor, people, hold=False)
    if changing and opened:  # a stranger never waits: the wait would tell that there is somebody
        opened = _load(actor, people, hold=True)
    if not opened:
        refuse(actor)
    for case in (case for each in opened for case in each.cases):
        record(
            Kind.CASE_OPENED,
            actor=actor,
            team_id=case.team_id,
            case_id=case.id,
            reason=Reason.SUPERVISES,
        )
    return opened


def open_merge(actor: Actor, merge_id: UUID, *, changing: bool = False) -> PersonMerge:
    """The record of a merge of the actor's own team, or 404."""
    query = select(PersonMerge).where(PersonMerge.id == merge_id)
    merge = db.session.scalar(query.with_for_update() if changing else query)
    if merge is None or merge.team_id != actor.team_id:
        refuse(actor)
    return merge


def merge_that_took(actor: Actor, *people: UUID) -> PersonMerge | None:
    """The merge of the actor's team in which the record of one of these people went away."""
    query = select(PersonMerge).where(
        PersonMerge.team_id == actor.team_id,
        PersonMerge.other_id.in_(people),
        PersonMerge.status == "merged",
    )
    return db.session.scalars(query).first()


def are_kept_apart(one: UUID, other: UUID) -> bool:
    """Whether somebody decided that these are two people."""
    pair = or_(
        (PersonMerge.person_id == one) & (PersonMerge.other_id == other),
        (PersonMerge.person_id == other) & (PersonMerge.other_id == one),
    )
    apart = select(PersonMerge.id).where(pair, PersonMerge.status == "apart")
    return db.session.scalars(apart).first() is not None


def refuse(actor: Actor) -> NoReturn:
    """A foreign person and a missing one leave the same trace."""
    record(Kind.CASE_REFUSED, actor=actor)
    db.session.commit()
    abort(404)


def supervises(actor: Actor, case: Case) -> bool:
    return decide(actor, Permission.OPEN_CASE, case.facts) is Reason.SUPERVISES


def _load(actor: Actor, people: Sequence[UUID], *, hold: bool) -> list[Known]:
    """All of these people, or nobody."""
    cases = select(Case).where(Case.person_id.in_(people)).order_by(Case.id)
    rows = select(Person).where(Person.id.in_(people)).order_by(Person.id)
    if hold:
        cases, rows = cases.with_for_update(), rows.with_for_update()
    fresh = {"populate_existing": hold}
    all_cases = db.session.scalars(cases.execution_options(**fresh)).all()
    found = {person.id: person for person in db.session.scalars(rows.execution_options(**fresh))}
    known = [_known(found.get(each), all_cases, actor) for each in people]
    opened = [each for each in known if each]
    return opened if len(opened) == len(people) else []


def _known(person: Person | None, cases: Sequence[Case], actor: Actor) -> Known | None:
    theirs = [case for case in cases if person and case.person_id == person.id]
    own = [case for case in theirs if supervises(actor, case)]
    return Known(person, own, len(own) < len(theirs)) if person and own else None
