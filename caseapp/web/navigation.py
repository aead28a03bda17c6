"""What stands at the top and the foot of every page; rooms add to it as they are registered."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from flask import current_app, request, url_for
from flask_login import current_user

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide

SIGN_OUT = "accounts.sign_out"
OWN_ACCOUNT = "accounts.show_account"
ROOM_IN_THE_BAR = 7  # links; whoever has no more finds none of them folded away
CASES = "caseloads.list_cases"  # whatever room a page about one case is of, it stands under this


class Link(NamedTuple):
    """A link of the page's frame."""

    label: str
    url: str
    is_current: bool = False
    key: str | None = None  # pressed with Alt, or what the browser takes for it


class Notice(NamedTuple):
    """A line at the top of every page of somebody who must not miss it."""

    label: str  # what a screen reader calls the place
    words: str
    url: str
    link: str


class SignedIn(NamedTuple):
    """Who is signed in, for the bar at the top."""

    name: str
    role: str
    sign_out_url: str | None
    account_url: str | None = None


NoticeSource = Callable[[Actor], Notice | None]


class Place(NamedTuple):
    """A link as its room registered it. `is_seldom`: folded away under "More" where there is no
    room for it."""

    label: str
    permission: Permission
    key: str | None
    is_seldom: bool


_navigation: dict[str, Place] = {}  # by endpoint, in the order of registration
_footer: dict[str, str] = {}
_notices: list[NoticeSource] = []


def register_navigation(
    label: str,
    endpoint: str,
    permission: Permission,
    *,
    key: str | None = None,
    seldom: bool = False,
) -> None:
    """Show a link to the endpoint to everybody whom the policy grants the permission. `key`: its
    access key, which works on every page. `seldom`: fold it away from whoever has many links."""
    _navigation[endpoint] = Place(label, permission, key, seldom)


def register_footer_link(label: str, endpoint: str) -> None:
    """Show a link to a public endpoint at the foot of every page."""
    _footer[endpoint] = label


def register_notice(source: NoticeSource) -> None:
    """Asked on every page of whoever is signed in: keep it to one small statement."""
    if source not in _notices:
        _notices.append(source)


def notices() -> list[Notice]:
    """What the one who is signed in must not miss; none for a stranger."""
    user = cast(Any, current_user)
    if not user.is_authenticated:
        return []
    return [notice for source in _notices if (notice := source(user.actor)) is not None]


def navigation(*, seldom: bool = False) -> list[Link]:
    """The links that the one who is signed in may follow: those of the bar, or the seldom ones that
    the bar has no room for; none for a stranger."""
    user = cast(Any, current_user)
    if not user.is_authenticated:
        return []
    places = _places_of(user.actor)
    has_room = len(places) <= ROOM_IN_THE_BAR
    here = _here()
    return [
        Link(place.label, url_for(endpoint), is_current=endpoint == here, key=place.key)
        for endpoint, place in places.items()
        if (place.is_seldom and not has_room) is seldom
    ]


def _places_of(actor: Actor) -> dict[str, Place]:
    return {
        endpoint: place
        for endpoint, place in _navigation.items()
        if endpoint in current_app.view_functions and decide(actor, place.permission) is not None
    }


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
    """The registered endpoint that this page is, or the first one of its room."""
    here = request.endpoint or ""
    if here in _navigation:
        return here
    if "case_id" in (request.view_args or {}):
        return CASES
    room = here.split(".")[0]
    return next((endpoint for endpoint in _navigation if endpoint.split(".")[0] == room), None)
