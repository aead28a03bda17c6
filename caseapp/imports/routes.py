"""Bringing a spreadsheet in: the file, its columns, a look before, and what came of it."""

from typing import Any, cast
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.models import Team
from caseapp.audit.kinds import Kind
from caseapp.background import DONE, RUNNING
from caseapp.database import db
from caseapp.imports import bringing, jobs
from caseapp.imports.columns import guess
from caseapp.imports.forms import BeginForm, MeaningsForm, UploadForm, meanings_form
from caseapp.imports.jobs import IMPORTS
from caseapp.imports.kept_rows import faults_path, forget_rows, read_faults
from caseapp.imports.models import MAPPING, REMOVED, STOPPED, CaseImport, ImportBody, ImportProgress
from caseapp.imports.preview import look_ahead
from caseapp.imports.queries import find_import, imports_of_team, is_taken, progress_of
from caseapp.imports.rules import SheetProblem
from caseapp.imports.taking import context_of, note_import
from caseapp.vault.errors import CannotOpen
from caseapp.web.gate import current_actor, needs
from caseapp.web.looking_again import looks_by_itself, progress_line
from caseapp.web.words import number

bp = Blueprint("imports", __name__)

CHOSEN_ANEW = (
    "Somebody chose the columns anew while you looked at the first rows. Look at them again, as"
    " they are read now, before you begin"
)
STATES = {
    MAPPING: "Waits for its columns",
    RUNNING: "Running",
    STOPPED: "Stopped",
    DONE: "Done",
    REMOVED: "File removed",
}


@bp.route("/imports", methods=["GET", "POST"])
@needs(Permission.IMPORT_CASES)
def list_imports() -> ResponseReturnValue:
    form = UploadForm()
    if form.was_sent and find_import(form.record_id.data, current_actor()):
        return _to(form.record_id.data)
    if not form.validate_on_submit():
        return _list(form)
    if is_taken(form.record_id.data):  # by another team
        abort(409)
    try:
        _take_in(form)
    except SheetProblem as problem:
        form.refuse("file", str(problem))
        return _list(form)
    return _to(form.record_id.data)


@bp.route("/imports/<uuid:import_id>/columns", methods=["GET", "POST"])
@needs(Permission.IMPORT_CASES)
def choose_columns(import_id: UUID) -> ResponseReturnValue:
    imported = _find(import_id)
    names = imported.head.columns
    stored = imported.body.meanings or guess(names)
    form = meanings_form(names, stored, imported.revision)
    if progress_of(imported).state != MAPPING:
        return _to(import_id)
    if not form.validate_on_submit() or not form.hold_together():
        return _columns(imported, form, 422 if form.was_sent else 200)
    if form.revision.data != imported.revision:
        form.meet_conflict(meanings_form(names, stored, None, formdata=None), imported.revision)
        return _columns(imported, form, 409)
    imported.body = ImportBody(meanings=tuple(form.chosen()))
    note_import(Kind.IMPORT_READ, imported, current_actor())
    return redirect(url_for("imports.show_preview", import_id=import_id))


@bp.get("/imports/<uuid:import_id>/preview")
@needs(Permission.IMPORT_CASES)
def show_preview(import_id: UUID) -> ResponseReturnValue:
    imported = _find(import_id)
    if not imported.body.meanings or progress_of(imported).state != MAPPING:
        return _to(import_id)
    return _preview(imported, BeginForm(revision=imported.revision))


def _columns(imported: CaseImport, form: MeaningsForm, status: int) -> ResponseReturnValue:
    # A sheet without names of columns begins with somebody's row: then that is what is read.
    note_import(Kind.IMPORT_READ, imported, current_actor())
    return render_template("imports/choose_columns.html", form=form, imported=imported), status


def _preview(imported: CaseImport, form: BeginForm, status: int = 200) -> ResponseReturnValue:
    note_import(Kind.IMPORT_READ, imported, current_actor())
    context = context_of(_team(imported))
    db.session.commit()  # that it was read; nobody waits while the first rows are
    try:
        seen = look_ahead(imported, context)
    except CannotOpen:
        flash(jobs.DAMAGED, "important")
        return redirect(url_for("imports.list_imports"))
    page = render_template("imports/show_preview.html", imported=imported, seen=seen, form=form)
    return page, status


@bp.post("/imports/<uuid:import_id>/begin")
@needs(Permission.IMPORT_CASES)
def begin_import(import_id: UUID) -> ResponseReturnValue:
    """Begin, or go on where it stopped; rows that are in already are known."""
    imported = _find(import_id)
    progress, actor, form = progress_of(imported), current_actor(), BeginForm()
    if not imported.body.meanings or progress.state == DONE or IMPORTS.is_running(progress):
        return _to(import_id)
    if form.revision.data != imported.revision:
        form.refuse(None, CHOSEN_ANEW)
        form.revision.data = imported.revision
        return _preview(imported, form, 409)
    jobs.begin(imported, progress, actor)
    app: Flask = cast(Any, current_app)._get_current_object()  # noqa: SLF001
    response = make_response(_to(import_id))
    response.call_on_close(lambda: cast(None, jobs.run_in_background(app, import_id, actor)))
    return response


@bp.get("/imports/<uuid:import_id>")
@needs(Permission.IMPORT_CASES)
def show_import(import_id: UUID) -> ResponseReturnValue:
    imported = _find(import_id)
    progress = progress_of(imported)
    if progress.state == MAPPING:
        return redirect(url_for("imports.choose_columns", import_id=import_id))
    how_far = _how_far(progress) if IMPORTS.is_running(progress) else ""
    if looks_by_itself():
        return progress_line(how_far)
    return render_template(
        "imports/show_import.html",
        imported=imported,
        progress=progress,
        how_far=how_far,
        problem=IMPORTS.problem_of(progress),
        form=BeginForm(revision=imported.revision),
        has_faults=progress.state == DONE and faults_path(import_id).exists(),
    )


@bp.get("/imports/<uuid:import_id>/faulty-rows.csv")
@needs(Permission.IMPORT_CASES)
def download_faults(import_id: UUID) -> ResponseReturnValue:
    imported = _find(import_id)
    if progress_of(imported).state != DONE or not faults_path(import_id).exists():
        abort(404)
    note_import(Kind.IMPORT_READ, imported, current_actor())
    response = Response(read_faults(faults_path(import_id), imported.head), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="faulty-rows.csv"'
    return response


@bp.post("/imports/<uuid:import_id>/remove")
@needs(Permission.IMPORT_CASES)
def remove_import(import_id: UUID) -> ResponseReturnValue:
    imported = _find(import_id)
    if IMPORTS.is_running(progress_of(imported)):
        flash("Wait until it is done, then remove the file", "important")
        return _to(import_id)
    head = imported.head
    bringing.remove(imported, current_actor())
    db.session.commit()  # first what opens the files, then the files
    bringing.forget_files(import_id, head)
    flash("The file is removed. Cases that were brought in stay", "success")
    return redirect(url_for("imports.list_imports"))


def _take_in(form: UploadForm) -> None:
    """Read and on the disk first, then the one transaction. Raises SheetProblem; no file is left
    where the import is not written down."""
    db.session.commit()  # nobody waits while the file is read
    head = bringing.keep_file(form.file.sent_name, form.file.spool)
    try:
        if not is_taken(form.record_id.data):
            bringing.bring_in(form.record_id.data, head, current_actor())
            db.session.commit()
            return
    except BaseException:
        db.session.rollback()
        forget_rows(head)
        raise
    forget_rows(head)  # the same form was sent twice, and the other one is saved


def _find(import_id: UUID) -> CaseImport:
    return find_import(import_id, current_actor()) or abort(404)


def _team(imported: CaseImport) -> Team:
    return db.session.get_one(Team, imported.team_id)


def _how_far(progress: ImportProgress) -> str:
    return f"{number(progress.done)} of {number(progress.of_all)} rows are done."


def _list(form: UploadForm) -> ResponseReturnValue:
    page = render_template(
        "imports/list_imports.html",
        form=form,
        imports=imports_of_team(current_actor()),
        states=STATES,
    )
    return page, (422 if form.was_sent else 200)


def _to(import_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("imports.show_import", import_id=import_id))
