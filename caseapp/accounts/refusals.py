"""Answers to those who must wait, and to sign-in pages that were open for too long."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from caseapp.accounts.blueprint import bp, is_signed_in
from caseapp.accounts.forms import SignInForm
from caseapp.accounts.passwords import TooBusy
from caseapp.accounts.rules import in_words
from caseapp.accounts.sign_in_routes import sign_in_page
from caseapp.accounts.signing_in import MustWait
from caseapp.database import db
from caseapp.web.errors import show_error

OLD_PAGE = "This page was open for too long. Enter your email address and password again"
STEPS = {
    f"accounts.{step}"
    for step in ("sign_in", "enter_code", "set_up_second_factor", "choose_password")
}
BUSY_SECONDS = 5


@bp.errorhandler(MustWait)
def ask_to_wait(refusal: MustWait) -> ResponseReturnValue:
    """The same for an account that exists and one that does not."""
    return _wait_page(refusal.seconds, 429)


@bp.errorhandler(TooBusy)
def ask_to_come_back(_busy: TooBusy) -> ResponseReturnValue:
    db.session.rollback()
    return _wait_page(BUSY_SECONDS, 503)


@bp.errorhandler(CSRFError)
def ask_again(error: CSRFError) -> ResponseReturnValue:
    """Somebody who left the sign-in page open over lunch gets a new one, not an error page."""
    if request.endpoint not in STEPS or is_signed_in():
        return show_error(error)
    form = SignInForm(formdata=request.form if request.endpoint == "accounts.sign_in" else None)
    form.refuse(None, OLD_PAGE)
    return sign_in_page(form, 400)


def _wait_page(seconds: int, status: int) -> ResponseReturnValue:
    response = make_response(
        render_template("accounts/wait.html", wait=in_words(seconds), is_busy=status == 503),
        status,
    )
    response.headers["Retry-After"] = str(seconds)
    return response
