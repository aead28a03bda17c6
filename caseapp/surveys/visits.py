"""A visit: what somebody has answered so far lies sealed in a cookie of their browser, and nowhere
else.

The cookie goes to /s alone, to no script, and with no request that another site started. The
clock in it, by which an hour of silence ends a visit, is in the cookie too.
"""

import base64
import binascii
from typing import Any

from flask import Request, current_app, g, request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from caseapp.clock import now
from caseapp.surveys.padding import open_padded, seal_padded
from caseapp.vault.errors import CannotOpen
from caseapp.web.nobody import FOLDER

LABEL = "survey visit"
LEFT = "left"  # what the script sets at once where somebody leaves, though we cannot be reached
IDLE_SECONDS = 60 * 60
SIZES = (512, 1024, 1536, 2048, 2560, 2880)  # the last makes a cookie of just under 4 kB


class TooMuch(Exception):
    """More was typed than a cookie can hold."""


class Visit(Struct, frozen=True, kw_only=True):
    """`code`: "" until there is one. `language`, `easy`: how the pages are shown. `answers`:
    (question, code of survey_answer), `said`: (question, language, text), in no order of time."""

    code: str = ""
    questionnaire: str = ""
    version: int = 0
    language: str = ""
    easy: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[str, str, str], ...] = ()
    until: int = 0


def begin(response: Response, code: str) -> None:
    """Begin a visit with a code in clear, in whichever browser gets this answer: for the tablet
    that is handed over. Lead it on to the endpoint surveys.show_start."""
    keep(response, Visit(code=code))
    response.delete_cookie(LEFT, path=FOLDER)  # of whoever had the device before


def present() -> Visit | None:
    """The visit that this request belongs to; None where there is none, or it was too long ago."""
    if "survey_visit" not in g:
        g.survey_visit = _read(request)
    visit: Visit | None = g.survey_visit
    return visit


def keep(response: Response, visit: Visit) -> None:
    """Raises TooMuch, and keeps nothing then."""
    value = sealed(visit)
    response.set_cookie(_name(), value, **_place())
    if LEFT in request.cookies:
        response.delete_cookie(LEFT, path=FOLDER)


def sealed(visit: Visit) -> str:
    """The cookie's value. Raises TooMuch."""
    lasting = replace(visit, until=int(now().timestamp()) + IDLE_SECONDS)
    for size in SIZES:
        try:
            return base64.urlsafe_b64encode(seal_padded(LABEL, lasting, size)).decode()
        except ValueError:
            continue
    raise TooMuch


def forget(response: Response) -> None:
    """Leave nothing behind in the browser."""
    response.delete_cookie(_name(), **_place())
    response.delete_cookie(LEFT, path=FOLDER)


def _read(request: Request) -> Visit | None:
    if LEFT in request.cookies:
        return None
    try:
        content = base64.urlsafe_b64decode(request.cookies.get(_name(), ""))
        visit = open_padded(LABEL, content, Visit)
    except (CannotOpen, binascii.Error, ValueError):
        return None
    return visit if visit.until > now().timestamp() else None


def _name() -> str:
    return "__Secure-visit" if current_app.config["SESSION_COOKIE_SECURE"] else "visit"


def _place() -> dict[str, Any]:
    return {
        "path": FOLDER,
        "secure": current_app.config["SESSION_COOKIE_SECURE"],
        "httponly": True,
        "samesite": "Strict",
    }
