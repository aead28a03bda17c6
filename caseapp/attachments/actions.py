"""What is done with a file of a case: the change and its audit entry in one transaction."""

from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.attachments.models import REMOVED, Attachment, AttachmentHead
from caseapp.attachments.queries import attachments_of
from caseapp.attachments.rules import MOST_FILES, NotTaken
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db


def add_attachment(
    attachment_id: UUID, file_id: UUID, case: Case, head: AttachmentHead, by: Actor
) -> Attachment:
    """Raises CaseIsClosed, NotTaken for the same file again and for one too many."""
    insist_on_open(case)
    _insist_on_room(case, head.digest)
    attachment = Attachment(
        id=attachment_id, file_id=file_id, case_id=case.id, author_id=by.user_id, head=head
    )
    db.session.add(attachment)
    note_act(Kind.ATTACHMENT_ADDED, case, by, Permission.ADD_NOTE, subject_id=attachment.id)
    return attachment


def note_download(case: Case, attachment: Attachment, by: Actor) -> None:
    note_act(Kind.ATTACHMENT_OPENED, case, by, Permission.OPEN_CASE, subject_id=attachment.id)


def remove_attachment(case: Case, attachment: Attachment, why: str, by: Actor) -> None:
    """Forget the key, so that the file is lost with the commit; the row says who and why.

    Whoever calls it destroys the file after the commit. Raises CaseIsClosed.
    """
    insist_on_open(case)
    attachment.state = REMOVED
    attachment.head = replace(
        attachment.head,
        key=b"",
        digest=b"",
        removed_at=now(),
        removed_by=by.user_id,
        removed_why=why,
    )
    note_act(Kind.ATTACHMENT_REMOVED, case, by, Permission.EDIT_CASE, subject_id=attachment.id)


def _insist_on_room(case: Case, digest: bytes) -> None:
    kept = [attachment for attachment in attachments_of(case) if attachment.is_kept]
    same = next((attachment for attachment in kept if attachment.head.digest == digest), None)
    if same:
        raise NotTaken(f"This file is in the case already, as “{same.head.name}”")
    if len(kept) >= MOST_FILES:
        raise NotTaken(f"A case can hold {MOST_FILES} files. Remove one that is not needed first")
