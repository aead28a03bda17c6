"""The security headers of every response, whatever made it: view, error page or static file."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, request
from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)
# A view may answer these itself, such as a download with a stricter policy of its own.
DEFAULTS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS_POLICY,
}
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # a case's id stays out of other sites' logs
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ONE_YEAR = 365 * 24 * 60 * 60
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


def install_headers(app: Flask) -> None:
    """Wrap the app from outside, so that a failure inside it cannot lose a header."""
    inner = app.wsgi_app
    add = header_rule(app)

    def with_headers(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        how_long = caching(environ, app.static_url_path or "/static")

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            kept = how_long if status.startswith(("200", "206", "304")) else "no-store"
            return start_response(status, add(kept, headers), *failure)

        return inner(environ, start)

    app.wsgi_app = with_headers  # type: ignore[method-assign]
    # Pages send no referrer, so Flask-WTF's check of it would refuse everybody; ours replaces it.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.before_request(refuse_other_sites)


def header_rule(app: Flask) -> Callable[[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """A function (Cache-Control, headers) → headers with ours."""

    def add(cache_control: str, given: list[tuple[str, str]]) -> list[tuple[str, str]]:
        headers = Headers(given)
        for name, value in DEFAULTS.items():
            headers.setdefault(name, value)
        for name, value in ALWAYS.items():
            headers.set(name, value)
        if app.config.get("SESSION_COOKIE_SECURE"):
            headers.set("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
        headers.set("Cache-Control", cache_control)
        return headers.to_wsgi_list()

    return add


def caching(environ: "WSGIEnvironment", static: str) -> str:
    """Only our own styles, scripts and fonts may rest in a browser: those whose URL carries a mark
    of their content without asking again, the others if they have not changed."""
    if not environ.get("PATH_INFO", "").startswith(f"{static}/"):
        return "no-store"
    has_mark = environ.get("QUERY_STRING", "").startswith("v=")
    return f"public, max-age={ONE_YEAR}, immutable" if has_mark else "no-cache"


def refuse_other_sites() -> None:
    """A page of another site must not send a form here, whatever cookies it brings along.

    Browsers name the sender in Sec-Fetch-Site; clients without it still need the CSRF token.
    """
    sender = request.headers.get("Sec-Fetch-Site", "none")
    if request.method not in SAFE_METHODS and sender not in {"same-origin", "none"}:
        abort(400)
