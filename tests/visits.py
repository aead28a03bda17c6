"""Visiting the app as a person would: pages fetched, forms filled in and sent."""

import re
from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.access.actors import Actor
from caseapp.accounts import actions
from caseapp.accounts.models import User
from caseapp.clock import now
from caseapp.database import db, transaction
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')


def hidden_fields(page: TestResponse) -> dict[str, str]:
    """What the forms of a page send along without being asked: token, record id, revision."""
    fields = {}
    for tag in HIDDEN.findall(page.text):
        found = dict(ATTRIBUTE.findall(tag))
        if "name" in found:
            fields[found["name"]] = found.get("value", "")
    return fields


def send(client: FlaskClient, path: str, *, shown_at: str = "", **answers: str) -> TestResponse:
    """Fetch the page that shows a form, fill it in, send it to `path`."""
    page = client.get(shown_at or path)
    return client.post(path, data={**hidden_fields(page), **answers})


def give_second_factor(app: Flask, actor: Actor, secret: str = SECRET) -> None:
    """As if the account had set up its app long ago."""
    with app.app_context(), transaction():
        actions.change_second_factor(db.session.get_one(User, actor.user_id), secret, step=0)


def shown_secret(page: TestResponse) -> str:
    """The key of a new second factor, as the page shows it in words."""
    found = re.search(r"<strong>([A-Z2-7 ]{39})</strong>", page.text)
    assert found
    return found[1].replace(" ", "")


def code_now(secret: str = SECRET, later: int = 0) -> str:
    """The code that the app on the phone shows, `later` seconds from now."""
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=later))


def enter_password(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    return send(client, "/sign-in", email=email, password=password)


def enter_code(client: FlaskClient, code: str) -> TestResponse:
    return send(client, "/sign-in/code", secret_code=code)


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    """Both steps of an account that has the second factor SECRET."""
    enter_password(client, email, password)
    return enter_code(client, code_now())


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200
