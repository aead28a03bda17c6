"""What the MARAC adds to the timeline of a case: days and decisions, and nobody's name."""

from collections.abc import Iterator

from flask import url_for

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.marac.models import MaracReferral
from caseapp.reference import label_of
from caseapp.web.gate import current_actor


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    may_see = may(current_actor(), Permission.SEE_PERPETRATORS, case) is not None
    for referral in rows_in(case, MaracReferral):
        yield from _of_referral(referral, may_see=may_see)


def _of_referral(referral: MaracReferral, *, may_see: bool) -> Iterator[TimelineEntry]:
    head, url = referral.head, ""
    if may_see:
        url = url_for("marac.show_referral", case_id=referral.case_id, referral_id=referral.id)
    yield TimelineEntry(
        title="Referred to the MARAC",
        at=head.referred_on,
        author_id=referral.author_id,
        body="\n".join(label_of("marac_criterion", code) for code in head.criteria),
        url=url,
        tag="Repeat" if head.is_repeat else "",
    )
    if head.heard_on:
        yield TimelineEntry(
            title="Heard at the MARAC",
            at=head.heard_on,
            body=referral.body.outcome if may_see else "",
            url=url,
            warning="" if head.fed_back_on else "The person was not told yet",
        )
    for feedback in referral.feedbacks:
        if feedback.on:
            yield TimelineEntry(title="Told what the MARAC said", at=feedback.on, url=url)
