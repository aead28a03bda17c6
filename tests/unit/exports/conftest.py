"""Homes whose ledger has editions: one that was made from real cases, one with invented figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from caseapp.disclosure.ledger import START
from caseapp.exports.entries import enter
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.making import make_release
from caseapp.release_files.files import release_files
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.small_year import choose_a_small_year
from tests.unit.release_files.editions import invented_edition


@pytest.fixture(scope="session")
def released_home(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A copy of the peopled home with one release in its ledger, made by the command line. Its year
    has few tables, so that the months that follow are made soon."""
    folder = tmp_path_factory.mktemp("released")
    home, cast = peopled_home
    settings = copy_home(home, folder / "copy")
    with running_app(open_app(settings)) as app, app.app_context():
        choose_a_small_year(cast.analyst)
        make_release("2026-05", folder / "out", actor=None, progress=ignore)
    return folder


@pytest.fixture
def released_app(released_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app on a copy of that home."""
    with running_app(open_app(copy_home(released_home / "copy", tmp_path / "released"))) as app:
        yield app


@pytest.fixture(scope="session")
def entered_home(peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """May and June of invented figures, entered by the analyst as a solved month is."""
    home, cast = peopled_home
    folder, head = tmp_path_factory.mktemp("entered"), START
    with running_app(open_app(copy_home(home, folder / "copy"))) as app, app.app_context():
        for cases, month in ((300, "2026-05"), (400, "2026-06")):
            edition = invented_edition(cases, month)
            release = enter(edition, release_files(edition), head, cast.analyst)
            head = entry_of(release).head
    return folder


@pytest.fixture
def entered_app(entered_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app on a copy of that home."""
    with running_app(open_app(copy_home(entered_home / "copy", tmp_path / "entered"))) as app:
        yield app


def ignore(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""
