"""What safety plans add to the day: their reviews, and the cases that have none."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.reading import read_heads
from caseapp.plans.models import CallHead, Plan, ReviewCall
from caseapp.plans.reviews import review_of

NO_PLAN = "no_plan"  # a code of the list `gap`


def reviews_due(session: Session, case_ids: Collection[UUID]) -> Iterator[Due]:
    """Each plan on its day, or on that of what calls for it before, with the reason in words."""
    calls: dict[UUID, list[CallHead]] = defaultdict(list)
    for row, head in read_heads(session, ReviewCall, "case_id", case_ids):
        calls[row["case_id"]].append(head)
    for row, head in read_heads(session, Plan, "case_id", case_ids):
        review = review_of(head, calls[row["case_id"]])
        yield Due(
            case_id=row["case_id"],
            kind="plan_review",
            on=review.on,
            what=review.why,
            endpoint="plans.show_plan",
            values=(("plan_id", str(row["id"])),),
        )


def cases_without_plan(session: Session, case_ids: Collection[UUID]) -> Iterator[tuple[UUID, str]]:
    with_plan = set(session.scalars(select(Plan.case_id).where(Plan.case_id.in_(case_ids))))
    return ((case_id, NO_PLAN) for case_id in case_ids if case_id not in with_plan)
