"""Reading what was measured, and the requests that wait for a manager."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due, due_sources
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.cases.reading import read_heads
from caseapp.closure.models import RETURNED, WAITING, ClosureRequest, OutcomeMeasure
from caseapp.closure.rules import place_of_stage
from caseapp.database import db


def measures_of(case: Case) -> Sequence[OutcomeMeasure]:
    """In the order in which they were taken."""
    return sorted(
        rows_in(case, OutcomeMeasure),
        key=lambda each: (each.head.measured_on, place_of_stage(each.head.stage)),
    )


def waiting_request(case: Case) -> ClosureRequest | None:
    mine = select(ClosureRequest).where(ClosureRequest.case_id == case.id)
    return db.session.scalar(mine.where(ClosureRequest.status == WAITING))


def returned_request(case: Case) -> ClosureRequest | None:
    """The one that the manager sent back and nobody has acted on since."""
    mine = select(ClosureRequest).where(ClosureRequest.case_id == case.id)
    return db.session.scalar(mine.where(ClosureRequest.status == RETURNED))


def dues_in(case: Case) -> list[Due]:
    """What is due in this case, as every room tells it."""
    return [due for source in due_sources for due in source(db.session(), [case.id])]


def dues_of(session: Session, cases: Collection[UUID]) -> Iterator[Due]:
    """A request waits for the manager from the day it was made; a returned one for whoever
    has the case now."""
    for row, head in read_heads(session, ClosureRequest, "case_id", cases):
        if row["status"] in {WAITING, RETURNED}:
            waits = row["status"] == WAITING
            yield Due(
                case_id=row["case_id"],
                kind="closure_approval" if waits else "closure_returned",
                on=head.asked_on,
                for_manager=waits,
                endpoint="closure.decide_closure" if waits else "closure.close_case",
            )
