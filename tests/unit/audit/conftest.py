"""An app that is at work: its context is open, and every change commits or leaves nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask


@pytest.fixture
def at_work(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
