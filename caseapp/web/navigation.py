"""What stands at the top and the foot of every page; rooms add to it as they are registered."""

from typing import Any, NamedTuple, cast

from flask import current_app, request, url_for
from flask_login import current_user

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide

SIGN_OUT = "accounts.sign_out"
OWN_ACCOUNT = "accounts.show_account"


class Link(NamedTuple):
    """A link of the page's frame."""

    label: str
    url: str
    is_current: bool = False
    key: str | None = None  # pressed with Alt, or what the browser takes for it


class SignedIn(NamedTuple):
    """Who is signed in, for the bar at the top."""

    name: str
    role: str
    sign_out_url: str | None
    account_url: str | None = None


# (label, permission, access key) by endpoint, in the order of registration.
_navigation: dict[str, tuple[str, Permission, str | None]] = {}
_footer: dict[str, str] = {}


def register_navigation(
    label: str, endpoint: str, permission: Permission, *, key: str | None = None
) -> None:
    """Show a link to the endpoint to everybody whom the policy grants the permission. `key`: its
    access key, which works on every page."""
    _navigation[endpoint] = (label, permission, key)


def register_footer_link(label: str, endpoint: str) -> None:
    """Show a link to a public endpoint at the foot of every page."""
    _footer[endpoint] = label


def navigation() -> list[Link]:
    """The links that the one who is signed in may follow; none for a stranger."""
    user = cast(Any, current_user)
    if not user.is_authenticated:
        return []
    here = _here()
    return [
        Link(label, url_for(endpoint), is_current=endpoint == here, key=key)
        for endpoint, (label, permission, key) in _navigation.items()
        if endpoint in current_app.view_functions and decide(user.actor, permission) is not None
    ]


def footer_links() -> list[Link]:
    return [
        Link(label, url_for(endpoint))
        for endpoint, label in _footer.items()
        if endpoint in current_app.view_functions
    ]


def signed_in() -> SignedIn | None:
    """None for a stranger."""
    user = cast(Any, current_user)
    if not user.is_authenticated:
        return None
    return SignedIn(user.display_name, user.actor.role.value, _url(SIGN_OUT), _url(OWN_ACCOUNT))


def _url(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def _here() -> str | None:
    """The registered endpoint that this page is, or the first one of its room. Whatever room a
    page about one case is of, it stands under the cases."""
    here = request.endpoint or ""
    if here in _navigation:
        return here
    room = "cases" if "case_id" in (request.view_args or {}) else here.split(".")[0]
    return next((endpoint for endpoint in _navigation if endpoint.split(".")[0] == room), None)
