"""The analyst's pages of questionnaires: the list, one of them, a new one, a new version."""

from uuid import uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.questionnaires import actions
from caseapp.questionnaires.asked import Questionnaire
from caseapp.questionnaires.blueprint import bp, form_page, preview_page, to_draft
from caseapp.questionnaires.forms import NewForm
from caseapp.questionnaires.models import VersionHead
from caseapp.questionnaires.queries import (
    draft_of,
    drafts,
    find_draft,
    newest_versions,
    questionnaire,
    retired,
)
from caseapp.questionnaires.writing import code_for
from caseapp.web.gate import current_actor, needs


@bp.get("/questionnaires")
@needs(Permission.KEEP_QUESTIONNAIRES)
def list_questionnaires() -> ResponseReturnValue:
    return render_template(
        "questionnaires/list_questionnaires.html",
        newest=newest_versions().values(),
        drafts=drafts(),
        retired=retired(),
    )


@bp.get("/questionnaires/<asked>")
@needs(Permission.KEEP_QUESTIONNAIRES)
def show_questionnaire(asked: str) -> ResponseReturnValue:
    """As somebody reads it; the newest version unless the address asks for another."""
    newest = _newest(asked)
    return preview_page(
        "questionnaires/show_questionnaire.html",
        _version(newest),
        newest=newest,
        draft=draft_of(asked),
        retired_on=retired().get(asked),
    )


@bp.route("/questionnaires/new", methods=["GET", "POST"])
@needs(Permission.KEEP_QUESTIONNAIRES)
def add_questionnaire() -> ResponseReturnValue:
    form = NewForm()
    if form.was_sent and find_draft(form.record_id.data):
        return to_draft(form.record_id.data)
    if not form.validate_on_submit():
        return form_page("questionnaires/add_questionnaire.html", form)
    taken = {*newest_versions(), *(draft.code for draft in drafts()), "new", "drafts"}
    head = VersionHead(title=form.title.data, stage=form.stage.data)
    code = code_for(form.title.data, taken)
    draft = actions.begin(form.record_id.data, code, head, current_actor())
    flash("The questionnaire is begun. Add its questions", "success")
    return to_draft(draft.id)


@bp.post("/questionnaires/<asked>/change")
@needs(Permission.KEEP_QUESTIONNAIRES)
def change_questionnaire(asked: str) -> ResponseReturnValue:
    """A version that is in use never changes: the next one begins as a copy of it."""
    newest = _newest(asked)
    draft = draft_of(asked) or actions.begin_next(uuid4(), newest, current_actor())
    return to_draft(draft.id)


@bp.post("/questionnaires/<asked>/retire")
@needs(Permission.KEEP_QUESTIONNAIRES)
def retire_questionnaire(asked: str) -> ResponseReturnValue:
    newest = _newest(asked)
    actions.retire(newest, current_actor())
    flash("The questionnaire is retired. Whoever was given it can still answer", "success")
    return _to(newest)


@bp.post("/questionnaires/<asked>/bring-back")
@needs(Permission.KEEP_QUESTIONNAIRES)
def bring_back(asked: str) -> ResponseReturnValue:
    newest = _newest(asked)
    actions.bring_back(newest, current_actor())
    flash("The questionnaire is in use again", "success")
    return _to(newest)


def _newest(code: str) -> Questionnaire:
    return newest_versions().get(code) or abort(404)


def _version(newest: Questionnaire) -> Questionnaire:
    number = request.args.get("version", "")
    if not (number.isdecimal() and number.isascii() and len(number) < 5):
        return newest
    return questionnaire(newest.code, int(number)) or abort(404)


def _to(newest: Questionnaire) -> ResponseReturnValue:
    return redirect(url_for("questionnaires.show_questionnaire", asked=newest.code))
