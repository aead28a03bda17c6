"""Makes a release in the background, and tells in the database how far it is."""

import time
from datetime import timedelta
from threading import Thread
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from caseapp.access.actors import Actor
from caseapp.background import DONE, RUNNING, Work
from caseapp.clock import now
from caseapp.database import db
from caseapp.exports.entries import ReleaseProblem
from caseapp.exports.inputs import period_of
from caseapp.exports.making import PHASES, WRITING, compare, release_in_ledger, solve_release
from caseapp.exports.models import ReleaseJob

FAILED, CANCELLED = "failed", "cancelled"
CHANGED = "The cases have changed since"  # the last step of a job that found the month released
STEPS = ("Counting cases", *PHASES, WRITING)
SECONDS_BETWEEN_SIGNS = 2.0
RELEASES = Work(
    rows=ReleaseJob,
    failed=FAILED,
    quiet=timedelta(minutes=5),
    cut_off="It stopped before it was done, and nothing was released. Start again.",
)


class Cancelled(Exception):
    """Somebody ended it: nothing is released."""


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


def cancel(job_id: UUID) -> bool:
    """It ends at its next sign of life; the caller commits. False where it has ended, or writes
    already: then somebody would be told that nothing is released of what is."""
    running = (
        ReleaseJob.id == job_id,
        ReleaseJob.state == RUNNING,
        ReleaseJob.step.not_like(f"{WRITING}%"),
    )
    ended = db.session.execute(update(ReleaseJob).where(*running).values(state=CANCELLED))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def steps_done(job: ReleaseJob) -> int:
    """How many of STEPS are behind it."""
    return next((n for n, step in enumerate(STEPS) if job.step.startswith(step)), 0)


def run_in_background(app: Flask, job_id: UUID, period: str, actor: Actor) -> Thread:
    """Begin; the thread ends with the process, and then nothing was released."""
    return RELEASES.start(app, job_id, lambda: _run(job_id, period, actor), f"release-{period}")


def _run(job_id: UUID, period: str, actor: Actor) -> None:
    try:
        last_step = _make_or_compare(job_id, period, actor)
    except Cancelled:
        return
    except ReleaseProblem as problem:
        RELEASES.tell(job_id, state=FAILED, problem=str(problem)[:500])
    else:
        RELEASES.tell(job_id, state=DONE, step=last_step)


def _make_or_compare(job_id: UUID, period: str, actor: Actor) -> str:
    """A month of the ledger is never solved again: only counted, to tell what changed."""
    signs = _Signs(job_id)
    existing = release_in_ledger(period_of(period))
    if existing is None:
        solve_release(period, actor=actor, progress=signs.show)
        return "Done"
    return CHANGED if compare(existing, actor, signs.show) else "Done"


class _Signs:
    """Writes down each new step at once, and a sign of life now and then."""

    def __init__(self, job_id: UUID) -> None:
        self.job_id, self.step, self.at = job_id, "", 0.0

    def show(self, step: str, done: int, total: int) -> None:
        if step != self.step or time.monotonic() - self.at > SECONDS_BETWEEN_SIGNS:
            self.step, self.at = step, time.monotonic()
            how_far = f"{step}: {done:,} of {total:,}" if total > 1 else step
            RELEASES.tell(self.job_id, step=how_far[:60])
            self._insist_that_it_goes_on()  # after it is told: nobody cancels what is being written

    def _insist_that_it_goes_on(self) -> None:
        db.session.rollback()
        job = db.session.get(ReleaseJob, self.job_id, populate_existing=True)
        if job is not None and job.state == CANCELLED:
            raise Cancelled
