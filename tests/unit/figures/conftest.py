"""The clock and the analyst of the tests of figures."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def analyst(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_of("analyst")
