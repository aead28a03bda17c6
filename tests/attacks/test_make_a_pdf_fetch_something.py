"""The attacker's aim: make our paper call a server, read a file of the machine, or never end.

Each trick is tried twice: typed as an answer into a plan, and as if it had come through as markup.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pikepdf
import pypdfium2
import pytest

from caseapp.documents.plan_paper import PlanPaper, PlanSection, plan_html
from caseapp.documents.printer import Printer
from caseapp.documents.problems import DocumentRefused, RenderTookTooLong
from caseapp.documents.rendering import render_pdf

SECRET = "Zugvogel-4711"
# {web} is a listener on this machine, {file} a file that holds SECRET.
FETCHES = {
    "img-http": '<img src="{web}/a.png">',
    "img-file": '<img src="{file}">',
    "img-ftp": '<img src="ftp://127.0.0.1:{port}/a.png">',
    "img-data": "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\">",
    "img-relative": '<img src="a.png">',
    "img-network-path": '<img src="//127.0.0.1:{port}/a.png">',
    "img-absolute-path": '<img src="/etc/hostname">',
    "img-other-asset": '<img src="asset:../../config.py">',
    "img-asset-climbing": '<img src="asset:fonts/../../../config.py">',
    "img-asset-encoded": '<img src="asset:fonts/%2e%2e/%2e%2e/vendor/.stamp">',
    "img-asset-host": '<img src="asset://127.0.0.1:{port}/a.png">',
    "img-capital-letters": '<img src="FILE:///etc/hostname">',
    "link-stylesheet": '<link rel="stylesheet" href="{web}/a.css">',
    "link-stylesheet-file": '<link rel="stylesheet" href="{file}">',
    "link-attachment": '<link rel="attachment" href="{file}">',
    "a-attachment": '<a rel="attachment" href="{file}">x</a>',
    "base": '<base href="{web}/"><img src="a.png">',
    "object": '<object data="{file}"></object>',
    "embed": '<embed src="{web}/a.svg">',
    "style-import": '<style>@import "{web}/a.css";</style>',
    "style-import-file": "<style>@import url({file});</style>",
    "style-background": "<style>p {{ background: url({web}/a.png) }}</style><p>x</p>",
    "style-attribute": '<p style="background: url({web}/a.png)">x</p>',
    "style-content": "<style>p::before {{ content: url({web}/a.png) }}</style><p>x</p>",
    "style-list": "<ul style='list-style-image: url({web}/a.png)'><li>x</ul>",
    "style-border-image": '<p style="border: 1px solid; border-image-source: url({web}/a)">x</p>',
    "style-font-face": "<style>@font-face {{ font-family: x; src: url({web}/a.ttf) }}</style>",
    "style-font-file": "<style>@font-face {{ font-family: x; src: url({file}) }}</style>",
    "style-page": "<style>@page {{ background: url({web}/a.png) }}</style>",
    "style-page-margin": "<style>@page {{ @top-left {{ content: url({web}/a.png) }} }}</style>",
    "style-escaped": "<style>p {{ background: u\\72l({web}/a.png) }}</style><p>x</p>",
    "svg-image": '<svg width="9" height="9"><image href="{web}/a.png" width="9" height="9"/></svg>',
    "svg-image-file": '<svg width="9" height="9"><image href="{file}" width="9" height="9"/></svg>',
    "svg-foreign": "<svg><foreignObject><img src='about:x'></foreignObject></svg>",
    "closes-title": '</title><img src="{web}/a.png">',
    "closes-style": '</style></head><body><img src="{file}">',
    "closes-comment": '--><img src="{web}/a.png">',
    "closes-quote": '"><img src="{web}/a.png">',
}
# Asks WeasyPrint for what it does not do: nothing may be fetched, and it may print.
IGNORED = {
    "script": '<script src="{web}/a.js"></script>',
    "iframe": '<iframe src="{web}/"></iframe>',
    "refresh": '<meta http-equiv="refresh" content="0; url={web}/">',
    "font-local": '<style>@font-face {{ font-family: x; src: local("DejaVu Sans") }}</style>'
    '<p style="font-family: x">x</p>',
    "svg-use": '<svg width="9" height="9"><use href="{web}/a.svg#x"/></svg>',
    "svg-style": '<svg width="9" height="9"><style>@import "{web}/a.css";</style><g/></svg>',
    "srcset": '<img srcset="{web}/a.png 2x">',
    "video-poster": '<video poster="{web}/a.png"></video>',
    "background-attribute": '<table background="{web}/a.png"><tr><td>x</table>',
    "xml-stylesheet": '<?xml-stylesheet href="{web}/a.css"?>',
    "link-to-the-web": '<a href="{web}/">x</a>',
    "entity": '<!DOCTYPE x [<!ENTITY y SYSTEM "{file}">]><p>&y;</p>',
}
# What stands before a trick that breaks out of something.
BEFORE = {
    "closes-title": "<title>",
    "closes-style": "<style>p { color: red }",
    "closes-comment": "<title>t</title><!-- ",
    "closes-quote": '<title>t</title><p lang="',
}
NESTED_FLEX = "<div style='display: flex'>" * 25 + "x"


class Listener:
    """A web server that only notes that somebody came."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._stopping = Event()
        self._thread = Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            visitor, _ = self._socket.accept()
            with visitor:
                if self._stopping.is_set():
                    return
                self.visits += 1
                visitor.sendall(b"HTTP/1.0 404 No\r\n\r\n")

    def close(self) -> None:
        self._stopping.set()
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


@pytest.fixture
def secret_file(tmp_path: Path) -> str:
    path = tmp_path / "secret.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>')
    return path.as_uri()


def filled(trick: str, listener: Listener, secret_file: str) -> str:
    web = f"http://127.0.0.1:{listener.port}"
    return trick.format(web=web, port=listener.port, file=secret_file)


def plan_with(answer: str) -> str:
    section = PlanSection(
        picture="home", heading=answer, prompt=answer, own_words=answer, worker_words=answer
    )
    day = date(2026, 3, 7)
    return plan_html(
        PlanPaper(kind="youth_violence", sections=(section,), prepared_on=day, review_on=day)
    )


def embedded_files(pdf: bytes) -> list[object]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            *document.attachments,
            *(item for page in document.pages for item in page.get("/Annots", [])),
        ]


def words_in(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    broken_at_a_hyphen = "\x02"  # how pdfium reads a hyphen that ends a line
    return "".join(text.split()).replace(broken_at_a_hyphen, "-")


def test_the_listener_notes_a_visit(listener: Listener) -> None:
    before = listener.visits
    with socket.create_connection(("127.0.0.1", listener.port)) as visitor:
        visitor.recv(100)
    assert listener.visits == before + 1


@pytest.mark.parametrize("trick", [*FETCHES, *IGNORED])
def test_a_trick_typed_as_an_answer_is_printed_as_text(
    trick: str, listener: Listener, secret_file: str
) -> None:
    before = listener.visits
    answer = filled((FETCHES | IGNORED)[trick], listener, secret_file)
    pdf = render_pdf(plan_with(answer))
    assert "".join(answer.split()) in words_in(pdf)
    assert embedded_files(pdf) == []
    assert SECRET not in words_in(pdf)
    assert listener.visits == before


@pytest.mark.parametrize("trick", FETCHES)
def test_a_trick_that_came_through_as_markup_stops_the_document(
    trick: str, listener: Listener, secret_file: str
) -> None:
    before = listener.visits
    with pytest.raises(DocumentRefused) as caught:
        render_pdf(
            BEFORE.get(trick, "<title>t</title>") + filled(FETCHES[trick], listener, secret_file)
        )
    assert "127.0.0.1" not in str(caught.value)
    assert listener.visits == before


@pytest.mark.parametrize("trick", IGNORED)
def test_what_the_typesetter_does_not_know_fetches_nothing_either(
    trick: str, listener: Listener, secret_file: str
) -> None:
    before = listener.visits
    pdf = render_pdf(f"<title>t</title>{filled(IGNORED[trick], listener, secret_file)}")
    assert SECRET not in words_in(pdf)
    assert listener.visits == before


def test_a_document_made_to_hang_is_killed() -> None:
    printer = Printer(workers=1, time_limit=1)
    try:
        with pytest.raises(RenderTookTooLong):
            printer.print(NESTED_FLEX)
        assert printer.print(plan_with(NESTED_FLEX)).startswith(b"%PDF")
    finally:
        printer.close()
