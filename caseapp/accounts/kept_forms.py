"""A form that was sent after its session had ended: kept for its owner until they are back."""

from dataclasses import asdict, dataclass
from typing import cast
from uuid import UUID

from flask import Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from caseapp.accounts.blueprint import is_signed_in
from caseapp.web.drafted_forms import DRAFT, draft_of_form, settle
from caseapp.web.headers import refuse_other_sites
from caseapp.web.rescue import is_secret
from caseapp.web.sessions import StoredSession

KEPT = "kept_form"
DRAFT_WAITS = "draft_waits"
MOST_LETTERS = 1_000_000
OURS = {"csrf_token", DRAFT, "record_id", "revision", "seen"}  # fields that nobody typed


@dataclass(frozen=True)
class KeptForm:
    """What was sent, where to, and whose it is. It rests in the session, which is sealed."""

    user_id: str
    path: str
    fields: list[tuple[str, str]]

    def typed(self) -> list[tuple[str, str]]:
        """(question, answer) of what a person filled in."""
        return [
            (name.replace("_", " ").replace("-", ": ").capitalize(), value)
            for name, value in self.fields
            if value.strip() and name.split("-")[-1] not in OURS
        ]


def ask_to_sign_in() -> ResponseReturnValue:
    """What a stranger gets instead of a page. What they asked for waits until they are known."""
    timed_out = cast(StoredSession, session).timed_out_user
    is_page = request.method in {"GET", "HEAD"}
    if not is_page:
        refuse_other_sites()
    if is_page or draft_of_form():  # the form's own page has what waits in the browser
        session["next_path"] = request.path
        session["next_for"] = str(timed_out) if timed_out else ""
    if draft_of_form():
        session[DRAFT_WAITS] = True
    if timed_out is not None:
        session["timed_out"] = True
        if not is_page:
            keep_form(timed_out)
    return redirect(url_for("accounts.sign_in"), 303)


def keep_form(user_id: UUID) -> None:
    """Keep the form of this request, without its files; no form with a password or a code."""
    kept = KeptForm(str(user_id), _present_path(), _sent_fields())
    if kept.typed():
        session[KEPT] = asdict(kept)


def kept_form_of(user_id: UUID) -> KeptForm | None:
    """The form that waits for this account; nobody else's."""
    content = session.get(KEPT)
    if content is None or content["user_id"] != str(user_id):
        return None
    fields = [(name, value) for name, value in content["fields"]]
    return KeptForm(content["user_id"], content["path"], fields)


def something_waits() -> bool:
    """Whether what was typed is kept for whoever sent it: here, or as a draft in the browser."""
    return KEPT in session or DRAFT_WAITS in session


def drop_kept_form() -> None:
    session.pop(KEPT, None)


def discard_kept_form() -> None:
    """Its draft in the browser goes with it."""
    drafts = [value for name, value in session.get(KEPT, {}).get("fields", ()) if name == DRAFT]
    drop_kept_form()
    for draft in drafts:
        settle(draft)


def forget_saved_form(response: Response) -> Response:
    """Once the form was sent again and taken, there is nothing more to keep."""
    if KEPT not in session or request.method != "POST" or response.status_code >= 400:
        return response
    if is_signed_in() and session[KEPT]["path"] == _present_path():
        drop_kept_form()
    return response


def _present_path() -> str:
    return request.full_path if request.query_string else request.path


def _sent_fields() -> list[tuple[str, str]]:
    try:
        sent = list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return []
    letters = sum(len(name) + len(value) for name, value in sent)
    if letters > MOST_LETTERS or any(is_secret(name) for name, _ in sent):
        return []
    return [(name, value) for name, value in sent if name != "csrf_token"]
