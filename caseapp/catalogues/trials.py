"""Tries a catalogue in the background, and tells in the database how far it is."""

import time
from datetime import timedelta
from threading import Thread
from uuid import UUID

import msgspec
from flask import Flask

from caseapp.access.actors import Actor
from caseapp.background import DONE, RUNNING, Work
from caseapp.catalogues.cost import Cost, NoTrial, try_catalogue
from caseapp.catalogues.models import CatalogueTrial
from caseapp.catalogues.queries import read_catalogue, write_catalogue
from caseapp.clock import now
from caseapp.database import db
from caseapp.indicators.catalogue import Catalogue
from caseapp.indicators.periods import Period

FAILED = "failed"
SECONDS_BETWEEN_SIGNS = 2.0
TRIALS = Work(
    rows=CatalogueTrial,
    failed=FAILED,
    quiet=timedelta(minutes=5),
    cut_off="The trial stopped before it was done. Start it again.",
)


def new_trial(
    trial_id: UUID, year: str, catalogue: Catalogue, method: str, month: str, actor: Actor
) -> CatalogueTrial:
    """A trial that has not begun; the caller commits."""
    moment = now().isoformat()
    trial = CatalogueTrial(
        id=trial_id,
        year=year,
        month=month,
        tables=write_catalogue(catalogue),
        method=method,
        state=RUNNING,
        step="Waiting to begin",
        problem="",
        cost="",
        user_id=actor.user_id,
        started_at=moment,
        updated_at=moment,
    )
    db.session.add(trial)
    return trial


def cost_of(trial: CatalogueTrial) -> Cost | None:
    return msgspec.json.decode(trial.cost, type=Cost) if trial.cost else None


def run_in_background(app: Flask, trial_id: UUID, period: Period, actor: Actor) -> Thread:
    """Begin; the thread ends with the process."""
    return TRIALS.start(app, trial_id, lambda: _run(trial_id, period, actor), "catalogue-trial")


def _run(trial_id: UUID, period: Period, actor: Actor) -> None:
    trial = db.session.get_one(CatalogueTrial, trial_id)
    catalogue, method = read_catalogue(trial.tables), trial.method
    try:
        cost = try_catalogue(catalogue, method, period, actor, _Signs(trial_id).show)
    except NoTrial as problem:
        TRIALS.tell(trial_id, state=FAILED, problem=str(problem))
    else:
        TRIALS.tell(trial_id, state=DONE, step="Done", cost=msgspec.json.encode(cost).decode())


class _Signs:
    """Writes down each new step at once, and a sign of life now and then."""

    def __init__(self, trial_id: UUID) -> None:
        self.trial_id, self.step, self.at = trial_id, "", 0.0

    def show(self, step: str, _done: int, _total: int) -> None:
        if step != self.step or time.monotonic() - self.at > SECONDS_BETWEEN_SIGNS:
            self.step, self.at = step, time.monotonic()
            TRIALS.tell(self.trial_id, step=step[:60])
