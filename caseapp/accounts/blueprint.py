"""The blueprint of the room, and what its views share: the form page, and whose account it is."""

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import NotFound

from caseapp.accounts.models import User
from caseapp.database import db
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


def find_user(user_id: UUID) -> User:
    """The account that an administrator asked for, or 404."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def to_account(user_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("accounts.edit_account", user_id=user_id), 303)
