"""Whether a merge can be undone: only while nothing that was written since would be lost."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.database import db
from caseapp.households.merge_door import Known
from caseapp.households.models import Child, MergeBody, PersonMerge, Relationship
from caseapp.people.models import NeedsFlag, Person

FIRST_REVISION = 1
NOT_ALL_YOURS = (
    "You cannot take the two records apart: part of them is not in your hands any more. Speak to"
    " your manager."
)


def why_not_undo(merge: PersonMerge, kept: Known, gone: Person) -> tuple[str, ...]:
    """Each reason in one sentence; empty where the merge can be undone."""
    if merge.status != "merged":
        return ("The two records were taken apart already.",)
    body = merge.body
    own = {case.id for case in kept.cases}
    if kept.is_elsewhere or not own.issuperset(body.cases):
        return (NOT_ALL_YOURS,)
    return tuple(_later_edits(body, kept, gone))


def moved_rows(body: MergeBody) -> list[Any]:
    """The rows that took the place of those that were moved, as far as they are there."""
    return [
        *_rows(NeedsFlag, [flag.new_id for flag in body.flags]),
        *_rows(Child, [child.new_id for child in body.children]),
        *_rows(Relationship, [tie.new_id for tie in body.relationships if tie.new_id]),
    ]


def _later_edits(body: MergeBody, kept: Known, gone: Person) -> Iterable[str]:
    if kept.person.revision != body.kept_revision:
        yield "The person's details were changed after the merge, and the change would be lost."
    if gone.revision != body.gone_revision:
        yield "The other record was used again after the merge."
    for what, rows, expected in (
        ("A need", _rows(NeedsFlag, [flag.new_id for flag in body.flags]), len(body.flags)),
        ("A child", _rows(Child, [child.new_id for child in body.children]), len(body.children)),
        *_ties(body),
    ):
        if len(rows) < expected or any(row.revision != FIRST_REVISION for row in rows):
            yield f"{what} that came from the other record was changed after the merge."


def _ties(body: MergeBody) -> Iterable[tuple[str, Sequence[Any], int]]:
    moved = [tie.new_id for tie in body.relationships if tie.new_id]
    yield "A relationship", _rows(Relationship, moved), len(moved)


def _rows(model: Any, ids: Sequence[UUID]) -> Sequence[Any]:
    return db.session.scalars(select(model).where(model.id.in_(ids))).all() if ids else ()
