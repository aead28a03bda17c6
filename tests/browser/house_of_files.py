"""The app in this process on loopback, so that a journey can end an hour in a moment."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from flask import Flask
from msgspec.structs import replace
from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.emergency import EmergencyAccess
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client

OpenPage = Callable[..., Page]


class QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the journey matters, not the visits."""


class House(NamedTuple):
    url: str
    app: Flask
    cast: Cast

    def enter(self, page: Page, who: str) -> None:
        """Come in as somebody who has signed in."""
        cookie = signed_in_client(self.app, self.cast.actors[who]).get_cookie("caseapp")
        assert cookie
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "caseapp", "value": cookie.value, "url": self.url}])

    def reference(self) -> str:
        with self.app.app_context():
            return db.session.get_one(Case, self.cast.case_id).head.reference

    def let_the_hour_pass(self) -> None:
        with self.app.app_context(), transaction():
            access = db.session.query(EmergencyAccess).one()
            began = now() - timedelta(minutes=61)
            access.head = replace(access.head, began_at=began, until=began + timedelta(minutes=60))
            record(Kind.GLASS_BROKEN, actor=None, case_id=access.case_id)


@pytest.fixture
def loopback_house(peopled_home: tuple[Path, Cast], tmp_path: Path) -> Iterator[House]:
    """Ask for it before the page: then the page closes first, and misses nothing on its way."""
    with running_app(open_app(copy_home(peopled_home[0], tmp_path / "home"))) as app:
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield House(f"http://127.0.0.1:{server.server_port}", app, peopled_home[1])
        server.shutdown()
        thread.join()
        server.server_close()
