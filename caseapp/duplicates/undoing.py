"""Whether a merge can be undone: only while nothing that was written since would be lost."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.database import db
from caseapp.duplicates.door import Known
from caseapp.duplicates.models import Identity, MovedRelationship, PersonMerge
from caseapp.households.models import Child, Relationship
from caseapp.households.queries import relationships_of
from caseapp.people.models import NeedsFlag, Person, PersonBody, PersonHead

EMPTY = Identity(head=PersonHead(given_name=""), body=PersonBody())
NOT_ALL_YOURS = (
    "You cannot take the two records apart: part of them is not in your hands any more. Speak to"
    " your manager."
)


def why_not_undo(merge: PersonMerge, kept: Known, gone: Person) -> tuple[str, ...]:
    """Each reason in one sentence; empty where the merge can be undone."""
    if merge.status != "merged":
        return ("The two records were taken apart already.",)
    own = {case.id for case in kept.cases}
    if kept.is_elsewhere or not own.issuperset(merge.body.cases):
        return (NOT_ALL_YOURS,)
    return tuple(_later_edits(merge, kept.person, gone))


def identity_in(person: Person) -> Identity:
    return Identity(head=person.head, body=person.body)


def ends_after(tie: MovedRelationship, gone_id: UUID, kept_id: UUID) -> tuple[UUID, UUID]:
    """The two sides of a relationship once one record stands for both."""
    one, other = (kept_id if end == gone_id else end for end in (tie.person_id, tie.other_id))
    return one, other


def moved_rows(merge: PersonMerge) -> list[Any]:
    """The rows that took the place of those that were moved."""
    return [row for _, rows in _places(merge) for row in rows if row is not None]


def _later_edits(merge: PersonMerge, kept: Person, gone: Person) -> Iterable[str]:
    if identity_in(kept) != merge.body.became:
        yield "The person's details were changed after the merge, and the change would be lost."
    if identity_in(gone) != EMPTY:
        yield "The other record was used again after the merge."
    for what, rows in _places(merge):
        if None in rows:
            yield f"{what} that came from the other record was changed after the merge."


def _places(merge: PersonMerge) -> Iterable[tuple[str, list[Any]]]:
    """For each thing that was moved the row that says the same today, or None where it was edited
    since. By what it says, since a later merge that was undone writes rows anew."""
    kept_id, body = merge.person_id, merge.body
    flags = _rows_of(NeedsFlag, kept_id)
    yield "A need", [_take(flags, (moved.head, moved.body), _says) for moved in body.flags]
    children = _rows_of(Child, kept_id)
    yield "A child", [_take(children, (moved.head, moved.body), _says) for moved in body.children]
    ties = list(relationships_of(kept_id))
    wanted = [(*ends_after(tie, merge.other_id, kept_id), tie.head) for tie in body.relationships]
    yield "A relationship", [_take(ties, tie, _ties) for tie in wanted if tie[0] != tie[1]]


def _take(rows: list[Any], wanted: object, said_by: Callable[[Any], object]) -> Any:
    """The first row that says what is wanted, which no other can have then."""
    found = next((row for row in rows if said_by(row) == wanted), None)
    if found is not None:
        rows.remove(found)
    return found


def _says(row: Any) -> object:
    return row.head, row.body


def _ties(row: Relationship) -> object:
    return row.person_id, row.other_id, row.head


def _rows_of(model: Any, person_id: UUID) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.person_id == person_id)))
