"""When the time for keeping a closed record is over, its manager is told, and nothing is erased."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from tests.cast import Cast, open_a_case
from tests.closings import close
from tests.statements import counted_statements
from tests.unit.closure.test_routes import ClientOf
from tests.visits import send

CLOSED = date(2026, 11, 2)
LAST_DAY = "2034-03-27 12:00Z"  # of the cast's own case: the person turns 25
AFTER = "2034-03-28 12:00Z"
LISTED = "Zalika Quillfeather"


@pytest.fixture
def old_case(app: Flask, cast: Cast) -> str:
    with app.app_context(), transaction():
        close(db.session.get_one(Case, cast.case_id), cast.manager, on=CLOSED)
    return f"/cases/{cast.case_id}"


@pytest.fixture
def manager(old_case: str, client_of: ClientOf) -> Iterator[FlaskClient]:
    """Who looks at it the day after."""
    with time_machine.travel(AFTER, tick=False):
        yield client_of("manager")


def test_a_record_is_listed_from_the_day_after_its_last(old_case: str, client_of: ClientOf) -> None:
    for moment, is_over in ((LAST_DAY, False), (AFTER, True)):
        with time_machine.travel(moment, tick=False):
            manager = client_of("manager")
            assert (LISTED in manager.get("/cases/old-records").text) is is_over
            assert ("kept until 27 March 2034" in manager.get(old_case).text) is is_over


def test_the_list_of_old_records_is_one_press_away_for_managers_alone(
    app: Flask, manager: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    assert "/cases/old-records" in manager.get("/today").text
    assert "/cases/old-records" not in client_of("assigned_advocate").get("/today").text
    assert client_of("assigned_advocate").get("/cases/old-records").status_code == 404


def test_another_teams_manager_sees_nothing_of_it(
    manager: FlaskClient, client_of: ClientOf
) -> None:
    assert LISTED in manager.get("/cases/old-records").text
    page = client_of("other_manager").get("/cases/old-records")
    assert page.status_code == 200
    assert LISTED not in page.text


def test_a_record_that_is_held_is_not_over(manager: FlaskClient, old_case: str) -> None:
    send(manager, f"{old_case}/hold", hold="yes", why="Inquest opened.")
    assert LISTED not in manager.get("/cases/old-records").text
    assert "kept until 27 March 2034" not in manager.get(old_case).text


def test_a_case_that_goes_on_is_not_over(manager: FlaskClient, old_case: str) -> None:
    on = {"on-day": "28", "on-month": "3", "on-year": "2034"}
    assert send(manager, f"{old_case}/reopen", why="She rang.", **on).status_code == 302
    assert LISTED not in manager.get("/cases/old-records").text
    assert manager.get(old_case).status_code == 200


def test_who_looked_at_old_records_is_in_the_audit(
    app: Flask, manager: FlaskClient, cast: Cast
) -> None:
    manager.get("/cases/old-records")
    with app.app_context():
        mine = select(AuditEntry).where(AuditEntry.chain_id == cast.manager.team_id)
        entry = db.session.scalars(mine.order_by(AuditEntry.number.desc())).first()
        assert entry
        assert (entry.kind, entry.detail) == ("cases_listed", '{"cases":1}')


def test_old_records_take_as_many_queries_for_many_as_for_one(
    app: Flask, manager: FlaskClient, cast: Cast
) -> None:
    manager.get("/cases/old-records")
    with counted_statements(app) as for_one:
        manager.get("/cases/old-records")
    with app.app_context(), transaction():
        for _ in range(3):
            close(open_a_case(cast.assigned_advocate), cast.manager, on=CLOSED)
    with counted_statements(app) as for_four:
        page = manager.get("/cases/old-records")
    assert page.text.count(LISTED) == 4
    assert len(for_four) <= len(for_one)
