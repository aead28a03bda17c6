"""More openings than the list shows: none that waits is left out, and of the reviewed ones the
newest are shown."""

from datetime import timedelta
from uuid import uuid4

from flask import Flask

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.break_glass.queries import MOST_REVIEWED, accesses_of_team
from caseapp.cases.emergency import (
    REVIEWED,
    UNREVIEWED,
    AccessBody,
    AccessHead,
    EmergencyAccess,
)
from caseapp.clock import now
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.unit.break_glass.emergencies import ClientOf

MANY = MOST_REVIEWED + 5


def keep_accesses(cast: Cast, state: str, count: int) -> None:
    """As many as are asked for, each an hour after the one before; the last began just now."""
    with transaction():
        for hours in reversed(range(count)):
            began_at = now() - timedelta(hours=hours)
            db.session.add(
                EmergencyAccess(
                    id=uuid4(),
                    case_id=cast.case_id,
                    user_id=cast.other_team.user_id,
                    state=state,
                    head=AccessHead(began_at=began_at, until=began_at, reason="danger_now"),
                    body=AccessBody(words="He is at the door.", found_by="reference"),
                )
            )
        record(Kind.GLASS_REVIEWED, actor=cast.manager)


def hours_ago(cast: Cast) -> list[int]:
    assert cast.manager.team_id
    lines = accesses_of_team(cast.manager.team_id)
    return [(now() - line.access.head.began_at) // timedelta(hours=1) for line in lines]


def test_no_opening_that_waits_for_a_review_is_left_out(app: Flask, cast: Cast) -> None:
    with app.app_context():
        keep_accesses(cast, UNREVIEWED, MANY)
        assert hours_ago(cast) == list(reversed(range(MANY)))


def test_the_newest_reviewed_openings_are_shown_and_the_page_says_that_there_are_more(
    app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    told = f"the newest {MOST_REVIEWED} are shown"
    manager = client_of("manager")
    with app.app_context():
        keep_accesses(cast, REVIEWED, 1)
    assert told not in manager.get("/emergency/reviews").text
    with app.app_context():
        keep_accesses(cast, REVIEWED, MANY)
        assert hours_ago(cast)[1:] == list(range(MOST_REVIEWED - 1))
    assert told in manager.get("/emergency/reviews").text
