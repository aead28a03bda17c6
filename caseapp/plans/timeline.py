"""What plans add to the timeline of a case; what is written in them stays on their own pages."""

from collections.abc import Iterator

from flask import url_for

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import plans_of, review_in, versions_in
from caseapp.reference import label_of


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    """Each version on the day it was written; the newest says whether it has to be reviewed."""
    plans = {plan.id: plan for plan in plans_of(case)}
    for version in versions_in(case):
        yield _entry(case, plans[version.plan_id], version)


def _entry(case: Case, plan: Plan, version: PlanVersion) -> TimelineEntry:
    kind = label_of("theme", plan.head.kind)
    is_newest = version.number == plan.head.versions
    number = version.number
    return TimelineEntry(
        title=f"Safety plan, version {version.number}: {kind}",
        at=version.head.written_at,
        author_id=version.author_id,
        url=url_for("plans.show_version", case_id=case.id, plan_id=plan.id, number=number),
        tag="Agreed with the person" if version.head.is_agreed else "Not agreed yet",
        warning=_warning(case, plan) if case.is_open and is_newest else "",
    )


def _warning(case: Case, plan: Plan) -> str:
    """Nothing before the day, unless something called for a review."""
    review = review_in(case, plan)
    words = "Its review is overdue" if review.is_overdue(today()) else ""
    if review.reasons and not words:
        words = "It has to be reviewed"
    return f"{words}: {review.why}" if review.reasons else words
