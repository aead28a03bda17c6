"""The gallery stands in for the application: its pages are ours, its content is made up."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.web import navigation
from tests.browser.gallery.app import create_gallery, register_links

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _own_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each test from empty registers: rooms that other tests loaded fill them too."""
    monkeypatch.setattr(navigation, "_navigation", {})
    monkeypatch.setattr(navigation, "_footer", {})
    register_links()


@pytest.fixture
def gallery() -> Flask:
    return create_gallery({"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": False})


@pytest.fixture
def client(gallery: Flask) -> FlaskClient:
    return gallery.test_client()


@pytest.fixture
def asked(gallery: Flask) -> Iterator[Callable[..., Any]]:
    """Return `asked(FormClass, answers, **kwargs)`: the form as it comes back from a page."""
    contexts = []

    def ask(form_class: Any, answers: dict[str, Any], **given: Any) -> Any:
        context = gallery.test_request_context("/", method="POST", data=answers)
        context.push()
        contexts.append(context)
        form = form_class(**given)
        form.validate()
        return form

    yield ask
    for context in reversed(contexts):
        context.pop()
