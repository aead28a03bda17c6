"""Work in the background: what its row says while it runs, when it fails, and when it is gone."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from caseapp.accounts.models import Team
from caseapp.background import DONE, RUNNING, Work
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.exports.jobs import new_job
from caseapp.exports.models import ReleaseJob
from tests.cast import Cast

WORK = Work(rows=ReleaseJob, failed="failed", quiet=timedelta(minutes=5), cut_off="It was cut off.")
MOMENT = "2026-07-01T12:00:00+00:00"


@pytest.fixture
def row_id(app: Flask, cast: Cast) -> UUID:
    """A row of work that runs, with a sign of life at MOMENT."""
    with app.app_context(), transaction(), time_machine.travel(MOMENT, tick=False):
        return new_job(cast.case_id, "2026-06", cast.analyst).id


def told(app: Flask, row_id: UUID) -> tuple[str, str]:
    """(state, problem) as they are stored."""
    with app.app_context():
        row = db.session.get_one(ReleaseJob, row_id)
        return row.state, row.problem


def run(app: Flask, row_id: UUID, do: Callable[[], object]) -> None:
    thread = WORK.start(app, row_id, do, "a test")
    thread.join(30)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    ("later", "runs", "problem"),
    [
        (timedelta(minutes=4, seconds=59), True, ""),
        (timedelta(minutes=5), False, "It was cut off."),
    ],
)
def test_work_without_a_sign_of_life_is_said_to_be_cut_off(
    app: Flask, row_id: UUID, later: timedelta, runs: bool, problem: str
) -> None:
    with app.app_context(), time_machine.travel(MOMENT, tick=False) as clock:
        clock.shift(later)
        row = db.session.get_one(ReleaseJob, row_id)
        assert (WORK.is_running(row), WORK.problem_of(row)) == (runs, problem)


def test_work_that_is_done_is_never_said_to_be_cut_off(app: Flask, row_id: UUID) -> None:
    with app.app_context():
        row = db.session.get_one(ReleaseJob, row_id)
        row.state = DONE
        assert (WORK.is_running(row), WORK.problem_of(row)) == (False, "")


def test_a_word_of_how_far_it_is_is_a_sign_of_life(app: Flask, row_id: UUID) -> None:
    with app.app_context(), time_machine.travel(MOMENT, tick=False) as clock:
        clock.shift(timedelta(hours=1))
        WORK.tell(row_id, step="Half way")
        row = db.session.get_one(ReleaseJob, row_id, populate_existing=True)
        assert (row.step, row.updated_at) == ("Half way", now().isoformat())
        assert WORK.is_running(row)


def test_a_failure_that_nobody_foresaw_ends_the_work_and_leaves_nothing_half_written(
    app: Flask, row_id: UUID
) -> None:
    def fail() -> None:
        db.session.add(Team(name="Half written", service="idva"))
        db.session.flush()
        raise RuntimeError("the disk went away")

    run(app, row_id, fail)
    assert told(app, row_id) == ("failed", "It was cut off.")
    with app.app_context():
        assert "Half written" not in set(db.session.scalars(select(Team.name)))


def test_what_work_tells_of_itself_stands(app: Flask, row_id: UUID) -> None:
    assert told(app, row_id) == (RUNNING, "")
    run(app, row_id, lambda: WORK.tell(row_id, state="failed", problem="Too fine."))
    assert told(app, row_id) == ("failed", "Too fine.")
