"""The pages under /s, and what they answer when something goes wrong: kind, and without a trace."""

from flask import Blueprint, current_app, request
from flask.wrappers import Response
from werkzeug.exceptions import HTTPException, TooManyRequests

from caseapp.surveys.faults import remember
from caseapp.surveys.limits import seconds_after_a_page, seconds_after_a_wrong_code
from caseapp.surveys.pages import page
from caseapp.surveys.visits import present
from caseapp.web.errors import is_store_problem, should_raise, undo
from caseapp.web.nobody import FOLDER

bp = Blueprint("surveys", __name__, url_prefix=FOLDER)

WORDS = {404: "missing", 413: "too_much", 429: "busy", 503: "failed"}


@bp.before_request
def slow_down() -> None:
    """Pages of a visit are counted for the code in it: a house full of people shares an address."""
    visit = present() if request.method == "POST" else None
    if visit and visit.code and (wait := seconds_after_a_page(visit.code)):
        raise TooManyRequests(retry_after=wait)


def count_a_wrong_code() -> None:
    """429 where there were too many. A right code is never counted, and always works."""
    if wait := seconds_after_a_wrong_code(request.remote_addr or ""):
        raise TooManyRequests(retry_after=wait)


@bp.errorhandler(HTTPException)
def show_error(error: HTTPException) -> Response:
    undo()
    code = error.code or 500
    answer = page("show_closed", code, why=WORDS.get(code, "failed"))
    if isinstance(error, TooManyRequests):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


@bp.errorhandler(Exception)
def show_failure(failure: Exception) -> Response:
    if should_raise() and not is_store_problem(failure):
        raise failure
    undo()
    remember(failure)
    return page("show_closed", 503 if is_store_problem(failure) else 500, why="failed")


def leave_to() -> str:
    """Where somebody goes who leaves in a hurry."""
    address: str = current_app.config["SURVEY_LEAVE_TO"]
    return address
