"""What an emergency adds to other pages: a line of the timeline, what a manager has to do."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.break_glass.queries import count_unreviewed, day_of
from caseapp.break_glass.rules import review_due
from caseapp.cases.contributions import Due, TimelineEntry
from caseapp.cases.emergency import UNREVIEWED, EmergencyAccess
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.cases.reading import read_heads
from caseapp.web.navigation import Notice


def entries_of(case: Case) -> Iterable[TimelineEntry]:
    for access in rows_in(case, EmergencyAccess):
        yield TimelineEntry(
            title="Opened in an emergency by somebody of another team",
            at=access.head.began_at,
            author_id=access.user_id,
            body=access.body.words,
        )


def dues_of(session: Session, ids: Collection[UUID]) -> Iterator[Due]:
    """Who opened the case, for the manager to review within a working day."""
    for row, head in read_heads(session, EmergencyAccess, "case_id", ids):
        if row["state"] == UNREVIEWED:
            yield Due(
                case_id=row["case_id"],
                kind="break_glass",
                on=review_due(day_of(head.began_at)),
                for_manager=True,
                endpoint="break_glass.review_access",
                values=(("access_id", str(row["id"])),),
            )


def reviews_notice(actor: Actor) -> Notice | None:
    """The line at the top of a manager's pages, while an opening is not reviewed: one count."""
    if actor.team_id is None or not decide(actor, Permission.REVIEW_BREAK_GLASS):
        return None
    waiting = count_unreviewed(actor.team_id)
    if not waiting:
        return None
    openings = "1 opening" if waiting == 1 else f"{waiting} openings"
    return Notice(
        label="Emergency reviews",
        words=f"{openings} in an emergency to review.",
        url=url_for("break_glass.list_accesses"),
        link="Review it" if waiting == 1 else "Review them",
    )
