"""What administrators do with accounts and teams."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from caseapp.access.actors import Role
from caseapp.access.permissions import Permission
from caseapp.accounts import actions
from caseapp.accounts.actions import EmailTaken, LastAdministrator, TeamNameTaken
from caseapp.accounts.blueprint import bp, page
from caseapp.accounts.forms import AccountForm, TeamForm
from caseapp.accounts.models import Team, User
from caseapp.accounts.new_passwords import new_start_password
from caseapp.accounts.passwords import hash_password
from caseapp.accounts.queries import list_teams, list_users
from caseapp.database import db
from caseapp.web.gate import current_actor, needs

TAKEN = "Another account uses this email address"
LAST = "This is the last administrator: make another one first"
NEEDS_TEAM = "Choose a team: advocates and managers belong to one"
START = "start_password"


@bp.route("/accounts")
@needs(Permission.MANAGE_ACCOUNTS)
def list_accounts() -> ResponseReturnValue:
    return render_template("accounts/list_accounts.html", users=list_users(), teams=list_teams())


@bp.route("/accounts/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def add_account() -> ResponseReturnValue:
    form = _account_form()
    if request.method == "POST" and db.session.get(User, form.record_id.data) is not None:
        return _to(form.record_id.data)  # sent twice: it is there already
    if not form.validate_on_submit() or not _has_right_team(form):
        return page("accounts/add_account.html", form)
    password = new_start_password()
    db.session.commit()
    password_hash = hash_password(password)
    try:
        user = actions.create_user(
            form.name.data,
            form.email.data,
            Role(form.role.data),
            _chosen_team(form),
            password_hash,
            user_id=form.record_id.data,
            must_change_password=True,
            by=current_actor(),
        )
    except EmailTaken:
        form.refuse("email", TAKEN)
        return page("accounts/add_account.html", form)
    return _to_start_password(user, password)


@bp.route("/accounts/<uuid:user_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def edit_account(user_id: UUID) -> ResponseReturnValue:
    user = _user(user_id)
    form = _account_form(user)
    if not form.validate_on_submit() or not _has_right_team(form):
        return _account_page(form, user)
    if form.revision.data != user.revision:
        form.meet_conflict(_account_form(user, formdata=None), user.revision)
        return _account_page(form, user, 409)
    try:
        actions.change_user(
            user,
            name=form.name.data,
            email=form.email.data,
            role=Role(form.role.data),
            team=_chosen_team(form),
            by=current_actor(),
        )
    except EmailTaken:
        form.refuse("email", TAKEN)
    except LastAdministrator:
        form.refuse("role", LAST)
    else:
        flash("The account is changed.", "success")
        return _to(user.id)
    return _account_page(form, user)


@bp.route("/accounts/<uuid:user_id>/disable", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def disable_account(user_id: UUID) -> ResponseReturnValue:
    try:
        actions.disable_user(_user(user_id), current_actor())
    except LastAdministrator:
        flash(f"{LAST}.", "important")
    else:
        flash("The account is disabled, and signed out everywhere.", "success")
    return _to(user_id)


@bp.route("/accounts/<uuid:user_id>/enable", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def enable_account(user_id: UUID) -> ResponseReturnValue:
    actions.enable_user(_user(user_id), current_actor())
    flash("The account is active again.", "success")
    return _to(user_id)


@bp.route("/accounts/<uuid:user_id>/second-factor", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def reset_second_factor(user_id: UUID) -> ResponseReturnValue:
    actions.reset_second_factor(_user(user_id), current_actor())
    flash("At the next sign-in a new second factor is set up.", "success")
    return _to(user_id)


@bp.route("/accounts/<uuid:user_id>/password", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def give_start_password(user_id: UUID) -> ResponseReturnValue:
    user, password = _user(user_id), new_start_password()
    db.session.commit()
    password_hash = hash_password(password)
    actions.give_start_password(user, password_hash, current_actor())
    return _to_start_password(user, password)


@bp.route("/accounts/<uuid:user_id>/start-password")
@needs(Permission.MANAGE_ACCOUNTS)
def show_start_password(user_id: UUID) -> ResponseReturnValue:
    """Shown until the administrator says that it was passed on; never again after that."""
    start = session.get(START)
    if start is None or start["user"] != str(user_id):
        return _to(user_id)
    return render_template(
        "accounts/show_start_password.html", user=_user(user_id), password=start["password"]
    )


@bp.route("/accounts/<uuid:user_id>/start-password/passed-on", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def pass_on_start_password(user_id: UUID) -> ResponseReturnValue:
    session.pop(START, None)
    return _to(user_id)


@bp.route("/teams/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def add_team() -> ResponseReturnValue:
    form = TeamForm()
    if request.method == "POST" and db.session.get(Team, form.record_id.data) is not None:
        return redirect(url_for("accounts.list_accounts"), 303)
    if not form.validate_on_submit():
        return page("accounts/add_team.html", form)
    try:
        actions.create_team(
            form.name.data,
            form.service.data,
            team_id=form.record_id.data,
            by=current_actor(),
        )
    except TeamNameTaken:
        form.refuse("name", "Another team has this name")
        return page("accounts/add_team.html", form)
    flash("The team is added.", "success")
    return redirect(url_for("accounts.list_accounts"), 303)


def _user(user_id: UUID) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def _account_form(user: User | None = None, **sent: Any) -> AccountForm:
    """For a new account, or with what is stored of this one; `formdata=None`: with that alone."""
    form = AccountForm(
        data=_stored(user) if user else None,
        record_id=user.id if user else None,
        revision=user.revision if user else None,
        **sent,
    )
    form.team.choices = [(str(team.id), team.name) for team in list_teams()]
    return form


def _stored(user: User) -> dict[str, str]:
    team = str(user.team_id or "")
    return {"name": user.head.name, "email": user.head.email, "role": user.role, "team": team}


def _has_right_team(form: AccountForm) -> bool:
    if Role(form.role.data) in actions.IN_TEAMS and not form.team.data:
        form.refuse("team", NEEDS_TEAM)
        return False
    return True


def _chosen_team(form: AccountForm) -> Team | None:
    """Nobody but advocates and managers gets a team, whatever was left chosen."""
    if Role(form.role.data) not in actions.IN_TEAMS:
        return None
    return db.session.get_one(Team, UUID(form.team.data))


def _account_page(form: AccountForm, user: User, status: int | None = None) -> ResponseReturnValue:
    return page("accounts/edit_account.html", form, status, user=user)


def _to(user_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("accounts.edit_account", user_id=user_id), 303)


def _to_start_password(user: User, password: str) -> ResponseReturnValue:
    session[START] = {"user": str(user.id), "password": password}
    return redirect(url_for("accounts.show_start_password", user_id=user.id), 303)
