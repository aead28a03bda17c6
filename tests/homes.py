"""Real homes for the tests: sealed, with a schema and the cast, made once and copied."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_login import login_user

from caseapp.access.actors import Actor
from caseapp.accounts.models import User
from caseapp.app import create_app
from caseapp.database import db
from caseapp.home import make_home, open_home
from caseapp.schema import bring_up_to_date
from config import Settings
from tests.cast import Cast, assemble

KEY_FILE = "unlock.key"


def new_settings(folder: Path, database_url: str | None = None) -> Settings:
    """Settings of a home that is yet to be made, with an unlock key beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    key_file = folder / KEY_FILE
    if not key_file.exists():
        key_file.write_text(secrets.token_hex(32))
        key_file.chmod(0o600)
    return Settings(
        home=folder / "home", unlock_key_file=key_file, database_url=database_url, testing=True
    )


def make_peopled_home(settings: Settings) -> Cast:
    """A new home with the newest schema and the cast in it."""
    vault, _ = make_home(settings)
    with running_app(create_app(settings, vault)) as app, app.app_context():
        bring_up_to_date()
        return assemble()


def copy_home(template: Path, folder: Path) -> Settings:
    shutil.copytree(template, folder)
    return new_settings(folder)


def open_app(settings: Settings) -> Flask:
    return create_app(settings, open_home(settings))


@contextmanager
def running_app(app: Flask) -> Iterator[Flask]:
    """The app, whose connections are closed at the end."""
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def signed_in_client(app: Flask, actor: Actor) -> FlaskClient:
    """A client with a real session of this actor, without the form's Argon2."""
    with app.test_request_context():
        user = db.session.get_one(User, actor.user_id)
        login_user(user)
        response = app.process_response(app.make_response(""))
    client = app.test_client()
    cookie = response.headers["Set-Cookie"].split(";")[0]
    name, _, value = cookie.partition("=")
    client.set_cookie(name, value)
    return client
