"""The packs of a manager: how each is printed, how far it is, what came of it, its download."""

from typing import Any, cast
from uuid import UUID

from flask import (
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
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.background import DONE, RUNNING
from caseapp.database import db
from caseapp.languages import LANGUAGES
from caseapp.packs import actions, making
from caseapp.packs.blueprint import bp
from caseapp.packs.files import forget_file, read_pack
from caseapp.packs.forms import HowForm
from caseapp.packs.models import REMOVED, WAITING, Pack, PackProgress
from caseapp.packs.queries import find_pack, packs_of_team, progress_of
from caseapp.packs.rules import LEFT_OUT, file_name
from caseapp.packs.states import PACKS, WORDS, state_of
from caseapp.packs.taking import are_still_ours
from caseapp.packs.telling import outcome_of
from caseapp.vault.errors import CannotOpen
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor, needs
from caseapp.web.looking_again import looks_by_itself, progress_line
from caseapp.web.words import number

DAMAGED = "The file of this pack is damaged. Make it again"
NOT_ALL_YOURS = "A case of this pack is no longer your team’s. Make the pack again without it"
# Whatever it holds, it is saved and never shown.
NEVER_INLINE = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Accept-Ranges": "none",
    "X-Download-Options": "noopen",
}


@bp.get("/packs")
@needs(Permission.MAKE_PACK)
def list_packs() -> ResponseReturnValue:
    """Those of the team; only one's own lead further."""
    packs = packs_of_team(current_actor())
    return render_template(
        "packs/list_packs.html",
        packs=[(author_id, progress, state_of(progress)) for author_id, progress in packs],
        names=names_of({author_id for author_id, _ in packs}),
        me=current_actor().user_id,
        states=WORDS,
    )


@bp.route("/packs/<uuid:pack_id>/options", methods=["GET", "POST"])
@needs(Permission.MAKE_PACK)
def choose_how(pack_id: UUID) -> ResponseReturnValue:
    pack, form = _find(pack_id), HowForm()
    form.cases = len(pack.body.cases)
    if state_of(progress_of(pack)) != WAITING:
        return _to(pack_id)
    if not form.validate_on_submit():
        page = render_template("packs/choose_how.html", form=form)
        return page, 422 if form.was_sent else 200
    response = make_response(_to(pack_id))
    if actions.begin(pack, form.how(), current_actor()):
        app: Flask = cast(Any, current_app)._get_current_object()  # noqa: SLF001
        password = form.password.data
        response.call_on_close(lambda: cast(None, making.run_in_background(app, pack_id, password)))
    return response


@bp.get("/packs/<uuid:pack_id>")
@needs(Permission.MAKE_PACK)
def show_pack(pack_id: UUID) -> ResponseReturnValue:
    pack = _find(pack_id)
    progress = progress_of(pack)
    state = state_of(progress)
    if looks_by_itself():
        return progress_line(_how_far(progress) if state == RUNNING else "", progress.done)
    if state == WAITING:
        return redirect(url_for("packs.choose_how", pack_id=pack_id))
    return render_template(
        "packs/show_pack.html",
        pack=pack,
        progress=progress,
        state=state,
        words=WORDS[state],
        how_far=_how_far(progress),
        problem=PACKS.problem_of(progress) if state != REMOVED else "",
        outcome=outcome_of(pack, current_actor()) if state == DONE else None,
        why=LEFT_OUT,
        languages=LANGUAGES,
        form=Form(),
    )


@bp.get("/packs/<uuid:pack_id>/download")
@needs(Permission.MAKE_PACK)
def download_pack(pack_id: UUID) -> ResponseReturnValue:
    pack = _find(pack_id)
    if state_of(progress_of(pack)) != DONE or not pack.head.key:
        abort(404)
    if not are_still_ours({part.case_id for part in pack.body.parts}, current_actor()):
        flash(NOT_ALL_YOURS, "important")
        return _to(pack_id)
    actions.note_pack(Kind.PACK_DOWNLOADED, pack, current_actor(), plans=len(pack.body.parts))
    db.session.commit()  # now, and not after the response: no lock is held while the file is read
    try:
        source, parts = read_pack(pack.id, pack.head.key, pack.head.size)
    except CannotOpen:
        flash(DAMAGED, "important")
        return _to(pack_id)
    response = Response(parts, mimetype="application/octet-stream", headers=NEVER_INLINE)
    name = file_name(pack.head.how.shape)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.content_length = pack.head.size
    response.call_on_close(source.close)
    return response


@bp.post("/packs/<uuid:pack_id>/cancel")
@needs(Permission.MAKE_PACK)
def cancel_pack(pack_id: UUID) -> ResponseReturnValue:
    if actions.cancel(_find(pack_id), current_actor()):
        flash("The pack is cancelled. Nothing of it is kept", "success")
    return _to(pack_id)


@bp.post("/packs/<uuid:pack_id>/again")
@needs(Permission.MAKE_PACK)
def make_again(pack_id: UUID) -> ResponseReturnValue:
    """Another pack of the same cases: its password was kept nowhere, so it is asked for anew."""
    pack, form = _find(pack_id), Form()
    if not pack.body.cases or state_of(progress_of(pack)) in {WAITING, RUNNING, REMOVED}:
        return _to(pack_id)
    if not actions.choose_once(form.record_id.data, pack.body.cases, current_actor()):
        abort(409)
    return redirect(url_for("packs.choose_how", pack_id=form.record_id.data), 303)


@bp.post("/packs/<uuid:pack_id>/remove")
@needs(Permission.MAKE_PACK)
def remove_pack(pack_id: UUID) -> ResponseReturnValue:
    pack = _find(pack_id)
    if state_of(progress_of(pack)) == RUNNING:
        flash("Cancel the pack first", "important")
        return _to(pack_id)
    if actions.remove(pack, current_actor(), "by_hand"):
        db.session.commit()  # first what opens the file, then the file
        forget_file(pack_id)
        flash("The pack is removed", "success")
    return redirect(url_for("packs.list_packs"), 303)


def _find(pack_id: UUID) -> Pack:
    return find_pack(pack_id, current_actor()) or abort(404)


def _how_far(progress: PackProgress) -> str:
    return (
        f"{number(progress.done)} of {number(progress.of_all)}"
        f" {'case is' if progress.of_all == 1 else 'cases are'} done:"
        f" {number(progress.plans)} {'plan is' if progress.plans == 1 else 'plans are'} in the"
        f" pack, {number(progress.left_out)} left out."
    )


def _to(pack_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("packs.show_pack", pack_id=pack_id), 303)
