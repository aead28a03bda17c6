"""Start passwords: an administrator gets one, and sees it until it is passed on."""

from uuid import UUID

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts import actions
from caseapp.accounts.blueprint import bp, find_user, to_account
from caseapp.accounts.models import User
from caseapp.accounts.new_passwords import new_start_password
from caseapp.accounts.passwords import hash_password
from caseapp.database import db
from caseapp.web.gate import current_actor, needs

START = "start_password"


@bp.route("/accounts/<uuid:user_id>/password", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def give_start_password(user_id: UUID) -> ResponseReturnValue:
    user, password = find_user(user_id), new_start_password()
    db.session.commit()
    password_hash = hash_password(password)
    actions.give_start_password(user, password_hash, current_actor())
    return to_start_password(user, password)


@bp.route("/accounts/<uuid:user_id>/start-password")
@needs(Permission.MANAGE_ACCOUNTS)
def show_start_password(user_id: UUID) -> ResponseReturnValue:
    """Shown until the administrator says that it was passed on; never again after that."""
    start = session.get(START)
    if start is None or start["user"] != str(user_id):
        return to_account(user_id)
    return render_template(
        "accounts/show_start_password.html", user=find_user(user_id), password=start["password"]
    )


@bp.route("/accounts/<uuid:user_id>/start-password/passed-on", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def pass_on_start_password(user_id: UUID) -> ResponseReturnValue:
    session.pop(START, None)
    return to_account(user_id)


def to_start_password(user: User, password: str) -> ResponseReturnValue:
    session[START] = {"user": str(user.id), "password": password}
    return redirect(url_for("accounts.show_start_password", user_id=user.id), 303)
