"""The analyst's pages: past releases, making one, its certificate, its download."""

import json
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.background import DONE
from caseapp.database import db
from caseapp.exports.archive import zip_of
from caseapp.exports.charts import cases_by_theme
from caseapp.exports.entries import note
from caseapp.exports.files import finding
from caseapp.exports.forms import ReleaseForm
from caseapp.exports.jobs import RELEASES, new_job, run_in_background
from caseapp.exports.models import Release
from caseapp.exports.queries import find_job, find_release, ledger, newest_job
from caseapp.exports.words import month_words
from caseapp.web.gate import current_actor, needs
from caseapp.web.looking_again import looks_by_itself, progress_line

bp = Blueprint("exports", __name__)


@bp.get("/releases")
@needs(Permission.SEE_RELEASES)
def list_releases() -> ResponseReturnValue:
    return _list(ReleaseForm())


@bp.post("/releases")
@needs(Permission.MAKE_RELEASE)
def make_release() -> ResponseReturnValue:
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _list(form), 422
    period, newest = cast(str, form.month.data), newest_job()
    if find_release(period):
        return redirect(url_for("exports.show_release", period=period))
    if newest and RELEASES.is_running(newest):
        return redirect(url_for("exports.show_job", job_id=newest.id))
    job_id = form.record_id.data
    if find_job(job_id) is None:
        return _begin(job_id, period)
    return redirect(url_for("exports.show_job", job_id=job_id))


def _begin(job_id: UUID, period: str) -> ResponseReturnValue:
    """The job is committed with the answer; only then does the work begin."""
    actor, app = current_actor(), cast(Any, current_app)._get_current_object()  # noqa: SLF001
    new_job(job_id, period, actor)
    response = make_response(redirect(url_for("exports.show_job", job_id=job_id)))
    response.call_on_close(lambda: _start(app, job_id, period, actor))
    return response


def _start(app: Flask, job_id: UUID, period: str, actor: Any) -> None:
    run_in_background(app, job_id, period, actor)


@bp.get("/releases/jobs/<uuid:job_id>")
@needs(Permission.MAKE_RELEASE)
def show_job(job_id: UUID) -> ResponseReturnValue:
    job = find_job(job_id) or abort(404)
    how_far = f"Now: {job.step}" if RELEASES.is_running(job) else ""
    if looks_by_itself():
        return progress_line(how_far)
    if job.state == DONE:
        return redirect(url_for("exports.show_release", period=job.period))
    return render_template(
        "exports/show_job.html",
        job=job,
        month=month_words(job.period),
        how_far=how_far,
        problem=RELEASES.problem_of(job),
    )


@bp.get("/releases/<period>")
@needs(Permission.SEE_RELEASES)
def show_release(period: str) -> ResponseReturnValue:
    release = find_release(period) or abort(404)
    certificate = certificate_of(release)
    return render_template(
        "exports/show_release.html",
        release=release,
        month=month_words(period),
        certificate=certificate,
        finding=finding(certificate),
        bars=cases_by_theme(release.body.files),
        names=sorted(release.body.files),
    )


@bp.get("/releases/<period>/download")
@needs(Permission.SEE_RELEASES)
def download_release(period: str) -> ResponseReturnValue:
    release = find_release(period) or abort(404)
    note(Kind.RELEASE_DOWNLOADED, current_actor(), period)
    response = make_response(zip_of(period, release.body.files))
    response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="caseapp-{period}.zip"'
    return response


def certificate_of(release: Release) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(release.body.files["certificate.json"])
    return content


def _list(form: ReleaseForm) -> str:
    releases = sorted(ledger(db.session()), key=lambda each: each.period, reverse=True)
    makers = names_of({each.made_by for each in releases if each.made_by})
    running = newest_job()
    return render_template(
        "exports/list_releases.html",
        form=form,
        releases=releases,
        makers=makers,
        month_words=month_words,
        running=running if running and RELEASES.is_running(running) else None,
    )
