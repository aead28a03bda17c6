"""Attacker's aim: find what was uploaded or downloaded in plain text on the server's disk, even
for a moment, even in a file that has no name."""

import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from waitress import create_server
from waitress.adjustments import Adjustments

from caseapp.attachments.models import Attachment
from caseapp.database import db
from caseapp.serving import WAITRESS
from caseapp.web.request_bodies import seal_waiting_bodies
from tests.cast import Cast
from tests.files_to_send import ANSWERS, CONTENT_TYPE, multipart
from tests.visits import hidden_fields

ClientOf = Callable[[str], FlaskClient]
CANARY = b"Zalika-was-followed-home-on-Tuesday"
LETTER = (CANARY + b"\n") * 90_000  # 3 MB: far more than is ever kept in memory alone
NAME = "zalika-letter.txt"


def open_files() -> Iterator[bytes]:
    """The content of every regular file that this process holds open, named or not."""
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if stat.S_ISREG(entry.stat().st_mode):
                with open(os.open(entry, os.O_RDONLY), "rb") as file:
                    yield file.read()


def files_below(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        yield str(path).encode()
        if path.is_file():
            yield path.read_bytes()


class Server:
    """The app on the server that a home is served with, looked through at each request's end."""

    def __init__(self, app: Flask, home: Path) -> None:
        self.home, self.looks, self.found = home, 0, 0
        self.has_begun = Event()
        app.after_request(self.look_after)
        seal_waiting_bodies()
        self.server = create_server(app, host="127.0.0.1", port=0, **WAITRESS)
        self.port = int(self.server.effective_port)
        self.thread = Thread(target=self.server.run)
        self.thread.start()

    def look_after(self, response: Response) -> Response:
        self.look()
        self.has_given_all = Event()
        self.has_begun.set()
        response.call_on_close(self.look)
        response.call_on_close(self.has_given_all.set)
        return response

    def look(self) -> None:
        self.looks += 1
        self.found += sum(CANARY in content for content in open_files())
        self.found += sum(
            CANARY in content or NAME.encode() in content for content in files_below(self.home)
        )

    def close(self) -> None:
        self.server.close()
        self.thread.join(timeout=10)
        assert not self.thread.is_alive()


@pytest.fixture
def server(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    narrow = [(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)]  # the system shall keep little for us
    monkeypatch.setattr(Adjustments, "socket_options", narrow)
    server = Server(app, tmp_path)
    yield server
    server.close()


def ask(server: Server, head: str, body: bytes = b"") -> bytes:
    """One request by hand. The answer is not read before the app has given all of it, so that it
    has to wait in the server."""
    server.has_begun.clear()
    with socket.socket() as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.settimeout(60)
        wire.connect(("127.0.0.1", server.port))
        wire.sendall(f"{head}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode() + body)
        assert server.has_begun.wait(30)
        assert server.has_given_all.wait(30)
        parts = []
        while part := wire.recv(65536):
            parts.append(part)
        return b"".join(parts)


def test_neither_way_is_it_ever_plain_on_the_disk(
    app: Flask, cast: Cast, client_of: ClientOf, server: Server
) -> None:
    client = client_of("assigned_advocate")
    path = f"/cases/{cast.case_id}/files/new"
    fields = {**hidden_fields(client.get(path)), **ANSWERS}
    body = multipart(fields, NAME, LETTER)
    cookie = client.get_cookie("caseapp")
    assert cookie
    carried = f"Cookie: caseapp={cookie.value}"
    length = f"Content-Type: {CONTENT_TYPE}\r\nContent-Length: {len(body)}"
    saved = ask(server, f"POST {path} HTTP/1.1\r\n{carried}\r\n{length}", body)
    assert saved.startswith(b"HTTP/1.1 303")
    with app.app_context():
        row = db.session.query(Attachment).one()
    given = ask(server, f"GET /cases/{cast.case_id}/files/{row.id} HTTP/1.1\r\n{carried}")
    assert given.endswith(LETTER)
    assert server.looks >= 4
    assert server.found == 0


def test_the_search_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(LETTER)
    assert any(CANARY in content for content in files_below(tmp_path))
    with open(tmp_path / "a", "rb"):
        assert any(CANARY in content for content in open_files())
