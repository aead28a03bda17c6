"""Where to go after signing in: always a page of ours."""

from flask import current_app, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from caseapp.access.actors import Role
from caseapp.accounts.kept_forms import kept_form_of
from caseapp.accounts.models import User

HOMES = {
    Role.ADVOCATE: "today.show_today",
    Role.MANAGER: "today.show_today",
    Role.ANALYST: "exports.list_releases",
    Role.ADMINISTRATOR: "accounts.list_accounts",
}


def home_endpoint(role: Role) -> str:
    """The page that somebody of this role works from."""
    return HOMES[role]


def after_sign_in(user: User) -> str:
    """The path to show first: codes to write down, a form that was kept, what was asked for."""
    if "recovery_codes" in session:
        return url_for("accounts.show_recovery_codes")
    if kept_form_of(user.id) is not None:
        return url_for("accounts.show_kept_form")
    path, whose = str(session.pop("next_path", "/")), session.pop("next_for", "")
    if whose not in {"", str(user.id)} or not is_page_of_ours(path):  # nobody goes on for another
        path = url_for(home_endpoint(user.actor.role))
    return path


def is_page_of_ours(path: str) -> bool:
    """A path that our own URL map answers to a GET, other than the front door itself."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None or path == "/" or not path.startswith("/") or path.startswith("//"):
        return False
    try:
        endpoint, _ = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return bool(endpoint != "static")
