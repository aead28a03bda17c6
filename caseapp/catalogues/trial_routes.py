"""Seeing what a catalogue costs before it counts: the trial, how far it is, what it found."""

from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from flask import abort, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp.access.permissions import Permission
from caseapp.catalogues.forms import METHOD_WORDS
from caseapp.catalogues.queries import find_trial, method_of, newest_trial
from caseapp.catalogues.routes import bp, catalogue_in
from caseapp.catalogues.trials import TRIALS, cost_of, new_trial, run_in_background
from caseapp.clock import today
from caseapp.database import db
from caseapp.indicators.definitions import definitions
from caseapp.indicators.periods import Period, last_period
from caseapp.web.gate import current_actor, needs
from caseapp.web.looking_again import looks_by_itself, progress_line


@bp.post("/catalogue/<year>/trial")
@needs(Permission.CHOOSE_CATALOGUE)
def begin_trial(year: str) -> ResponseReturnValue:
    """One at a time: whoever asks again sees the one that runs."""
    catalogue = catalogue_in(year)
    running = newest_trial(db.session(), year)
    if running and TRIALS.is_running(running):
        return _to(running.id)
    period, trial_id = last_period(today()), uuid4()
    method = method_of(db.session(), year)
    new_trial(trial_id, year, catalogue, method, period.month, current_actor())
    return _begin(trial_id, period)


def _begin(trial_id: UUID, period: Period) -> Response:
    """It is committed with the answer; only then does the work begin."""
    actor, app = current_actor(), cast(Any, current_app)._get_current_object()  # noqa: SLF001
    response = make_response(_to(trial_id))
    response.call_on_close(lambda: _start(app, trial_id, period, actor))
    return response


def _start(app: Any, trial_id: UUID, period: Period, actor: Any) -> None:
    run_in_background(app, trial_id, period, actor)


@bp.get("/catalogue/trials/<uuid:trial_id>")
@needs(Permission.CHOOSE_CATALOGUE)
def show_trial(trial_id: UUID) -> ResponseReturnValue:
    trial = find_trial(db.session(), trial_id) or abort(404)
    how_far = f"Now: {trial.step}" if TRIALS.is_running(trial) else ""
    if looks_by_itself():
        return progress_line(how_far)
    cost = cost_of(trial)
    titles = {each.number: each.title for each in definitions().indicators}
    return render_template(
        "catalogues/show_trial.html",
        trial=trial,
        month=f"{date.fromisoformat(f'{trial.month}-01'):%B %Y}",
        how_far=how_far,
        problem=TRIALS.problem_of(trial),
        cost=cost,
        method=METHOD_WORDS[trial.method],
        without=[(n, titles.get(n, "")) for n in cost.without_value] if cost else [],
    )


def _to(trial_id: UUID) -> Response:
    return redirect(url_for("catalogues.show_trial", trial_id=trial_id))
