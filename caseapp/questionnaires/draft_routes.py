"""A questionnaire that is being written: its page, its title, putting it into use."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.questionnaires import actions
from caseapp.questionnaires.blueprint import (
    bp,
    draft_in,
    form_page,
    is_stale,
    preview_page,
    to_draft,
)
from caseapp.questionnaires.forms import TitleForm
from caseapp.questionnaires.queries import as_asked
from caseapp.questionnaires.standard import points
from caseapp.questionnaires.writing import CannotBeAsked
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor, needs

WRITTEN_ON = "It was changed after this page was opened. Look at it again before you remove it"


@bp.get("/questionnaires/drafts/<uuid:draft_id>")
@needs(Permission.KEEP_QUESTIONNAIRES)
def show_draft(draft_id: UUID) -> ResponseReturnValue:
    draft = draft_in(draft_id)
    page = {"draft": draft, "head": draft.head, "points": points()}
    return render_template("questionnaires/show_draft.html", **page)


@bp.get("/questionnaires/drafts/<uuid:draft_id>/preview")
@needs(Permission.KEEP_QUESTIONNAIRES)
def preview_draft(draft_id: UUID) -> ResponseReturnValue:
    draft = draft_in(draft_id)
    return preview_page("questionnaires/preview_draft.html", as_asked(draft), draft=draft)


@bp.route("/questionnaires/drafts/<uuid:draft_id>/title", methods=["GET", "POST"])
@needs(Permission.KEEP_QUESTIONNAIRES)
def change_title(draft_id: UUID) -> ResponseReturnValue:
    draft = draft_in(draft_id)
    stored = {"title": draft.head.title}
    form = TitleForm(data=stored, record_id=draft.id, revision=draft.revision)
    if not form.validate_on_submit():
        return form_page("questionnaires/change_title.html", form, draft=draft)
    if is_stale(form, draft):
        form.meet_conflict(TitleForm(formdata=None, data=stored), draft.revision)
        return render_template("questionnaires/change_title.html", form=form, draft=draft), 409
    actions.rename(draft, form.title.data, current_actor())
    flash("The title is saved", "success")
    return to_draft(draft.id)


@bp.post("/questionnaires/drafts/<uuid:draft_id>/use")
@needs(Permission.KEEP_QUESTIONNAIRES)
def put_into_use(draft_id: UUID) -> ResponseReturnValue:
    draft = draft_in(draft_id)
    try:
        actions.put_into_use(draft, current_actor())
    except CannotBeAsked as problem:
        flash(str(problem))
        return to_draft(draft_id)
    flash("The questionnaire is in use", "success")
    return redirect(url_for("questionnaires.show_questionnaire", asked=draft.code))


@bp.route("/questionnaires/drafts/<uuid:draft_id>/drop", methods=["GET", "POST"])
@needs(Permission.KEEP_QUESTIONNAIRES)
def drop_draft(draft_id: UUID) -> ResponseReturnValue:
    """Asks again where somebody wrote on in between."""
    draft = draft_in(draft_id)
    form = Form(record_id=draft.id, revision=draft.revision)
    if not form.validate_on_submit() or is_stale(form, draft):
        if form.was_sent:
            form.revision.data = draft.revision
            form.refuse(None, WRITTEN_ON)
        return form_page("questionnaires/drop_draft.html", form, draft=draft)
    actions.drop_draft(draft, current_actor())
    flash("What was being written is removed", "success")
    return redirect(url_for("questionnaires.list_questionnaires"))
