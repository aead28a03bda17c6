"""Pages of casework: sealed, authorised and audited, against the same page on a plain copy."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks.borough import Borough
from benchmarks.measuring import Result, compare
from caseapp.clock import today

NAMES = ("quen", "rusta", "fio", "wexyar", "ishnim", "hol")


def case_list(borough: Borough) -> Iterator[Result]:
    yield compare(
        "list of 50 cases",
        reader(borough, "/cases"),
        reader(borough, "/plain/cases"),
        target=1.6,
    )


def case_page(borough: Borough) -> Iterator[Result]:
    path = f"/cases/{borough.case_id}"
    yield compare(
        "case page, ten notes and more",
        reader(borough, path),
        reader(borough, f"/plain{path}"),
        target=1.6,
    )


def new_note(borough: Borough) -> Iterator[Result]:
    path = f"/cases/{borough.case_id}/notes/new"
    yield compare("new note", note_writer(borough, path), note_writer(borough, f"/plain{path}"))


def name_search(borough: Borough) -> Iterator[Result]:
    yield compare(
        "search page by name",
        searcher(borough, "/cases/search"),
        searcher(borough, "/plain/cases/search"),
        target=1.6,
    )


def reader(borough: Borough, path: str) -> Callable[[], object]:
    def read() -> None:
        _ask(borough.app, borough.cookie, path, None, 200)

    return read


def note_writer(borough: Borough, path: str) -> Callable[[], object]:
    token, yesterday = csrf_token(borough), today() - timedelta(days=1)

    def write() -> None:
        form = {
            "csrf_token": token,
            "record_id": str(uuid4()),
            "contact": "phone_no_answer",
            "fact": "She said that she feels safer. " * 6,
            "why_not_safe": "She rang us.",
            "on-day": str(yesterday.day),
            "on-month": str(yesterday.month),
            "on-year": str(yesterday.year),
            "at": "10:30",
        }
        _ask(borough.app, borough.cookie, path, form, 302)

    return write


def searcher(borough: Borough, path: str) -> Callable[[], object]:
    token, turn = csrf_token(borough), count()

    def search() -> None:
        text = NAMES[next(turn) % len(NAMES)]
        _ask(borough.app, borough.cookie, path, {"csrf_token": token, "text": text}, 200)

    return search


def csrf_token(borough: Borough) -> str:
    page = _ask(borough.app, borough.cookie, "/cases/search", None, 200).decode()
    start = page.index('name="csrf_token"')
    return page[page.index('value="', start) + 7 :].split('"', 1)[0]


def _ask(app: Flask, cookie: str, path: str, form: dict[str, str] | None, expected: int) -> bytes:
    builder = EnvironBuilder(
        path=path,
        method="POST" if form else "GET",
        data=urlencode(form) if form else None,
        content_type="application/x-www-form-urlencoded" if form else None,
        headers=[("Cookie", cookie)],
    )
    body, status, _ = run_wsgi_app(app, builder.get_environ(), buffered=True)
    page = b"".join(body)
    if not status.startswith(str(expected)):
        raise RuntimeError(f"{path} answered {status}")
    return page
