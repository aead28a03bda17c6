"""Many figures at once, from a CSV: read, looked at, then the whole file or nothing.

Between the two pages the file travels with the form, so that nothing of it is kept before somebody
has looked at it. It is read anew when it comes back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from caseapp.access.permissions import Permission
from caseapp.clock import today
from caseapp.database import db
from caseapp.figures import actions
from caseapp.figures.csv_file import LARGEST, FileProblem, read_file
from caseapp.figures.forms import FileForm, SaveFileForm
from caseapp.figures.models import EnteredFigure
from caseapp.figures.routes import bp
from caseapp.figures.standing import Preview, preview_of
from caseapp.figures.years import year_of
from caseapp.web.gate import current_actor, needs

HAS_CHANGED = (
    "Somebody entered a figure since this page was shown. Nothing of the file was entered:"
    " look at it again"
)


@bp.route("/figures/file", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def load_figures() -> ResponseReturnValue:
    """Ask for the file; sent, show what it would change."""
    form = FileForm()
    if not form.validate_on_submit():
        return _ask(form)
    data = _sent(form)
    try:
        preview = preview_of(db.session(), read_file(data, today()))
    except FileProblem as problem:
        form.refuse("file", str(problem))
        return _ask(form)
    return _show(_save_form(data, preview), preview, 422 if preview.faulty else 200)


@bp.post("/figures/save-file")
@needs(Permission.KEEP_FIGURES)
def save_file() -> ResponseReturnValue:
    form = SaveFileForm()
    data = form.content.data.encode()
    try:
        preview = preview_of(db.session(), read_file(data, today()))
    except FileProblem:
        return redirect(url_for("figures.load_figures"))
    file_id = form.record_id.data
    ids = [
        actions.id_in_file(file_id, each.line.figure) for each in preview.seen if each.line.figure
    ]
    if any(db.session.get(EnteredFigure, each) for each in ids):
        return _entered(preview)
    if not form.validate_on_submit() or preview.faulty:
        return _show(form, preview, 422)
    if form.standing.data != preview.standing or not _is_entered(form, preview):
        preview = preview_of(db.session(), read_file(data, today()))
        form.standing.data = preview.standing
        form.refuse(None, HAS_CHANGED)
        return _show(form, preview, 409)
    many = len(preview.to_enter)
    flash("1 figure is entered" if many == 1 else f"{many} figures are entered", "success")
    return _entered(preview)


def _is_entered(form: SaveFileForm, preview: Preview) -> bool:
    """False where somebody was quicker in this very moment; then nothing is entered."""
    if not preview.to_enter:
        return True
    try:
        actions.enter_all(form.record_id.data, preview.to_enter, current_actor())
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _sent(form: FileForm) -> bytes:
    spool = form.file.spool
    spool.seek(0)
    return spool.read(LARGEST + 1)


def _save_form(data: bytes, preview: Preview) -> SaveFileForm:
    given = {"content": data.decode("utf-8-sig"), "standing": preview.standing}
    return SaveFileForm(formdata=None, data=given)


def _ask(form: FileForm) -> ResponseReturnValue:
    status = 422 if form.was_sent else 200
    return render_template("figures/load_figures.html", form=form, year=year_of(today())), status


def _show(form: SaveFileForm, preview: Preview, status: int) -> ResponseReturnValue:
    return render_template("figures/save_file.html", form=form, preview=preview), status


def _entered(preview: Preview) -> ResponseReturnValue:
    year = max(each.line.figure.year for each in preview.seen if each.line.figure)
    return redirect(url_for("figures.list_figures", year=year))
