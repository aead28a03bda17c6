"""The blueprint of the room, and the form page that its views share."""

from typing import Any, cast

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseapp.accounts.models import User
from caseapp.web.forms import Form

bp = Blueprint("accounts", __name__)


def page(
    template: str, form: Form, status: int | None = None, **values: Any
) -> ResponseReturnValue:
    """A page that asks something; 422 where the answers were not right."""
    wrong = bool(form.errors or form.form_errors)
    return render_template(template, form=form, **values), status or (422 if wrong else 200)


def is_signed_in() -> bool:
    return bool(cast(Any, current_user).is_authenticated)


def signed_in_user() -> User:
    """Only for views behind the gate."""
    return cast(User, current_user._get_current_object())  # noqa: SLF001 - werkzeug's own way
