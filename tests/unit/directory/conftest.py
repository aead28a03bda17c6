"""The clock and the manager of the tests of the directory."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def manager(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_of("manager")
