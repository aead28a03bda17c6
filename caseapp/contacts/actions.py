"""What is done with a contact note: each change and its audit entry in one transaction."""

from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.clock import LOCAL, now
from caseapp.contacts.last_contact import spoke_with_them
from caseapp.contacts.models import Note, NoteBody, NoteHead, TaskHead
from caseapp.contacts.rules import channel_of, due_day
from caseapp.contacts.task_actions import add_task
from caseapp.database import db
from caseapp.reference import label_of

__all__ = ["add_note", "add_task", "override_safe_contact", "show_contact"]


def add_note(note_id: UUID, case: Case, head: NoteHead, body: NoteBody, by: Actor) -> Note:
    """Raises CaseIsClosed. The day of the first contact with the person is kept on the case,
    though it may be logged late, and the next action becomes a task."""
    insist_on_open(case)
    note = Note(id=note_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(note)
    on = head.at.astimezone(LOCAL).date()
    first = case.head.first_contact_on
    if spoke_with_them(head) and (first is None or on < first):
        case.head = replace(case.head, first_contact_on=on)
    note_act(Kind.NOTE_ADDED, case, by, Permission.ADD_NOTE, subject_id=note.id)
    if body.why_not_safe:
        override_safe_contact(case, channel_of(head.type), by)
    if body.next_action:
        due_on = due_day(body.next_action_on, on)
        task = TaskHead(what=body.next_action, due_on=due_on, kind=body.next_action_kind)
        add_task(uuid4(), case, task, by, note_id=note.id)
    return note


def show_contact(
    note_id: UUID, case: Case, channel: str, why_not_safe: str, by: Actor
) -> Note | None:
    """Note that a number or address was shown. Where it is not known to be safe, the reason is
    kept in a note of the case, which is given back. Raises CaseIsClosed."""
    insist_on_open(case)
    detail = {"channel": channel}
    note_act(Kind.CONTACT_SHOWN, case, by, Permission.ADD_NOTE, detail=detail)
    if not why_not_safe:
        return None
    words = label_of("contact_channel", channel)
    head = NoteHead(at=now(), type="case_record", contact_outcome="not_a_contact")
    body = NoteBody(
        fact=f"Looked up how to reach them, though it is not known to be safe now: {words}.",
        why_not_safe=why_not_safe,
    )
    note = Note(id=note_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(note)
    note_act(Kind.NOTE_ADDED, case, by, Permission.ADD_NOTE, subject_id=note.id)
    override_safe_contact(case, channel, by)
    return note


def override_safe_contact(case: Case, channel: str, by: Actor) -> None:
    """Note that somebody acts, for a reason that stands in the record, against what is known of
    safe contact. `channel`: a code of the list contact_channel."""
    detail = {"channel": channel}
    note_act(Kind.SAFE_CONTACT_OVERRIDDEN, case, by, Permission.ADD_NOTE, detail=detail)
