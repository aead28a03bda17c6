"""Bringing services in: read, looked at, then all of it or nothing."""

from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.database import db
from caseapp.directory import actions
from caseapp.directory.actions import DirectoryHasChanged
from caseapp.directory.entries import Entry
from caseapp.directory.feeds import LARGEST, FeedProblem, read_feed, read_services
from caseapp.directory.fetching import Limits, fetch_services, why_not_allowed
from caseapp.directory.forms import GoOnForm, ImportForm, differences
from caseapp.directory.models import DirectoryImport
from caseapp.directory.routes import bp
from caseapp.web.gate import current_actor, needs

HAS_CHANGED = (
    "Somebody changed the directory since this page was shown. Nothing was imported:"
    " look at the figures again"
)


@bp.route("/directory/import", methods=["GET", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def import_services() -> ResponseReturnValue:
    form, actor = ImportForm(), current_actor()
    if not form.validate_on_submit():
        return _ask(form)
    if db.session.get(DirectoryImport, form.record_id.data):
        return _to(form.record_id.data)
    try:
        source, entries = _read(form)
    except FeedProblem as problem:
        for line in problem.lines:
            form.refuse(None, line)
        return _ask(form)
    kept = actions.keep_import(form.record_id.data, source, entries, actor)
    return _to(kept.id)


@bp.route("/directory/import/<uuid:import_id>", methods=["GET", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def show_import(import_id: UUID) -> ResponseReturnValue:
    """What it would do; sent, it is done."""
    kept = db.session.get(DirectoryImport, import_id) or abort(404)
    form = GoOnForm()
    if kept.is_done:
        flash("This import is done", "success")
        return redirect(url_for("directory.list_services"))
    if not form.validate_on_submit():
        return _show(kept, form)
    try:
        preview = actions.carry_out(kept, current_actor())
    except DirectoryHasChanged:
        actions.look_again(kept)
        form.refuse(None, HAS_CHANGED)
        return _show(kept, form, 409)
    flash(
        f"{len(preview.new)} new, {len(preview.changed)} changed, {len(preview.closed)} closed",
        "success",
    )
    return redirect(url_for("directory.list_services"))


def _read(form: ImportForm) -> tuple[str, tuple[Entry, ...]]:
    """(where it came from, services). Raises FeedProblem."""
    if form.file.data:
        spool = form.file.spool
        spool.seek(0)
        return form.file.sent_name[:200], read_feed(spool.read(LARGEST + 1))
    address = form.address.data
    if not address:
        raise FeedProblem("Choose a file, or enter an address")
    hosts = _hosts()
    problem = why_not_allowed(address, hosts)
    if problem:
        raise FeedProblem(problem)
    db.session.rollback()  # nobody waits for somebody else's server
    parts = fetch_services(address, Limits(hosts))
    return address.split("?")[0][:200], read_services(parts)


def _ask(form: ImportForm) -> ResponseReturnValue:
    status = 422 if form.was_sent else 200
    return render_template(
        "directory/import_services.html", form=form, hosts=sorted(_hosts())
    ), status


def _show(kept: DirectoryImport, form: GoOnForm, status: int = 200) -> ResponseReturnValue:
    preview = actions.preview_of(kept)
    return render_template(
        "directory/show_import.html",
        form=form,
        kept=kept,
        preview=preview,
        differences=differences,
    ), status


def _hosts() -> frozenset[str]:
    hosts: frozenset[str] = current_app.extensions["settings"].directory_hosts
    return hosts


def _to(import_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("directory.show_import", import_id=import_id))
