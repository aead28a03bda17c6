"""Puts the house together: database, gate, headers, rooms."""

from flask import Flask, Response
from werkzeug.middleware.proxy_fix import ProxyFix

from caseapp import (
    accounts,
    attachments,
    board,
    break_glass,
    caseloads,
    cases,
    catalogues,
    closure,
    contacts,
    data_quality,
    database,
    directory,
    drafts,
    duplicates,
    exports,
    figures,
    giving,
    households,
    imports,
    incidents,
    intake,
    marac,
    offers,
    oversight,
    packs,
    people,
    perpetrators,
    plans,
    prints,
    questionnaires,
    referrals,
    risk,
    sharing,
    strategy,
    surveys,
    today,
    transfers,
    voice,
)
from caseapp.attachments.files import sweep_files
from caseapp.audit.heads import HeadsFile
from caseapp.home import HEADS, is_demo
from caseapp.imports.bringing import sweep_imports
from caseapp.languages import insist_on_every_language
from caseapp.packs.actions import sweep_packs
from caseapp.reference.editions import refresh
from caseapp.schema import insist_on_newest, install_migrations
from caseapp.vault.unlocked import Vault
from caseapp.web.errors import install_errors
from caseapp.web.gate import install_gate, refuse_unmarked_views
from caseapp.web.headers import install_headers
from caseapp.web.presentation import install_presentation
from caseapp.web.public_pages import install_public_pages
from caseapp.web.sessions import DatabaseSessions
from config import PROJECT, Settings

# In the order in which their links stand in the menu and their tabs on the page of a case.
ROOMS = (
    today, people, caseloads, cases, intake, contacts, risk, incidents, households, duplicates,
    perpetrators, plans, prints, packs, referrals, transfers, marac, sharing, attachments, closure,
    break_glass, offers, directory, imports, drafts, giving, voice, exports, board, strategy,
    figures, catalogues, questionnaires, surveys, data_quality, accounts, oversight,
)  # fmt: skip


class CaseApp(Flask):
    """Flask with one commit a request, made before anything is sent."""

    session_interface = DatabaseSessions()

    def process_response(self, response: Response) -> Response:
        response = super().process_response(response)
        database.db.session.commit()
        return response


def create_app(settings: Settings, vault: Vault) -> CaseApp:
    """The whole application on an open vault; raises UnmarkedView rather than start unguarded."""
    app = CaseApp(
        "caseapp",
        root_path=str(PROJECT),
        template_folder="templates",
        static_folder="static",
        instance_path=str(settings.home),
    )
    _configure(app, settings, vault)
    app.extensions["settings"] = settings
    app.extensions["audit_heads"] = HeadsFile(settings.home / HEADS)
    app.extensions["audit_heads"].mend()
    database.connect(app, settings, vault)
    install_migrations(app)
    install_gate(app)
    install_headers(app)
    install_errors(app)
    install_presentation(app)
    install_public_pages(app)
    for room in ROOMS:
        room.install(app)
    refuse_unmarked_views(app)
    return app


def _configure(app: CaseApp, settings: Settings, vault: Vault) -> None:
    app.config.update(
        SECRET_KEY=vault.derive("session-cookie"),
        SESSION_COOKIE_NAME="__Host-caseapp" if settings.secure_cookies else "caseapp",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=25 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        TESTING=settings.testing,
        DEMO=is_demo(settings),
    )
    if settings.proxies:  # else anybody could claim any address
        proxied = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]


def make_ready(app: Flask) -> None:
    """Before the first request: the database has our shape, the home's own code lists count, and
    no file lies about that a request left when it was cut off.

    Raises SettingsError where the home was made by another version, or a file of ours is damaged.
    """
    insist_on_every_language()
    with app.app_context():
        insist_on_newest()
        refresh(database.db.session())
        sweep_files()
        sweep_imports()
        sweep_packs()
