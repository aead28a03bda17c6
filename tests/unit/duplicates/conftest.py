"""Two records that look like one person."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.cast import Cast
from tests.unit.duplicates.twice_entered import Twice, enter_twice


@pytest.fixture
def twice(each_engine: tuple[Flask, Cast]) -> Iterator[Twice]:
    app, cast = each_engine
    with app.app_context():
        yield enter_twice(app, cast)
