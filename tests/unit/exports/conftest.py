"""A home whose month of May 2026 has been released, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from caseapp.exports.making import make_release
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app


@pytest.fixture(scope="session")
def released_home(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A copy of the peopled home with one release in its ledger."""
    folder = tmp_path_factory.mktemp("released")
    settings = copy_home(peopled_home[0], folder / "copy")
    with running_app(open_app(settings)) as app, app.app_context():
        make_release("2026-05", folder / "out", actor=None, progress=ignore)
    return folder


@pytest.fixture
def released_app(released_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app on a copy of that home."""
    with running_app(open_app(copy_home(released_home / "copy", tmp_path / "released"))) as app:
        yield app


def ignore(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""
