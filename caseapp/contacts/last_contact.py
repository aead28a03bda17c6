"""When somebody last spoke with each person, for lists that are sorted by it."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.cases.reading import read_heads
from caseapp.clock import LOCAL
from caseapp.contacts.models import Note, NoteHead
from caseapp.reference import UnknownCode, entry

SPOKE = "successful"  # a code of the list contact_outcome
WITH_THEM = "contact"  # a group of the list note_type


def days_of_contact(session: Session, case_ids: Collection[UUID]) -> Iterator[tuple[UUID, date]]:
    for row, head in read_heads(session, Note, "case_id", case_ids):
        if spoke_with_them(head):
            yield row["case_id"], head.at.astimezone(LOCAL).date()


def spoke_with_them(head: NoteHead) -> bool:
    """Not when it was only tried, and not when it was somebody else."""
    return head.contact_outcome == SPOKE and _is_with_them(head.type)


def _is_with_them(note_type: str) -> bool:
    try:
        return entry("note_type", note_type).group == WITH_THEM
    except UnknownCode:
        return False
