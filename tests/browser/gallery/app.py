"""The gallery: our layouts, components and forms with made-up content, and no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from flask import Flask, Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.exceptions import TooManyRequests

from caseapp.access.actors import Actor, Role
from caseapp.access.permissions import Permission
from caseapp.web import navigation
from caseapp.web.errors import install_errors
from caseapp.web.headers import install_headers
from caseapp.web.presentation import install_presentation
from config import PROJECT
from tests.browser.gallery.forms import EveryQuestion, NoteForm

ENTRIES = (
    {
        "title": "Telephone call",
        "at": datetime(2026, 3, 5, 14, 5, tzinfo=UTC),
        "by": "Sofía Ramírez-O’Brien",
        "body": "She is staying with her aunt.\nShe asked about school.",
        "tag": "Third party",
        "url": "/components",
    },
    {"title": "Risk reviewed", "at": date(2026, 3, 1), "warning": "Risk rose to high"},
    {"title": "رسالة", "at": date(2026, 2, 1), "body": "مرحبا، أنا بخير. Call after 4pm."},
)


@dataclass
class Person(UserMixin):
    """Who looks at the gallery."""

    id: str = "1"
    display_name: str = "Amina Yusuf"
    actor: Actor = field(default_factory=lambda: Actor(UUID(int=1), Role.ADVOCATE, UUID(int=2)))


def create_gallery(config: Mapping[str, object] | None = None) -> Flask:
    """The gallery as an app; nobody is signed in where config has STRANGER."""
    app = Flask("gallery", root_path=str(PROJECT))
    app.config.update(SECRET_KEY="the gallery has no secrets", **(config or {}))
    CSRFProtect(app)
    login = LoginManager(app)
    login._request_callback = lambda _: (
        None if app.config.get("STRANGER") else app.config.get("PERSON") or Person()
    )
    install_headers(app)
    install_errors(app)
    install_presentation(app)
    pages = FileSystemLoader(Path(__file__).parent / "templates")
    app.jinja_loader = ChoiceLoader([app.jinja_loader, pages]) if app.jinja_loader else pages
    for view in (components, every_question, note, changed, failing, too_often, sign_in):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view, methods=["GET", "POST"])
    app.add_url_rule("/", "first", lambda: redirect("/components"))
    app.add_url_rule("/out", navigation.SIGN_OUT, lambda: Response("out"), methods=["POST"])
    app.add_url_rule("/about", "about", lambda: redirect("/components"))
    return app


def register_links() -> None:
    navigation.register_navigation("My cases", "components", Permission.SEE_CASES)
    navigation.register_navigation("Open a new case", "every_question", Permission.OPEN_NEW_CASE)
    navigation.register_navigation("Monthly release", "note", Permission.MAKE_RELEASE)
    navigation.register_footer_link("Accessibility statement", "about")


def components() -> ResponseReturnValue:
    if "done" in request.args:
        flash("The note is saved.", "success")
        flash("A colleague covers your cases from Monday.")
    return render_template("gallery/components.html", entries=ENTRIES)


def every_question() -> ResponseReturnValue:
    form = EveryQuestion()
    if form.validate_on_submit():
        return redirect("/components?done=1")
    return render_template("gallery/every_question.html", form=form)


def note() -> ResponseReturnValue:
    form = NoteForm(revision=3)
    if form.validate_on_submit():
        return redirect("/components?done=1")
    return render_template("gallery/note.html", form=form)


def changed() -> ResponseReturnValue:
    form = NoteForm(revision=3)
    if form.validate_on_submit() and form.revision.data == 3:
        stored = NoteForm(None, formdata=None, data={"text": "What a colleague wrote."})
        form.meet_conflict(stored, 4)
        return render_template("gallery/note.html", form=form), 409
    return render_template("gallery/note.html", form=form)


def sign_in() -> ResponseReturnValue:
    return render_template("gallery/sign_in.html")


def failing() -> ResponseReturnValue:
    status = int(request.args.get("status", "500"))
    if status == 500:
        raise RuntimeError("Layla Haddad lives at 12 Golborne Road")
    abort(status)


def too_often() -> ResponseReturnValue:
    raise TooManyRequests(retry_after=30)
