"""Forms that are kept, sealed, in the browser while they are typed: which ones, under which name
a draft travels with its form, and which drafts are settled because the server has what they held.
"""

from typing import Any, cast
from uuid import UUID

from flask import Flask, Response, current_app, g, has_request_context, request, session
from flask_login import current_user
from sqlalchemy import event
from werkzeug.exceptions import RequestEntityTooLarge

from caseapp.database import Base, VaultSession
from caseapp.web.forms import Form, PasswordLine, TextArea
from caseapp.web.rescue import is_secret

KEY = "drafts.release_key"  # where the browser asks for the key; without that room, no drafts
DRAFT = "draft"  # the hidden field that names it: a random id, made in the browser
SETTLED = "settled_drafts"
REMEMBERED = 20  # the newest settled ones: any page may be the first that the browser gets to show
MANY_QUESTIONS = 6


def install_drafted_forms(app: Flask) -> None:
    """Let templates ask, and note each form that was taken."""
    app.jinja_env.globals.update(
        draft_of_form=draft_of_form,
        keeps_draft=keeps_draft,
        never_drafted=never_drafted,
        settled_drafts=settled_drafts,
    )
    app.after_request(settle_what_was_taken)


def keeps_draft(form: Form, wish: bool | None = None) -> bool:
    """Whether what is typed into this form is kept: a long answer, or many of them, by somebody
    who is signed in. A page may wish it otherwise."""
    if not _is_signed_in() or KEY not in current_app.view_functions:
        return False
    answers = form.answers()
    is_long = len(answers) > MANY_QUESTIONS or any(isinstance(a, TextArea) for a in answers)
    return is_long if wish is None else wish


def never_drafted(form: Form) -> list[str]:
    """The names of the fields that hold a password or a one-time code."""
    return [a.name for a in form.answers() if isinstance(a, PasswordLine) or is_secret(a.name)]


def draft_of_form() -> str:
    """The draft that the form on this page came back with; "" for a new page."""
    try:
        sent = request.form.get(DRAFT, "") if request.method == "POST" else ""
    except RequestEntityTooLarge:
        return ""
    return sent if _is_id(sent) else ""


def settle(draft: str) -> None:
    """Have the browser remove this draft. Anything that is no draft's id is passed over."""
    if _is_id(draft):
        session[SETTLED] = [*settled_drafts(), draft][-REMEMBERED:]


def settled_drafts() -> list[str]:
    return list(session.get(SETTLED, ())) if has_request_context() else []


def settle_what_was_taken(response: Response) -> Response:
    """A form that was taken wrote a record and leads on to another page. One that only leads on,
    because somebody else was quicker, was not taken: its draft stays."""
    is_redirect = request.method == "POST" and response.status_code in {302, 303}
    if is_redirect and g.get("wrote_a_record") and _is_signed_in():
        settle(draft_of_form())
    return response


@event.listens_for(VaultSession, "after_flush")
def _note_written_records(session: VaultSession, _: object) -> None:
    """Not those of the audit and of the browser's session, which every request may leave."""
    written = (*session.new, *session.dirty, *session.deleted)
    if has_request_context() and any(isinstance(row, Base) for row in written):
        g.wrote_a_record = True


def _is_signed_in() -> bool:
    manager = getattr(current_app, "login_manager", None)
    return manager is not None and bool(cast(Any, current_user).is_authenticated)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
