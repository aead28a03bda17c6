"""The ledger of releases, one of them with its certificate, what a second person says, download."""

import json
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.database import db
from caseapp.exports.blueprint import bp
from caseapp.exports.entries import note
from caseapp.exports.forms import DecisionForm, ReleaseForm
from caseapp.exports.jobs import CHANGED, RELEASES
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.ledger_reading import read_ledger
from caseapp.exports.models import Release
from caseapp.exports.queries import decisions_on, edition_before, find_release, newest_job
from caseapp.exports.signing import (
    NotDecided,
    standing,
    standing_of,
    take_decision,
    why_not_decide,
)
from caseapp.release_files.archive import zip_of
from caseapp.release_files.certificate_words import facts, finding
from caseapp.release_files.changes import certificates_beside, moves_between
from caseapp.release_files.charts import cases_by_theme
from caseapp.release_files.words import month_words
from caseapp.web.gate import current_actor, needs

UNSIGNED = "This release cannot be downloaded before a second person has signed it"
DAMAGED = "The ledger of releases is damaged, so nothing leaves. Tell your administrator"


@bp.get("/releases")
@needs(Permission.SEE_RELEASES)
def list_releases() -> ResponseReturnValue:
    return ledger_page(ReleaseForm())


@bp.get("/releases/<period>")
@needs(Permission.SEE_RELEASES)
def show_release(period: str) -> ResponseReturnValue:
    return _release_page(_find(period), None)


@bp.post("/releases/<period>")
@needs(Permission.SIGN_RELEASE)
def decide_release(period: str) -> ResponseReturnValue:
    release, form = _find(period), DecisionForm()
    if not form.validate_on_submit():
        return _release_page(release, form), 422
    if read_ledger(db.session()).damaged_at:
        flash(DAMAGED, "important")
        return _to(period)
    try:
        decision = take_decision(
            form.record_id.data, release, form.head.data, form.refusal, current_actor()
        )
    except NotDecided as problem:
        flash(str(problem), "important")
    else:
        flash("The release is signed" if decision.agreed else "The release is refused", "success")
    return _to(period)


@bp.get("/releases/<period>/changes")
@needs(Permission.SEE_RELEASES)
def show_changes(period: str) -> ResponseReturnValue:
    """Since the edition before: released figures alone."""
    release = _find(period)
    before = edition_before(db.session(), release)
    files = (before.body.files, release.body.files) if before else None
    return render_template(
        "exports/show_changes.html",
        release=release,
        month=month_words(period),
        before=month_words(before.period) if before else "",
        tables=moves_between(*files) if files else [],
        facts=certificates_beside(*files) if files else [],
    )


@bp.get("/releases/<period>/download")
@needs(Permission.SEE_RELEASES)
def download_release(period: str) -> ResponseReturnValue:
    release = _find(period)
    problem = _why_not_download(release)
    if problem:
        flash(problem, "important")
        return _to(period)
    note(Kind.RELEASE_DOWNLOADED, current_actor(), period)
    response = make_response(zip_of(period, release.body.files))
    response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="caseapp-{period}.zip"'
    return response


def _why_not_download(release: Release) -> str:
    if read_ledger(db.session()).damaged_at:
        return DAMAGED
    return "" if standing(db.session(), release).signature else UNSIGNED


def _find(period: str) -> Release:
    return find_release(period) or abort(404)


def _to(period: str) -> Response:
    return redirect(url_for("exports.show_release", period=period))


def ledger_page(form: ReleaseForm) -> str:
    """Past editions, the newest entry first, and how the ledger holds together."""
    found, running = read_ledger(db.session()), newest_job()
    decisions = decisions_on(db.session(), found.releases)
    stands = {each.id: standing_of(each, decisions[each.id]) for each in found.releases}
    return render_template(
        "exports/list_releases.html",
        form=form,
        may_make=decide(current_actor(), Permission.MAKE_RELEASE),
        releases=found.releases[::-1],
        heads={each.id: entry_of(each).head for each in found.releases},
        damaged_at=found.damaged_at,
        stands=stands,
        names=_names(found.releases, stands.values()),
        month_words=month_words,
        running=running if running and RELEASES.is_running(running) else None,
    )


def _names(releases: Any, stands: Any) -> Mapping[Any, str]:
    decisions = [each.signature or each.refusal for each in stands]
    deciders = {each.decided_by for each in decisions if each}
    return names_of(deciders | {each.made_by for each in releases if each.made_by})


def _release_page(release: Release, form: DecisionForm | None) -> str:
    actor, stands = current_actor(), standing(db.session(), release)
    head, certificate = entry_of(release).head, certificate_of(release)
    problem = why_not_decide(release, stands, actor)
    may_sign = bool(decide(actor, Permission.SIGN_RELEASE)) and not problem
    # Only where it is asked: the layout looks for what is wrong in a form that it is given.
    asked = {"form": form or DecisionForm(data={"head": head})} if may_sign else {}
    return render_template(
        "exports/show_release.html",
        release=release,
        month=month_words(release.period),
        head=head,
        stands=stands,
        names=_names([release], [stands]),
        **asked,
        is_own=release.made_by == actor.user_id,
        has_changed=_has_changed(release),
        certificate=certificate,
        finding=finding(certificate),
        facts=facts(certificate),
        bars=cases_by_theme(release.body.files),
        files=sorted(release.body.files),
    )


def _has_changed(release: Release) -> bool:
    """As the last look told: somebody chose the month again, and the cases were counted."""
    last = newest_job(release.period)
    return last is not None and last.step == CHANGED


def certificate_of(release: Release) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(release.body.files["certificate.json"])
    return content
