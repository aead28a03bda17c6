"""What is done with a contact note: each change and its audit entry in one transaction."""

from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.clock import LOCAL
from caseapp.contacts.models import Note, NoteBody, NoteHead
from caseapp.database import db


def add_note(note_id: UUID, case: Case, head: NoteHead, body: NoteBody, by: Actor) -> Note:
    """Raises CaseIsClosed. The first successful contact is kept on the case."""
    insist_on_open(case)
    note = Note(id=note_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(note)
    if case.head.first_contact_on is None and head.contact_outcome == "successful":
        case.head = replace(case.head, first_contact_on=head.at.astimezone(LOCAL).date())
    note_act(Kind.NOTE_ADDED, case, by, Permission.ADD_NOTE, subject_id=note.id)
    return note
