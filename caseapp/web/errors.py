"""The pages for what went wrong: plain, kind, and silent about anything of a case."""

import errno
import logging
import secrets
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import (
    Conflict,
    Forbidden,
    HTTPException,
    InternalServerError,
    NotFound,
    ServiceUnavailable,
)

from caseapp.vault.errors import KeyTaken, StoreProblem
from caseapp.web import rescue
from caseapp.web.limits import install_limits

PAGES = {400, 401, 404, 405, 409, 413, 429, 500, 503}
TAKEN = (
    "23505"  # what PostgreSQL calls a second row of one id; the embedded engine says it in words
)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def install_errors(app: Flask) -> None:
    """Answer every failure with a page of ours, and log none of their messages."""
    install_limits(app)
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(Exception, show_failure)
    app.logger.addFilter(place_for_message)


def show_error(error: HTTPException) -> ResponseReturnValue:
    """The page of an HTTP error. Refused and missing look alike, so that neither tells a thing."""
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        return show_failure(error.original_exception)
    if isinstance(error, Forbidden):
        error = NotFound()
    if error.response is not None or error.code is None or error.code < 400:
        return error  # a redirect, or an answer that a view made itself
    undo()
    code = error.code if error.code in PAGES else 500 if error.code >= 500 else 400
    # Not render_template: Flask-Login would ask the session, and the database, who is reading.
    page = current_app.jinja_env.get_template(f"errors/{code}.html").render(_facts(error))
    return page, error.code, _headers(error)


def show_failure(failure: BaseException) -> ResponseReturnValue:
    """The page of a failure that no view expected."""
    if isinstance(failure, HTTPException):
        return show_error(failure)
    if isinstance(failure, StaleDataError | KeyTaken) or is_taken(failure):
        return show_error(Conflict())
    if is_store_problem(failure):
        log_failure(failure)
        return show_error(ServiceUnavailable())
    if should_raise():
        raise failure
    log_failure(failure)
    return show_error(InternalServerError())


def is_taken(failure: BaseException) -> bool:
    """There is a row of this id already: a form was sent twice at once, or its id was made up."""
    cause = failure.orig if isinstance(failure, IntegrityError) else None
    return getattr(cause, "sqlstate", None) == TAKEN or "UNIQUE constraint" in str(cause)


def is_store_problem(failure: BaseException) -> bool:
    """The database or its disk cannot take or give anything now."""
    if isinstance(failure, OSError):
        return failure.errno in FULL
    return isinstance(failure, OperationalError | NoConnectionFree | StoreProblem)


def undo() -> None:
    """Nothing of a failed request may be stored with the page that says so."""
    if "sqlalchemy" in current_app.extensions:
        current_app.extensions["sqlalchemy"].session.rollback()


def should_raise() -> bool:
    """In tests a fault of the program is shown as it is, unless they ask for the page."""
    wish = current_app.config["PROPAGATE_EXCEPTIONS"]
    return bool(current_app.testing or current_app.debug) if wish is None else bool(wish)


def log_failure(failure: BaseException) -> None:
    """Log where it happened and of what kind it was. Messages and values may hold case text."""
    current_app.logger.error(
        "error %s: %s in %s at %s",
        error_number(),
        type(failure).__name__,
        request.endpoint,
        _path(failure.__traceback__),
    )


def place_for_message(record: logging.LogRecord) -> bool:
    """A filter: of what Flask itself logs with a failure, keep its kind and place alone."""
    if isinstance(record.exc_info, tuple):
        kind, _, trace = record.exc_info
        name = kind.__name__ if kind else "unknown"
        record.msg = f"{record.getMessage()}: {name} at {_path(trace)}"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def _path(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-12:]
    return " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames)


def error_number() -> str:
    """What the page and the log have in common, so that one finds the other."""
    if "error_number" not in g:
        g.error_number = f"{secrets.randbelow(10**8):08}"
    return str(g.error_number)


def _facts(error: HTTPException) -> dict[str, Any]:
    out_of_date = isinstance(error, CSRFError)
    sent = rescue.sent_answers() if error.code in rescue.WORTH_SHOWING else []
    may_repeat = out_of_date or error.code in rescue.WORTH_REPEATING
    return {
        "number": error_number() if error.code in {500, 503} else "",
        "out_of_date": out_of_date,
        "seconds": _seconds(error),
        "size": _megabytes(request.content_length),
        "largest": _megabytes(request.max_form_memory_size),
        "is_upload": request.mimetype == "multipart/form-data",
        "answers": rescue.long_answers(sent),
        "again": rescue.to_send_again(sent, new_token=out_of_date) if may_repeat else [],
    }


def _seconds(error: HTTPException) -> int:
    wait = getattr(error, "retry_after", None)
    return wait if isinstance(wait, int) else 0


def _megabytes(size: int | None) -> str:
    return f"{(size or 0) / 1_000_000:.1f}"


def _headers(error: HTTPException) -> Headers:
    kept = [(k, v) for k, v in error.get_headers() if k in {"Allow", "Retry-After"}]
    return Headers(kept)
