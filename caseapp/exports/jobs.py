"""Makes a release in the background, and tells in the database how far it is."""

import time
from datetime import timedelta
from threading import Thread
from uuid import UUID

from flask import Flask

from caseapp.access.actors import Actor
from caseapp.background import DONE, RUNNING, Work
from caseapp.clock import now
from caseapp.database import db
from caseapp.exports.entries import ReleaseProblem
from caseapp.exports.making import solve_release
from caseapp.exports.models import ReleaseJob

FAILED = "failed"
SECONDS_BETWEEN_SIGNS = 2.0
RELEASES = Work(
    rows=ReleaseJob,
    failed=FAILED,
    quiet=timedelta(minutes=5),
    cut_off="It stopped before it was done, and nothing was released. Start again.",
)


def new_job(job_id: UUID, period: str, actor: Actor) -> ReleaseJob:
    """A job that has not begun; the caller commits."""
    moment = now().isoformat()
    job = ReleaseJob(
        id=job_id,
        period=period,
        state=RUNNING,
        step="Waiting to begin",
        problem="",
        user_id=actor.user_id,
        started_at=moment,
        updated_at=moment,
    )
    db.session.add(job)
    return job


def run_in_background(app: Flask, job_id: UUID, period: str, actor: Actor) -> Thread:
    """Begin; the thread ends with the process, and then nothing was released."""
    return RELEASES.start(app, job_id, lambda: _run(job_id, period, actor), f"release-{period}")


def _run(job_id: UUID, period: str, actor: Actor) -> None:
    try:
        solve_release(period, actor=actor, progress=_Signs(job_id).show)
    except ReleaseProblem as problem:
        RELEASES.tell(job_id, state=FAILED, problem=str(problem)[:500])
    else:
        RELEASES.tell(job_id, state=DONE, step="Done")


class _Signs:
    """Writes down each new step at once, and a sign of life now and then."""

    def __init__(self, job_id: UUID) -> None:
        self.job_id, self.step, self.at = job_id, "", 0.0

    def show(self, step: str, _done: int, _total: int) -> None:
        if step != self.step or time.monotonic() - self.at > SECONDS_BETWEEN_SIGNS:
            self.step, self.at = step, time.monotonic()
            RELEASES.tell(self.job_id, step=step)
