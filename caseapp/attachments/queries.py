"""Reading which files a case has."""

from collections.abc import Sequence
from uuid import UUID

from caseapp.attachments.models import Attachment
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case, rows_in


def attachments_of(case: Case) -> Sequence[Attachment]:
    """Kept and removed ones, the newest first."""
    return sorted(rows_in(case, Attachment), key=lambda row: row.head.added_at, reverse=True)


def kept_attachment(case: Case, attachment_id: UUID) -> Attachment | None:
    """None for one that was removed, or that is another case's."""
    attachment = find_in_case(case, Attachment, attachment_id)
    return attachment if attachment and attachment.is_kept else None
