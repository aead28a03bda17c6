"""Fixtures that every folder of tests may ask for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.homes import (
    copy_home,
    make_peopled_home,
    new_settings,
    open_app,
    running_app,
    signed_in_client,
)

pytest_plugins = [
    "tests.postgres",
    "tests.browser.demo_home",
    "tests.browser.killable_house",
    "tests.browser.house_of_files",
    "tests.browser.house_of_nobody",
]


@pytest.fixture(scope="session")
def peopled_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """A home with the cast, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("peopled")
    return folder, make_peopled_home(new_settings(folder))


@pytest.fixture
def cast(peopled_home: tuple[Path, Cast]) -> Cast:
    """Who is who, and the ids of the one case."""
    return peopled_home[1]


@pytest.fixture
def app(peopled_home: tuple[Path, Cast], tmp_path: Path) -> Iterator[Flask]:
    """The whole app on a home of its own, on the embedded engine."""
    with running_app(open_app(copy_home(peopled_home[0], tmp_path / "home"))) as app:
        yield app


@pytest.fixture
def postgres_app(tmp_path: Path, postgres_url: str) -> Iterator[tuple[Flask, Cast]]:
    """The whole app, with a cast of its own, on a real PostgreSQL."""
    settings = new_settings(tmp_path / "home", postgres_url)
    cast = make_peopled_home(settings)
    with running_app(open_app(settings)) as app:
        yield app, cast


@pytest.fixture(params=["embedded", "postgresql"])
def each_engine(request: pytest.FixtureRequest) -> tuple[Flask, Cast]:
    """The app and its cast, on each of the two kinds of database."""
    if request.param == "embedded":
        return request.getfixturevalue("app"), request.getfixturevalue("cast")
    app_and_cast: tuple[Flask, Cast] = request.getfixturevalue("postgres_app")
    return app_and_cast


@pytest.fixture
def client_of(app: Flask, cast: Cast) -> Callable[[str], FlaskClient]:
    """`client_of("manager")`: a client signed in as one of the cast."""
    return lambda name: signed_in_client(app, cast.actors[name])
