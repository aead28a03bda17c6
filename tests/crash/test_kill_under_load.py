"""The server is killed again and again while eight clients save notes: nothing answered is lost."""

import http.client
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.audit.verification import verify
from caseapp.contacts.models import Note
from caseapp.database import db, read_snapshot
from caseapp.oversight.record_check import check_records
from config import Settings
from tests.cast import Cast
from tests.homes import (
    copy_home,
    make_peopled_home,
    new_settings,
    open_app,
    running_app,
    signed_in_client,
)
from tests.serving import Server, start_server

CLIENTS = 8
NOTES_BEFORE_A_KILL = 24


@dataclass
class Client:
    """Saves notes one after another, and remembers those that the server said were saved."""

    cookie: str
    path: str
    token: str = ""
    saved: list[UUID] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)

    def work(self, server: Server, enough: Callable[[], bool]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        try:
            self.token = self._fetch_token(connection)
            while not enough():
                self._save(connection, uuid4())
        except (OSError, http.client.HTTPException):
            pass  # the server was killed: what it had not answered may or may not be there
        finally:
            connection.close()

    def _fetch_token(self, connection: http.client.HTTPConnection) -> str:
        connection.request("GET", self.path, headers={"Cookie": self.cookie})
        page = connection.getresponse().read().decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, page[:500]
        return found[1]

    def _save(self, connection: http.client.HTTPConnection, note_id: UUID) -> None:
        form = {
            "csrf_token": self.token,
            "record_id": str(note_id),
            "contact": "phone_spoke",
            "fact": "She answered, and all is well. " * 20,
            "on-day": "2",
            "on-month": "11",
            "on-year": "2026",
            "at": "10:30",
        }
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", self.path, urlencode(form), headers)
        response = connection.getresponse()
        response.read()
        if response.status == 302:
            self.saved.append(note_id)
        else:
            self.strange.append(response.status)


def run_and_kill(settings: Settings, clients: list[Client]) -> None:
    """One life of the server: it ends in the middle of the clients' work."""
    server = start_server(settings)
    before = sum(len(client.saved) for client in clients)
    killed = threading.Event()

    def enough() -> bool:
        return killed.is_set()

    threads = [threading.Thread(target=client.work, args=(server, enough)) for client in clients]
    for thread in threads:
        thread.start()
    while sum(len(client.saved) for client in clients) < before + NOTES_BEFORE_A_KILL:
        if not any(thread.is_alive() for thread in threads):
            break
        threads[0].join(0.01)
    server.kill()
    killed.set()
    for thread in threads:
        thread.join()


def clients_of(settings: Settings, cast: Cast) -> list[Client]:
    clients = []
    with running_app(open_app(settings)) as app:
        for _ in range(CLIENTS):
            cookie = signed_in_client(app, cast.assigned_advocate).get_cookie("caseapp")
            assert cookie is not None
            path = f"/cases/{cast.case_id}/notes/new"
            clients.append(Client(f"caseapp={cookie.value}", path))
    return clients


def assert_nothing_is_lost_or_half(settings: Settings, clients: list[Client]) -> None:
    acknowledged = {note_id for client in clients for note_id in client.saved}
    with running_app(open_app(settings)) as app, app.app_context():
        notes = {note.id: note.body.fact for note in db.session.scalars(select(Note))}
        entries = db.session.scalars(
            select(AuditEntry.subject_id).where(AuditEntry.kind == Kind.NOTE_ADDED)
        ).all()
        assert acknowledged - set(notes) == set(), "a note that was answered is gone"
        assert sorted(map(str, entries)) == sorted(map(str, notes)), "a note without its audit"
        db.session.rollback()
        with read_snapshot() as session:
            vault, heads = app.extensions["vault"], app.extensions["audit_heads"]
            assert verify(session, vault, heads).faults == ()
            assert tuple(check_records(session, vault, heads).faults) == ()
    assert [status for client in clients for status in client.strange] == []


def test_nothing_answered_is_lost_in_twenty_five_kills(
    peopled_home: tuple[Path, Cast], tmp_path: Path
) -> None:
    settings, cast = copy_home(peopled_home[0], tmp_path / "killed"), peopled_home[1]
    clients = clients_of(settings, cast)
    for _ in range(25):
        run_and_kill(settings, clients)
    assert sum(len(client.saved) for client in clients) >= 25 * NOTES_BEFORE_A_KILL
    assert_nothing_is_lost_or_half(settings, clients)


@pytest.mark.parametrize("kills", [5])
def test_nothing_answered_is_lost_on_postgresql(
    tmp_path: Path, postgres_url: str, kills: int
) -> None:
    settings = new_settings(tmp_path / "killed", postgres_url)
    clients = clients_of(settings, make_peopled_home(settings))
    for _ in range(kills):
        run_and_kill(settings, clients)
    assert_nothing_is_lost_or_half(settings, clients)
