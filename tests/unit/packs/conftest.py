"""The manager who makes packs."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def manager(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_of("manager")
