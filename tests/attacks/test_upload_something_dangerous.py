"""Attacker's aim: get a file into a case that harms whoever opens it, the server, or the disk."""

import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.attachments.contents import TEST_VIRUS
from caseapp.attachments.files import folder
from caseapp.attachments.models import Attachment
from caseapp.database import db
from tests import files_to_send as made
from tests.cast import Cast
from tests.files_to_send import ANSWERS, CONTENT_TYPE, multipart, send_file
from tests.visits import hidden_fields

ClientOf = Callable[[str], FlaskClient]
MB = 1_000_000
SCRIPT = b"<script>alert(document.cookie)</script>"


def bomb() -> bytes:
    return made.docx(**{"word/media/image1.png": b"\0" * 60 * MB})


def bomb_that_lies() -> bytes:
    """The list says 10 bytes; the ratio of the rest gives it away only to who counts overlaps."""
    content = bytearray(made.docx(**{f"word/part{n}.xml": b"x" * 500 for n in range(20)}))
    first = content.find(b"PK\x01\x02")
    place = content.find(b"PK\x01\x02", first + 4)
    while place >= 0:  # every entry of the list points at one and the same place
        content[place + 42 : place + 46] = struct.pack("<L", 0)
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(content)


def list_without_end() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as sink:
        for number in range(6_000):
            sink.writestr(f"word/{number}.xml", b"")
    return content.getvalue()


def long_list_hidden() -> bytes:
    """The end of the list says that there is little, and an older kind of end says more."""
    content = bytearray(made.docx())
    end = content.rfind(b"PK\x05\x06")
    return bytes(content[:end] + b"PK\x06\x07" + b"\0" * 16 + content[end:])


def with_a_password() -> bytes:
    content = bytearray(made.docx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        content[place + flags] |= 1
    return bytes(content)


REFUSED: dict[str, tuple[str, bytes]] = {
    "an SVG": ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"),
    "an SVG that is called PNG": ("picture.png", b"<svg onload='alert(1)'></svg>"),
    "an SVG behind a declaration": ("x.txt", b"<?xml version='1.0'?><svg/>"),
    "a web page": ("page.html", b"<!DOCTYPE html><html>" + SCRIPT),
    "a web page that is called text": ("notes.txt", b"<html><body>" + SCRIPT),
    "a script in the middle of a text": ("notes.txt", b"Dear all,\n" + SCRIPT),
    "a web page that is called PDF": ("letter.pdf", b"<html>" + SCRIPT),
    "a shell script": ("run.sh", b"#!/bin/sh\nrm -rf /"),
    "a shell script that is called text": ("run.txt", b"#!/bin/sh\nrm -rf /"),
    "a program": ("setup.exe", b"MZ\x90\x00" + b"\0" * 200),
    "a program that is called PDF": ("letter.pdf", b"MZ\x90\x00" + b"\0" * 200),
    "a Linux program that is called picture": ("cat.png", b"\x7fELF\x02\x01\x01" + b"\0" * 200),
    "the virus test file": ("eicar.com", TEST_VIRUS),
    "the virus test file that is called text": ("letter.txt", TEST_VIRUS),
    "the virus test file behind blanks": ("letter.txt", b"\n  " + TEST_VIRUS),
    "a zip bomb": ("letter.docx", bomb()),
    "a zip whose parts overlap": ("letter.docx", bomb_that_lies()),
    "a zip with a list without end": ("letter.docx", list_without_end()),
    "a zip with two ends of its list": ("letter.docx", long_list_hidden()),
    "a zip with a password": ("letter.docx", with_a_password()),
    "a zip that is only called Word": ("letter.docx", made.archive({"run.exe": b"MZ"})),
    "a zip": ("letters.zip", made.archive({"letter.txt": b"Dear all"})),
    "a Word document with macros": ("letter.docx", made.docx(**{"word/vbaProject.bin": b"x"})),
    "an OpenDocument text with scripts": (
        "letter.odt",
        made.archive(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<c/>",
                "Scripts/python/run.py": b"x",
            },
            stored=("mimetype",),
        ),
    ),
    "half a Word document": ("letter.docx", made.docx()[:-30]),
    "a Word document behind something else": ("letter.docx", b"MZ" + made.docx()),
    "a PDF that is an archive too": ("letter.pdf", made.pdf() + made.archive({"a": b"b"})),
    "a PNG that is an archive too": (
        "a.png",
        made.png(filler=made.archive({"a": b"b"})),
    ),
    "a JPEG that is an archive too": ("a.jpg", made.jpeg() + made.archive({"a": b"b"})),
    "a PNG with a web page behind it": ("a.png", made.png() + b"<html>" + SCRIPT),
    "a PDF with something before it": ("letter.pdf", b"GIF89a" + made.pdf()),
    "half a PDF": ("letter.pdf", made.pdf()[:-8]),
    "a GIF": ("a.gif", b"GIF89a" + b"\0" * 40),
    "a picture that is called PDF": ("letter.pdf", made.png()),
    "a PDF that is called picture": ("cat.jpg", made.pdf()),
    "a PDF with a second ending": ("letter.pdf.exe", made.pdf()),
    "a PDF whose name is turned round": ("letter\u202efdp.exe", made.pdf()),
    "an empty file": ("letter.pdf", b""),
    "noise": ("letter.txt", os.urandom(400)),
    "a file of 21 MB": ("letter.txt", b"a" * 21 * MB),
}


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


def rows(app: Flask) -> list[Attachment]:
    with app.app_context():
        return list(db.session.query(Attachment))


def files_on_disk(app: Flask) -> list[Path]:
    with app.app_context():
        return list(folder().glob("*")) if folder().exists() else []


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_reason_and_leaves_nothing(
    app: Flask, cast: Cast, advocate: FlaskClient, what: str
) -> None:
    name, content = REFUSED[what]
    answer = send_file(advocate, cast, name, content)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert 'value="Letter from the housing office"' in answer.text
    assert rows(app) == []
    assert files_on_disk(app) == []


NAMES = {
    "../../../etc/cron.d/run.pdf": "run.pdf",
    "..\\..\\windows\\system.pdf": "windowssystem.pdf",
    "/etc/passwd.pdf": "passwd.pdf",
    "letter\x00.exe.pdf": "letter.exe.pdf",
    "a%0D%0ASet-Cookie: x=1.pdf": "a_0D_0ASet-Cookie_ x=1.pdf",
    "gpj.\u202ettel.pdf": "gpj.ttel.pdf",
    "zero\u200bwidth\ufeff.pdf": "zerowidth.pdf",
    "%22><script>.pdf": "___script_.pdf",
    "CON.pdf": "_CON.pdf",
    "....pdf": "pdf.pdf",
    ".pdf": "pdf.pdf",
    "x" * 255 + ".pdf": "x" * 176 + ".pdf",
    "é" * 250 + ".pdf": "é" * 88 + ".pdf",
    "فاطمة.pdf": "فاطمة.pdf",
}


@pytest.mark.parametrize("sent", NAMES)
def test_a_name_can_neither_leave_the_folder_nor_deceive(
    app: Flask, cast: Cast, advocate: FlaskClient, sent: str
) -> None:
    assert send_file(advocate, cast, sent, made.pdf()).status_code == 303
    (row,) = rows(app)
    with app.app_context():
        kept = db.session.get_one(Attachment, row.id).head.name
    assert kept == NAMES[sent]
    (file,) = files_on_disk(app)
    assert file.name == f"{row.file_id}.sealed"
    given = advocate.get(f"/cases/{cast.case_id}/files/{row.id}").headers["Content-Disposition"]
    assert given.startswith("attachment; filename")
    assert NAMES[sent] in unquote(given)


def test_a_file_is_never_shown_in_the_browser(
    app: Flask, cast: Cast, advocate: FlaskClient
) -> None:
    send_file(advocate, cast, "letter.pdf", made.pdf())
    (row,) = rows(app)
    path = f"/cases/{cast.case_id}/files/{row.id}"
    answer = advocate.get(path, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.data) == (200, made.pdf())
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Accept-Ranges"] == "none"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Range" not in answer.headers
    assert "letter" not in path


@pytest.mark.parametrize("declared", [2 * 1024**3, 26 * 1024 * 1024])
def test_a_body_that_declares_too_much_is_refused_unread(
    advocate: FlaskClient, cast: Cast, declared: int
) -> None:
    class Unread(io.RawIOBase):
        def read(self, _size: int = -1) -> bytes:
            raise AssertionError("the body was read")

    answer = advocate.post(
        f"/cases/{cast.case_id}/files/new",
        environ_overrides=raw(Unread(), CONTENT_LENGTH=str(declared)),
    )
    assert answer.status_code == 413
    assert "Nothing was saved" in answer.text


def test_a_body_that_is_cut_in_the_middle_is_refused(
    app: Flask, cast: Cast, advocate: FlaskClient
) -> None:
    path = f"/cases/{cast.case_id}/files/new"
    fields = {**hidden_fields(advocate.get(path)), **ANSWERS}
    whole = multipart(fields, "a.pdf", made.pdf("long" * 200_000))
    half = raw(io.BytesIO(whole[: len(whole) // 2]), CONTENT_LENGTH=str(len(whole)))
    answer = advocate.post(path, environ_overrides=half)
    assert answer.status_code == 400
    assert rows(app) == []
    assert files_on_disk(app) == []


def raw(body: object, **more: object) -> dict[str, Any]:
    """A request as a server hands it on, without the client's own ideas of a form."""
    return {"wsgi.input": body, "CONTENT_TYPE": CONTENT_TYPE, **more}


class Trickle(io.RawIOBase):
    """A body that comes in parts, as a chunked one does, and is never whole in memory."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.parts, self.rest = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest:
            part = next(self.parts, None)
            if part is None:
                return 0
            self.rest = part
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return int(size)


class Highest:
    """The most memory that this process has held while the block ran."""

    def __enter__(self) -> "Highest":
        self.process = psutil.Process()
        self.start = self.most = self.process.memory_info().rss
        self.running = True
        self.thread = Thread(target=self.look)
        self.thread.start()
        return self

    def look(self) -> None:
        while self.running:
            self.most = max(self.most, self.process.memory_info().rss)

    def __exit__(self, *_failure: object) -> None:
        self.running = False
        self.thread.join()

    @property
    def grown(self) -> int:
        return int(self.most - self.start)


def chunked(client: FlaskClient, cast: Cast, megabytes: int) -> Any:
    path = f"/cases/{cast.case_id}/files/new"
    fields = {**hidden_fields(client.get(path)), **ANSWERS}
    start, end = multipart(fields, "a.txt", b"SPLIT").split(b"SPLIT")

    def parts() -> Iterator[bytes]:
        yield start
        for _ in range(megabytes):
            yield b"a" * MB
        yield end

    body = raw(Trickle(parts()), **{"wsgi.input_terminated": True})
    return client.post(path, headers={"Transfer-Encoding": "chunked"}, environ_overrides=body)


@pytest.mark.parametrize(("megabytes", "status"), [(25, 422), (60, 413)])
def test_a_chunked_body_of_any_length_takes_little_memory(
    app: Flask, cast: Cast, advocate: FlaskClient, megabytes: int, status: int
) -> None:
    chunked(advocate, cast, 1)  # what is loaded once
    with Highest() as memory:
        answer = chunked(advocate, cast, megabytes)
    assert answer.status_code == status
    assert memory.grown < 100 * MB
    assert len(rows(app)) <= 1


def test_a_file_of_20_mb_goes_in_and_out_in_little_memory(
    app: Flask, cast: Cast, advocate: FlaskClient
) -> None:
    content = b"%PDF-1.4\n" + os.urandom(20 * MB - 100) + b"\n%%EOF\n"
    with Highest() as memory:
        assert send_file(advocate, cast, "a.pdf", content).status_code == 303
        (row,) = rows(app)
        answer = advocate.get(f"/cases/{cast.case_id}/files/{row.id}", buffered=False)
        place = 0
        for part in answer.response:
            assert part == content[place : place + len(part)]
            place += len(part)
    assert place == len(content)
    # The test's own client holds the body too, once as it was made and once as it was sent.
    assert memory.grown < 100 * MB
