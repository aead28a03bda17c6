"""The blueprint of the room, and what its pages have in common."""

from flask import Blueprint, render_template

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.voice.months import month_words, months_words
from caseapp.web.gate import current_actor

bp = Blueprint("voice", __name__)
bp.add_app_template_filter(month_words, "month_words")


def page(template: str, **values: object) -> str:
    """A page of the room, which knows what else of it the reader may open."""
    actor = current_actor()
    return render_template(
        template,
        may_code=decide(actor, Permission.CODE_ANSWERS) is not None,
        may_keep=decide(actor, Permission.KEEP_FINDINGS) is not None,
        may_open_plan=decide(actor, Permission.SEE_BOARD) is not None,
        months_words=months_words,
        **values,
    )
