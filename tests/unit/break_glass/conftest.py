"""A day that stands still, and somebody of another team."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.unit.break_glass.emergencies import ClientOf
from tests.visits import give_second_factor


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-05-20 09:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def outsider(app: Flask, client_of: ClientOf, cast: Cast) -> FlaskClient:
    give_second_factor(app, cast.other_team)
    return client_of("other_team")
