"""What the timeline of a case says of its files."""

from collections.abc import Iterable

from flask import url_for

from caseapp.attachments.models import Attachment
from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in


def entries_of(case: Case) -> Iterable[TimelineEntry]:
    url = url_for("attachments.list_attachments", case_id=case.id)
    for attachment in rows_in(case, Attachment):
        head = attachment.head
        yield TimelineEntry(
            title="File added" if attachment.is_kept else "File added, and removed since",
            at=head.added_at,
            author_id=attachment.author_id,
            body=head.description,
            url=url,
            tag="Somebody else’s information" if head.is_third_party else "",
        )
