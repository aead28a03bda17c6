"""What risk adds to the timeline of a case."""

from collections.abc import Iterator

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.reference import label_of
from caseapp.risk.models import RiskJudgement


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    return (_of_judgement(each) for each in rows_in(case, RiskJudgement))


def _of_judgement(judgement: RiskJudgement) -> TimelineEntry:
    return TimelineEntry(
        title=f"Risk judged: {label_of('risk_level', judgement.head.level)}",
        at=judgement.head.judged_on,
        author_id=judgement.author_id,
        body=judgement.body.reasons,
    )
