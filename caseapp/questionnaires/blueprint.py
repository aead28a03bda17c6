"""The blueprint of the room, and what its pages have in common."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.languages import LANGUAGES
from caseapp.questionnaires.asked import ENGLISH, Questionnaire
from caseapp.questionnaires.models import QuestionnaireVersion
from caseapp.questionnaires.pictures import picture_file
from caseapp.questionnaires.queries import find_draft
from caseapp.questionnaires.spoken_in import spoken_in
from caseapp.questionnaires.standard import points
from caseapp.web.forms import Form

EASY = "easy"

bp = Blueprint("questionnaires", __name__)
bp.add_app_template_global(picture_file, "picture_file")
bp.add_app_template_global(spoken_in, "spoken_in")


def draft_in(draft_id: UUID) -> QuestionnaireVersion:
    return find_draft(draft_id) or abort(404)


def to_draft(draft_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("questionnaires.show_draft", draft_id=draft_id))


def form_page(template: str, form: Form, **values: object) -> ResponseReturnValue:
    return render_template(template, form=form, **values), (422 if form.was_sent else 200)


def preview_page(template: str, asked: Questionnaire, **values: object) -> str:
    """As somebody reads it in the language and the form that the address asks for; anything else
    in the address is passed over."""
    wanted = request.args.get("language", ENGLISH)
    return render_template(
        template,
        asked=asked,
        language=LANGUAGES.get(wanted, LANGUAGES[ENGLISH]),
        languages=LANGUAGES,
        is_easy=request.args.get("form") == EASY,
        points=points(),
        **values,
    )


def is_stale(form: Form, draft: QuestionnaireVersion) -> bool:
    """Whether somebody saved the draft after this form was shown."""
    return bool(form.revision.data != draft.revision)
