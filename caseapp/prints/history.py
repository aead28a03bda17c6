"""What the worker's copy tells besides the plan: its versions, and why a review is due."""

from datetime import date, datetime

from caseapp.accounts.queries import names_of
from caseapp.cases.models import Case
from caseapp.clock import LOCAL
from caseapp.documents.plan_paper import HistoryLine
from caseapp.plans.facts import agreed_by
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import review_in, versions_of
from caseapp.reference import label_of


def history_of(plan: Plan, printed: PlanVersion) -> tuple[HistoryLine, ...]:
    """This version and those before it, the newest first."""
    versions = [each for each in versions_of(plan) if each.number <= printed.number]
    names = names_of({each.author_id for each in versions})
    return tuple(
        HistoryLine(
            number=each.number,
            written_on=local_day(each.head.written_at),
            by=names[each.author_id],
            review_on=each.head.review_on,
            agreed=agreed_by(each.head),
            agreed_on=each.head.agreed_on,
        )
        for each in versions
    )


def reasons_for_review(case: Case, plan: Plan) -> tuple[str, ...]:
    """What happened since the plan was written, in English words."""
    codes = review_in(case, plan).reasons
    return tuple(label_of("plan_review_reason", code) for code in codes)


def local_day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()
