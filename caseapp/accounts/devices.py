"""Devices that have fully signed in before: guesses made elsewhere do not slow them down."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

LASTS_SECONDS = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 8  # that share one laptop


@dataclass(frozen=True)
class Device:
    """A browser, by a random name, and whose accounts signed in on it. It proves nothing more."""

    name: str = field(default_factory=lambda: secrets.token_hex(16))
    accounts: tuple[str, ...] = ()


def present_device() -> Device:
    """The device that sent this request; a new one where it brings no cookie of ours."""
    try:
        content = _serializer().loads(request.cookies.get(_cookie_name(), ""))
        return Device(str(content["name"]), tuple(content["accounts"]))
    except (BadData, KeyError, TypeError):
        return Device()


def known_device(user_id: UUID | None) -> str | None:
    """The name of the present device, if this account has fully signed in on it before."""
    device = present_device()
    return device.name if str(user_id) in device.accounts else None


def remember_device(response: Response, user_id: UUID) -> None:
    """After a full sign-in alone."""
    device = present_device()
    others = [account for account in device.accounts if account != str(user_id)]
    accounts = [str(user_id), *others][:MOST_ACCOUNTS]
    response.set_cookie(
        _cookie_name(),
        str(_serializer().dumps({"name": device.name, "accounts": accounts})),
        max_age=LASTS_SECONDS,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
        path="/",
    )


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.extensions["vault"].derive("device-cookie"), "device")
