"""The scene of the tests of transfers, on each engine and on one."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.unit.transfers.transfer_scene import Scene


@pytest.fixture
def scene(each_engine: tuple[Flask, Cast]) -> Scene:
    return Scene(*each_engine)


@pytest.fixture
def small(app: Flask, cast: Cast) -> Scene:
    """On the embedded engine alone."""
    return Scene(app, cast)
