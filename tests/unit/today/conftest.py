"""A morning: what is due is frozen to a day on which some of it is late."""

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture
def morning() -> Iterator[None]:
    """Monday 8 June 2026; the review of the one case was due on 1 June."""
    with time_machine.travel("2026-06-08T08:30+00:00", tick=False):
        yield
