"""Choosing a month, watching its release being made, cancelling it."""

from typing import Any, cast
from uuid import UUID

from flask import (
    Flask,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp.access.permissions import Permission
from caseapp.background import DONE
from caseapp.exports import jobs
from caseapp.exports.blueprint import bp
from caseapp.exports.forms import ReleaseForm
from caseapp.exports.jobs import CANCELLED, RELEASES, STEPS, new_job, run_in_background, steps_done
from caseapp.exports.models import ReleaseJob
from caseapp.exports.queries import find_job, newest_job
from caseapp.exports.routes import ledger_page
from caseapp.release_files.words import month_words
from caseapp.web.gate import current_actor, needs
from caseapp.web.looking_again import looks_by_itself, progress_line


@bp.post("/releases")
@needs(Permission.MAKE_RELEASE)
def make_release() -> ResponseReturnValue:
    """A month that is released already is only counted, to tell whether cases changed since."""
    form = ReleaseForm()
    if not form.validate_on_submit():
        return ledger_page(form), 422
    newest, job_id = newest_job(), form.record_id.data
    if newest and RELEASES.is_running(newest):
        return _to(newest.id)
    if find_job(job_id) is None:
        return _begin(job_id, cast(str, form.month.data))
    return _to(job_id)


def _begin(job_id: UUID, period: str) -> ResponseReturnValue:
    """The job is committed with the answer; only then does the work begin."""
    actor, app = current_actor(), cast(Any, current_app)._get_current_object()  # noqa: SLF001
    new_job(job_id, period, actor)
    response = make_response(_to(job_id))
    response.call_on_close(lambda: _start(app, job_id, period, actor))
    return response


def _start(app: Flask, job_id: UUID, period: str, actor: Any) -> None:
    run_in_background(app, job_id, period, actor)


@bp.get("/releases/jobs/<uuid:job_id>")
@needs(Permission.MAKE_RELEASE)
def show_job(job_id: UUID) -> ResponseReturnValue:
    job = find_job(job_id) or abort(404)
    how_far = _how_far(job) if RELEASES.is_running(job) else ""
    if looks_by_itself():
        return progress_line(how_far, steps_done(job))
    if job.state == DONE:
        return redirect(url_for("exports.show_release", period=job.period))
    return render_template(
        "exports/show_job.html",
        job=job,
        month=month_words(job.period),
        how_far=how_far,
        done=steps_done(job),
        steps=STEPS,
        is_cancelled=job.state == CANCELLED,
        problem=RELEASES.problem_of(job),
    )


@bp.post("/releases/jobs/<uuid:job_id>/cancel")
@needs(Permission.MAKE_RELEASE)
def cancel_job(job_id: UUID) -> ResponseReturnValue:
    job = find_job(job_id) or abort(404)
    if jobs.cancel(job.id):
        flash("It is cancelled. Nothing of it is released", "success")
    return _to(job_id)


def _how_far(job: ReleaseJob) -> str:
    return f"Step {steps_done(job) + 1} of {len(STEPS)}. {job.step}"


def _to(job_id: UUID) -> Response:
    return redirect(url_for("exports.show_job", job_id=job_id))
