"""A house to walk through: one app for many visits, each door with a real address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.architecture.permission_matrix import Door, doors, fill_in
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, Cast, list[Door]]]:
    """The app, its cast and its doors; a visit must not change what the next one meets."""
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("house") / "home")
    with running_app(open_app(settings)) as app:
        yield app, peopled_home[1], doors(app, fill_in(app, peopled_home[1]))
