"""Serving a home: waitress for the embedded database, gunicorn where there is PostgreSQL."""

import os
import socket
import threading
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from waitress import create_server

from caseapp.caseloads.queries import make_indexes_ready
from caseapp.database import db
from caseapp.packs.actions import stop_cut_off, sweep_packs
from caseapp.surveys.faults import sweep_surveys
from caseapp.web.request_bodies import seal_waiting_bodies
from config import Settings, SettingsError

SECONDS_BETWEEN_SWEEPS = 3600.0

# A thousand slow clients may wait without taking one of the eight threads.
WAITRESS = {
    "threads": 8,
    "connection_limit": 1000,
    "channel_timeout": 30,
    # More than the app takes, so that its own page can say so.
    "max_request_body_size": 41_943_040,
    # An answer waits in memory alone, at most the mark above which the app itself waits.
    "outbuf_high_watermark": 4_194_304,
    "outbuf_overflow": 33_554_432,
    "ident": None,
}


def serve(app: Flask, settings: Settings, *, is_demo: bool) -> None:
    """Serve until stopped; raises SettingsError before a demo home is shown to a network."""
    if is_demo and not settings.is_loopback:
        raise SettingsError(
            "This home has demo accounts, whose passphrase is public:"
            " it is served on 127.0.0.1 alone"
        )
    if settings.database_url:
        Gunicorn(app, settings).run()
    else:
        serve_embedded(app, settings)


def serve_embedded(app: Flask, settings: Settings) -> None:
    seal_waiting_bodies()
    try:
        server = create_server(app, host=settings.host, port=settings.port, **WAITRESS)
    except OSError as error:
        reason = error.strerror or "it is in use"
        raise SettingsError(f"Port {settings.port} cannot be used: {reason}") from None
    with app.app_context():
        stop_cut_off()  # an embedded home has one server
    warm_up(app)
    sweep(app)
    keep_swept(app)
    try:
        server.run()
    finally:
        server.close()


def warm_up(app: Flask) -> threading.Thread:
    """Fill this process's indexes beside the first requests, so that none of them has to. Where it
    fails nothing is lost: the first request that needs an index fills it, or says what is wrong."""

    def fill() -> None:
        with app.app_context():
            try:
                make_indexes_ready()
            except Exception as fault:  # noqa: BLE001
                app.logger.warning("the indexes are not ready yet: %s", type(fault).__name__)

    thread = threading.Thread(target=fill, name="warm-up", daemon=True)
    thread.start()
    return thread


def keep_swept(app: Flask) -> threading.Timer:
    """What is a day old goes while the server runs, and not only when it starts again."""

    def sweep_and_wait() -> None:
        sweep(app)
        keep_swept(app)

    timer = threading.Timer(SECONDS_BETWEEN_SWEEPS, sweep_and_wait)
    timer.daemon = True
    timer.start()
    return timer


def sweep(app: Flask) -> None:
    """Where one fails, the next sweep does it: what is too old opens for nobody meanwhile, and
    answers go on waiting."""
    for what, sweeping in (("packs", sweep_packs), ("surveys", sweep_surveys)):
        with app.app_context():
            try:
                sweeping()
            except Exception as fault:  # noqa: BLE001
                app.logger.warning("%s are not swept yet: %s", what, type(fault).__name__)


def port_is_free(settings: Settings) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((settings.host, settings.port)) != 0


class Gunicorn(BaseApplication):  # type: ignore[misc]
    """A process a core, eight threads each, behind a proxy that takes the slow clients."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.flask_app, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": os.cpu_count() or 1,
            "threads": 8,
            "worker_class": "gthread",
            "accesslog": None,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called in each worker: no two of them may share a connection of the parent."""
        with self.flask_app.app_context():
            db.engine.dispose(close=False)
        warm_up(self.flask_app)
        keep_swept(self.flask_app)
        return self.flask_app
