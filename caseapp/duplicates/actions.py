"""Making one record of two, and two of one again: whole or not at all, with a word in the audit of
every case.

The record that goes leaves an empty row behind, so that nothing of theirs stays under a key of its
own: what it held, the undo records of earlier merges too, stands in the undo record, under the key
of the person who was kept.
"""

from collections.abc import Iterable
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.access.policy import Reason
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.contributions import person_watches, tell_turn
from caseapp.cases.models import Case
from caseapp.cases.rules import has_moved
from caseapp.clock import now, today
from caseapp.database import db
from caseapp.duplicates.door import Known
from caseapp.duplicates.models import (
    Identity,
    MergeBody,
    MergeHead,
    MovedChild,
    MovedFlag,
    MovedMerge,
    MovedRelationship,
    PersonMerge,
)
from caseapp.duplicates.undoing import EMPTY, ends_after, identity_in, moved_rows, why_not_undo
from caseapp.households.models import Child, Relationship
from caseapp.households.queries import relationships_of
from caseapp.people.actions import replace_person
from caseapp.people.models import NeedsFlag, Person

MERGED, UNDONE, APART = "merged", "undone", "apart"
ELSEWHERE = (
    "You cannot merge these two records: part of them is not in your hands. Speak to your manager"
)


class CannotMerge(Exception):
    """The merge, or its undoing, is refused; the message says why, for the manager."""


def why_not_merge(kept: Known, gone: Known) -> str | None:
    """Why these two cannot become one record now, if they cannot."""
    if kept.person.id == gone.person.id:
        return "This is one record, not two"
    if kept.is_elsewhere or gone.is_elsewhere:
        return ELSEWHERE
    if kept.open_services & gone.open_services:
        return (
            "Both have an open case in the same service. Decide which case goes on, and close the"
            " other one first"
        )
    return None


def merge_people(
    merge_id: UUID, kept: Known, gone: Known, chosen: Identity, by: Actor
) -> PersonMerge:
    """Move all that hangs on `gone` to `kept`, who is from now on what was `chosen`.

    Raises CannotMerge. Both must have been opened for changing.
    """
    problem = why_not_merge(kept, gone)
    if problem:
        raise CannotMerge(problem)
    target = kept.person.id
    body = MergeBody(
        kept=identity_in(kept.person),
        gone=identity_in(gone.person),
        became=chosen,
        cases=tuple(case.id for case in gone.cases),
        flags=tuple(_move_flags(gone.person, target)),
        children=tuple(_move_children(gone.person, target)),
        relationships=tuple(_move_relationships(gone.person, target)),
        merges=tuple(_empty_merges(gone.person)),
    )
    for case in gone.cases:
        case.person_id = target
    db.session.flush()
    _write(kept.person, chosen)
    _write(gone.person, EMPTY)
    merge = _decision(merge_id, kept, gone, MERGED, body, by)
    cases = [*kept.cases, *gone.cases]
    _note(Kind.PEOPLE_MERGED, cases, merge.id, by)
    _look_again(cases, by)
    _tell_of_move(kept.cases, body.kept, chosen, by)
    _tell_of_move(gone.cases, body.gone, chosen, by)
    return merge


def keep_apart(one: Known, other: Known, by: Actor) -> None:
    """Remember that these are two people, so that they are not proposed again."""
    decision = _decision(uuid4(), one, other, APART, MergeBody(), by)
    _note(Kind.PEOPLE_KEPT_APART, [*one.cases, *other.cases], decision.id, by)


def undo_merge(merge: PersonMerge, kept: Known, by: Actor) -> None:
    """Put everything back as it was. Raises CannotMerge where something later would be lost."""
    gone = db.session.get_one(Person, merge.other_id)
    problems = why_not_undo(merge, kept, gone)
    if problems:
        raise CannotMerge(" ".join(problems))
    body = merge.body
    _put_back(merge)
    for case in kept.cases:
        if case.id in body.cases:
            case.person_id = gone.id
    db.session.flush()
    _write(kept.person, body.kept or EMPTY)
    _write(gone, body.gone or EMPTY)
    merge.status = UNDONE
    merge.head = replace(merge.head, undone_at=now(), undone_by=by.user_id)
    _note(Kind.MERGE_UNDONE, kept.cases, merge.id, by)
    _look_again(kept.cases, by)
    for case in kept.cases:
        parted = body.gone if case.id in body.cases else body.kept
        _tell_of_move([case], body.became, parted, by)


def _look_again(cases: Iterable[Case], by: Actor) -> None:
    """Somebody else is the person of these cases now, for all who watch that."""
    for case in cases:
        for watch in person_watches:
            watch(case, by)


def _tell_of_move(
    cases: Iterable[Case], before: Identity | None, after: Identity | None, by: Actor
) -> None:
    """Where one record is said to live elsewhere than the other, plans of these cases may no longer
    fit."""
    one, other = before or EMPTY, after or EMPTY
    if has_moved((one.head, one.body), (other.head, other.body)):
        for case in cases:
            if case.is_open:
                tell_turn(case, "move", by)


def _write(person: Person, identity: Identity) -> None:
    replace_person(person, identity.head, identity.body)


def _move_flags(gone: Person, target: UUID) -> Iterable[MovedFlag]:
    for flag in db.session.scalars(select(NeedsFlag).where(NeedsFlag.person_id == gone.id)).all():
        db.session.add(NeedsFlag(id=uuid4(), person_id=target, head=flag.head, body=flag.body))
        db.session.delete(flag)
        yield MovedFlag(head=flag.head, body=flag.body)


def _move_children(gone: Person, target: UUID) -> Iterable[MovedChild]:
    for child in db.session.scalars(select(Child).where(Child.person_id == gone.id)).all():
        db.session.add(Child(id=uuid4(), person_id=target, head=child.head, body=child.body))
        db.session.delete(child)
        yield MovedChild(head=child.head, body=child.body)


def _move_relationships(gone: Person, target: UUID) -> Iterable[MovedRelationship]:
    """One between the two themselves is kept in the undo record alone: nobody is related to
    themselves."""
    for row in relationships_of(gone.id):
        tie = MovedRelationship(person_id=row.person_id, other_id=row.other_id, head=row.head)
        one, other = ends_after(tie, gone.id, target)
        if one != other:
            new = Relationship(id=uuid4(), person_id=one, other_id=other, head=row.head)
            db.session.add(new)
        db.session.delete(row)
        yield tie


def _empty_merges(gone: Person) -> Iterable[MovedMerge]:
    """Also what was undone since: it names both records all the same."""
    for merge in db.session.scalars(select(PersonMerge).where(PersonMerge.person_id == gone.id)):
        if merge.body != MergeBody():
            yield MovedMerge(id=merge.id, body=merge.body)
            merge.body = MergeBody()


def _put_back(merge: PersonMerge) -> None:
    body, gone_id = merge.body, merge.other_id
    for row in moved_rows(merge):
        db.session.delete(row)
    for flag in body.flags:
        db.session.add(NeedsFlag(id=uuid4(), person_id=gone_id, head=flag.head, body=flag.body))
    for child in body.children:
        db.session.add(Child(id=uuid4(), person_id=gone_id, head=child.head, body=child.body))
    for tie in body.relationships:
        ends = {"person_id": tie.person_id, "other_id": tie.other_id}
        db.session.add(Relationship(id=uuid4(), **ends, head=tie.head))
    for moved in body.merges:
        db.session.get_one(PersonMerge, moved.id).body = moved.body


def _decision(
    decision_id: UUID, kept: Known, gone: Known, status: str, body: MergeBody, by: Actor
) -> PersonMerge:
    decision = PersonMerge(
        id=decision_id,
        person_id=kept.person.id,
        other_id=gone.person.id,
        team_id=by.team_id,
        status=status,
        month=today().strftime("%Y-%m"),
        head=MergeHead(at=now(), by=by.user_id),
        body=body,
    )
    db.session.add(decision)
    return decision


def _note(kind: Kind, cases: Iterable[Case], subject_id: UUID, by: Actor) -> None:
    """In the audit of every case concerned; the rows that were written stand with the first."""
    for case in cases:
        record(
            kind,
            actor=by,
            team_id=case.team_id,
            case_id=case.id,
            subject_id=subject_id,
            reason=Reason.SUPERVISES,
        )
