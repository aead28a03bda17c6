"""What the sharing log adds to the timeline of a case."""

from collections.abc import Iterator

from flask import url_for

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.sharing.models import SharingStep
from caseapp.sharing.queries import SharingRecord, sharing_of
from caseapp.sharing.rules import needs_senior


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    """The sharing, unless a referral tells of it already, and what followed it."""
    for record in sharing_of(case):
        if record.entry.subject_id is None:
            yield _shared(record)
        for step in record.steps:
            yield _followed(record, step)


def _shared(record: SharingRecord) -> TimelineEntry:
    without = needs_senior(record.head.consent)
    return TimelineEntry(
        title=f"Shared with {record.head.with_whom}",
        at=record.head.shared_on,
        author_id=record.versions[0].author_id,
        body=record.body.what,
        url=_place(record),
        tag="A senior has to decide" if record.is_open else "",
        warning="Shared without their agreement" if without else "",
    )


def _followed(record: SharingRecord, step: SharingStep) -> TimelineEntry:
    if step.head.on:
        title = f"Agreement withdrawn: sharing with {record.head.with_whom}"
    else:
        verdict = "agreed with" if step.head.agrees else "disagreed with"
        title = f"A senior {verdict} sharing with {record.head.with_whom}"
    return TimelineEntry(
        title=title,
        at=step.head.on or step.head.at,
        author_id=step.author_id,
        body=step.body.words,
        url=_place(record),
    )


def _place(record: SharingRecord) -> str:
    where = url_for("sharing.list_sharing", case_id=record.entry.case_id)
    return f"{where}#sharing-{record.versions[0].id}"
