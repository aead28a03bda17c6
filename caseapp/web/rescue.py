"""What was typed into a form that could not be saved, given back on the page that says so.

Going back does not help: a browser keeps nothing of a page that it must not store.
"""

from typing import NamedTuple

from flask import request
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import RequestEntityTooLarge

from caseapp.web.typed_text import without_control_characters

WORTH_SHOWING = {400, 404, 409, 429, 500, 503}  # 404: the record was deleted meanwhile
WORTH_REPEATING = {429, 500, 503}
SECRETS = {"passphrase", "password", "secret"}  # the words in the names of such fields
CSRF = "csrf_token"
LONG_ENOUGH = 20  # a shorter answer need not be copied by hand, and may be an id

Pair = tuple[str, str]


class Typed(NamedTuple):
    """An answer that was sent and could not be kept."""

    question: str
    text: str


def sent_answers() -> list[Pair]:
    """The answers of a form of ours, or none of them.

    Not those that another site sent, which must not put words on our pages; not a form with a
    password or a code, nor with a file, which cannot be given back.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    try:
        sent = list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return []
    return [] if request.files or any(is_secret(name) for name, _ in sent) else sent


def long_answers(sent: list[Pair]) -> list[Typed]:
    """The answers worth copying, with the names of their questions as words."""
    tidy = [(name, without_control_characters(text).strip()) for name, text in sent]
    return [
        Typed(name.replace("_", " ").replace("-", ": ").capitalize(), text)
        for name, text in tidy
        if len(text) >= LONG_ENOUGH and not name.endswith(("record_id", CSRF))
    ]


def to_send_again(sent: list[Pair], *, new_token: bool) -> list[Pair]:
    """Everything that was sent, for a button that sends it once more. The id of the new record
    goes with it, so that sending twice makes one."""
    if not new_token:
        return sent
    rest = [(name, text) for name, text in sent if name != CSRF]
    return [*rest, (CSRF, _new_token())] if rest else []


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a password or a one-time code."""
    return bool(set(name.replace("-", "_").split("_")) & SECRETS)


def _new_token() -> str:
    return str(generate_csrf())
