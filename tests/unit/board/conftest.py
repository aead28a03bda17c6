"""A home with three months that the partnership has, and one that nobody has signed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.unit.board.months import keep_months


@pytest.fixture(scope="session")
def board_home(peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> Path:
    home, cast = peopled_home
    folder = tmp_path_factory.mktemp("board")
    with running_app(open_app(copy_home(home, folder / "copy"))) as app, app.app_context():
        keep_months(cast.analyst)
    return folder


@pytest.fixture
def board_app(board_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app on a copy of that home."""
    with running_app(open_app(copy_home(board_home / "copy", tmp_path / "board"))) as app:
        yield app
