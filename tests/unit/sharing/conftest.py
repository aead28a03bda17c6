"""The clock and the people of the tests of the sharing log."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.cast import Cast

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 20, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def manager(client_of: ClientOf) -> FlaskClient:
    return client_of("manager")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/sharing"
