"""The questions of a questionnaire that is being written, and their words in each language."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.clock import today
from caseapp.languages import LANGUAGES
from caseapp.questionnaires import actions
from caseapp.questionnaires.asked import ENGLISH, Question
from caseapp.questionnaires.blueprint import bp, draft_in, form_page, is_stale, to_draft
from caseapp.questionnaires.forms import QuestionForm
from caseapp.questionnaires.models import QuestionnaireVersion
from caseapp.questionnaires.translation_form import stored_in, translation_form
from caseapp.questionnaires.writing import (
    CannotBeAsked,
    Questions,
    moved_up,
    translated,
    with_question,
    without,
)
from caseapp.web.gate import current_actor, needs

SAVED = "The question is saved"


@bp.route("/questionnaires/drafts/<uuid:draft_id>/questions/new", methods=["GET", "POST"])
@needs(Permission.KEEP_QUESTIONNAIRES)
def add_question(draft_id: UUID) -> ResponseReturnValue:
    draft, form = draft_in(draft_id), QuestionForm()
    form.offer(draft.head.questions)
    if not form.validate_on_submit():
        return form_page("questionnaires/add_question.html", form, draft=draft)
    question = form.question()
    if question in draft.head.questions:  # sent twice
        return to_draft(draft.id)
    try:
        questions = with_question(draft.head.questions, question)
    except CannotBeAsked as problem:
        form.refuse("about", str(problem))
        return form_page("questionnaires/add_question.html", form, draft=draft)
    actions.write_questions(draft, questions, current_actor())
    flash(SAVED, "success")
    return to_draft(draft.id)


@bp.route("/questionnaires/drafts/<uuid:draft_id>/questions/<question>", methods=["GET", "POST"])
@needs(Permission.KEEP_QUESTIONNAIRES)
def change_question(draft_id: UUID, question: str) -> ResponseReturnValue:
    draft = draft_in(draft_id)
    old = _question(draft, question)
    form = _filled(draft, old, revision=draft.revision)
    page = {"draft": draft, "question": old}
    if not form.validate_on_submit():
        return form_page("questionnaires/change_question.html", form, **page)
    if is_stale(form, draft):
        form.meet_conflict(_filled(draft, old, formdata=None), draft.revision)
        return render_template("questionnaires/change_question.html", form=form, **page), 409
    try:
        questions = with_question(draft.head.questions, form.question(), instead_of=old.code)
    except CannotBeAsked as problem:
        form.refuse("about", str(problem))
        return form_page("questionnaires/change_question.html", form, **page)
    actions.write_questions(draft, questions, current_actor())
    flash(SAVED, "success")
    return to_draft(draft.id)


@bp.post("/questionnaires/drafts/<uuid:draft_id>/questions/<question>/remove")
@needs(Permission.KEEP_QUESTIONNAIRES)
def remove_question(draft_id: UUID, question: str) -> ResponseReturnValue:
    return _rearrange(draft_id, question, without, "The question is removed")


@bp.post("/questionnaires/drafts/<uuid:draft_id>/questions/<question>/up")
@needs(Permission.KEEP_QUESTIONNAIRES)
def move_question(draft_id: UUID, question: str) -> ResponseReturnValue:
    return _rearrange(draft_id, question, moved_up, "The question is moved up")


@bp.route("/questionnaires/drafts/<uuid:draft_id>/languages/<spoken>", methods=["GET", "POST"])
@needs(Permission.KEEP_QUESTIONNAIRES)
def translate_draft(draft_id: UUID, spoken: str) -> ResponseReturnValue:
    draft, language = draft_in(draft_id), LANGUAGES.get(spoken) or abort(404)
    if language.code == ENGLISH:
        abort(404)
    questions = draft.head.questions
    asked, stored = translation_form(questions, language), stored_in(questions, language)
    form = asked(data=stored, record_id=draft.id, revision=draft.revision)
    page = {"draft": draft, "language": language}
    if not form.validate_on_submit():
        return form_page("questionnaires/translate_draft.html", form, **page)
    if is_stale(form, draft):
        form.meet_conflict(asked(formdata=None, data=stored), draft.revision)
        return render_template("questionnaires/translate_draft.html", form=form, **page), 409
    changed = translated(questions, language.code, form.pairs(), form.checked_by.data, today())
    actions.write_questions(draft, changed, current_actor())
    flash(f"The words in {language.english} are saved", "success")
    return to_draft(draft.id)


def _rearrange(
    draft_id: UUID, code: str, rule: Callable[[Questions, str], Questions], done: str
) -> ResponseReturnValue:
    draft = draft_in(draft_id)
    _question(draft, code)
    try:
        actions.write_questions(draft, rule(draft.head.questions, code), current_actor())
        flash(done, "success")
    except CannotBeAsked as problem:
        flash(str(problem))
    return to_draft(draft.id)


def _question(draft: QuestionnaireVersion, code: str) -> Question:
    found = (each for each in draft.head.questions if each.code == code)
    return next(found, None) or abort(404)


def _filled(draft: QuestionnaireVersion, old: Question, **rest: Any) -> QuestionForm:
    """The form of a question; it can hang on those that stand before it."""
    form = QuestionForm(data=QuestionForm.stored(old), record_id=draft.id, **rest)
    form.offer(draft.head.questions[: draft.head.questions.index(old)])
    return form
