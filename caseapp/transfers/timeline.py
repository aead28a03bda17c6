"""What transfers add to the timeline of a case: the hand-over note, and what was answered."""

from collections.abc import Iterator

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.transfers.models import ACCEPTED, ASKED, DECLINED, WITHDRAWN, Transfer

ANSWERS = {
    ACCEPTED: "The other team took the case over",
    DECLINED: "The other team did not take the case over",
    WITHDRAWN: "The transfer was withdrawn",
}


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    for transfer in rows_in(case, Transfer):
        head, body = transfer.head, transfer.body
        yield TimelineEntry(
            title="Another team was asked to take the case over",
            at=head.asked_at,
            author_id=transfer.author_id,
            body=f"{body.why}\n\nHand-over note:\n{body.note}",
            tag="Waiting for an answer" if transfer.status == ASKED else "",
        )
        if head.decided_at:
            yield TimelineEntry(
                title=ANSWERS[transfer.status],
                at=head.decided_at,
                author_id=head.decided_by,
                body=body.answer,
            )
