"""Makes a release in the background, and tells in the database how far it is."""

import time
from datetime import datetime, timedelta
from threading import Thread
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from caseapp.access.actors import Actor
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.exports.entries import ReleaseProblem
from caseapp.exports.making import solve_release
from caseapp.exports.models import ReleaseJob

RUNNING, DONE, FAILED = "running", "done", "failed"
QUIET = timedelta(minutes=5)  # without a sign of life: its process is gone
SECONDS_BETWEEN_SIGNS = 2.0
STOPPED = "It stopped before it was done, and nothing was released. Start again."


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


def is_running(job: ReleaseJob) -> bool:
    return job.state == RUNNING and now() - datetime.fromisoformat(job.updated_at) < QUIET


def problem_of(job: ReleaseJob) -> str:
    """Why there is no release, "" while there may be one."""
    if job.state == RUNNING and not is_running(job):
        return STOPPED
    return job.problem


def run_in_background(app: Flask, job_id: UUID, period: str, actor: Actor) -> Thread:
    """Begin; the thread ends with the process, and then nothing was released."""
    name = f"release-{period}"
    thread = Thread(target=_run, args=(app, job_id, period, actor), name=name, daemon=True)
    thread.start()
    return thread


def _run(app: Flask, job_id: UUID, period: str, actor: Actor) -> None:
    with app.app_context():
        try:
            solve_release(period, actor=actor, progress=_Signs(job_id).show)
            _write(job_id, state=DONE, step="Done")
        except ReleaseProblem as problem:
            _write(job_id, state=FAILED, problem=str(problem)[:500])
        except Exception:
            app.logger.exception("A release could not be made")
            _write(job_id, state=FAILED, problem=STOPPED)


def _write(job_id: UUID, **values: str) -> None:
    db.session.rollback()
    with transaction():
        changed = {**values, "updated_at": now().isoformat()}
        db.session.execute(update(ReleaseJob).where(ReleaseJob.id == job_id).values(changed))


class _Signs:
    """Writes down each new step at once, and a sign of life now and then."""

    def __init__(self, job_id: UUID) -> None:
        self.job_id, self.step, self.at = job_id, "", 0.0

    def show(self, step: str, _done: int, _total: int) -> None:
        if step != self.step or time.monotonic() - self.at > SECONDS_BETWEEN_SIGNS:
            self.step, self.at = step, time.monotonic()
            _write(self.job_id, step=step)
