"""The gate: every view says who may come in; one that says nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.web.nobody import is_nobodys

View = TypeVar("View", bound=Callable[..., object])

csrf = CSRFProtect()
login_manager = LoginManager()
# Ours lie in the database and are bound to their cookie: its own guess is not needed.
login_manager.session_protection = None  # type: ignore[assignment]


class UnmarkedView(Exception):
    """A view without a mark: the app refuses to start with one."""


@dataclass(frozen=True)
class Mark:
    """Who may come to a view. `permission` None means everybody, signed in or not.

    Where `opens_case` is set the door of the case decides, since only it knows the case. Where
    `of_nobody` is set nobody is asked who they are: there is no session, nor a token in one.
    """

    permission: Permission | None
    opens_case: bool = False
    of_nobody: bool = False


def public(view: View) -> View:
    """Anybody may come in."""
    return mark(view, Mark(permission=None))


def nobody(view: View) -> View:
    """Anybody may come in, and leaves no trace of it, signed in or not. In place of a token in a
    session stand a cookie that is sent with no request of another site, and Sec-Fetch-Site."""
    return mark(view, Mark(permission=None, of_nobody=True))


def needs(permission: Permission) -> Callable[[View], View]:
    """Only who holds the permission without regard to any one case."""
    return lambda view: mark(view, Mark(permission))


def mark(view: View, how: Mark) -> View:
    view.__access__ = how  # type: ignore[attr-defined]
    return view


def mark_of(view: Callable[..., object]) -> Mark | None:
    return getattr(view, "__access__", None)


def current_actor() -> Actor:
    """Who is signed in; only for views behind the gate."""
    return cast(Actor, cast(Any, current_user).actor)


def install_gate(app: Flask) -> None:
    """Guard every request. CSRF is checked here, after the sign-in, so that a form which was
    sent too late can be kept for its owner."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # it lives as long as its session
    csrf.init_app(app)
    login_manager.init_app(app)
    public(app.view_functions["static"])
    app.before_request(guard)


def refuse_unmarked_views(app: Flask) -> None:
    """Called last by create_app."""
    bare = sorted(name for name, view in app.view_functions.items() if mark_of(view) is None)
    if bare:
        raise UnmarkedView(f"no policy is declared for: {', '.join(bare)}")
    if astray := _astray(app):
        raise UnmarkedView(f"it is not where nobody is asked who they are: {', '.join(astray)}")


def _astray(app: Flask) -> list[str]:
    """Views among the pages of nobody that would ask, and the other way round: sessions go by the
    path, since they are opened before it is known which view answers."""
    rules = app.url_map.iter_rules()
    marks = ((rule, cast(Mark, mark_of(app.view_functions[rule.endpoint]))) for rule in rules)
    return sorted({each.endpoint for each, how in marks if how.of_nobody != is_nobodys(each.rule)})


def guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page: the error page answers
    if request.method == "OPTIONS":
        return None  # Flask itself answers; and a session that has just ended waits for the form
    how = mark_of(current_app.view_functions[request.endpoint])
    if how is None:
        abort(404)
    if how.of_nobody:
        return None
    if how.permission is not None and not cast(Any, current_user).is_authenticated:
        return cast(ResponseReturnValue, login_manager.unauthorized())
    if not _may_enter(how):
        abort(404)
    csrf.protect()
    return None


def _may_enter(how: Mark) -> bool:
    if how.permission is None or how.opens_case:
        return True
    return decide(current_actor(), how.permission) is not None
