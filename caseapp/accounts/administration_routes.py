"""What administrators do with accounts and teams."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.actors import Role
from caseapp.access.permissions import Permission
from caseapp.accounts import actions
from caseapp.accounts.actions import EmailTaken, LastAdministrator, TeamNameTaken
from caseapp.accounts.blueprint import bp, find_user, page, to_account
from caseapp.accounts.forms import AccountForm, TeamForm
from caseapp.accounts.models import Team, User
from caseapp.accounts.new_passwords import new_start_password
from caseapp.accounts.passwords import hash_password
from caseapp.accounts.queries import list_teams, list_users
from caseapp.accounts.start_password_routes import to_start_password
from caseapp.database import db
from caseapp.web.gate import current_actor, needs

TAKEN = "Another account uses this email address"
LAST = "This is the last administrator: make another one first"
NEEDS_TEAM = "Choose a team: advocates and managers belong to one"


@bp.route("/accounts")
@needs(Permission.MANAGE_ACCOUNTS)
def list_accounts() -> ResponseReturnValue:
    return render_template("accounts/list_accounts.html", users=list_users(), teams=list_teams())


@bp.route("/accounts/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def add_account() -> ResponseReturnValue:
    form = _account_form()
    if request.method == "POST" and db.session.get(User, form.record_id.data) is not None:
        return to_account(form.record_id.data)  # sent twice: it is there already
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
    return to_start_password(user, password)


@bp.route("/accounts/<uuid:user_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def edit_account(user_id: UUID) -> ResponseReturnValue:
    user = find_user(user_id)
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
        return to_account(user.id)
    return _account_page(form, user)


@bp.route("/accounts/<uuid:user_id>/disable", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def disable_account(user_id: UUID) -> ResponseReturnValue:
    try:
        actions.disable_user(find_user(user_id), current_actor())
    except LastAdministrator:
        flash(f"{LAST}.", "important")
    else:
        flash("The account is disabled, and signed out everywhere.", "success")
    return to_account(user_id)


@bp.route("/accounts/<uuid:user_id>/enable", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def enable_account(user_id: UUID) -> ResponseReturnValue:
    actions.enable_user(find_user(user_id), current_actor())
    flash("The account is active again.", "success")
    return to_account(user_id)


@bp.route("/accounts/<uuid:user_id>/second-factor", methods=["POST"])
@needs(Permission.MANAGE_ACCOUNTS)
def reset_second_factor(user_id: UUID) -> ResponseReturnValue:
    actions.reset_second_factor(find_user(user_id), current_actor())
    flash("At the next sign-in a new second factor is set up.", "success")
    return to_account(user_id)


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
