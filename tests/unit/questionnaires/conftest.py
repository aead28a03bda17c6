"""The analyst of the tests of questionnaires, and what they write."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.database import db
from caseapp.questionnaires.models import QuestionnaireVersion
from tests.visits import send


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def analyst(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_of("analyst")


@pytest.fixture
def draft(app: Flask, analyst: FlaskClient) -> str:
    """The address of a questionnaire that is being written, with one question."""
    page = send(analyst, "/questionnaires/new", title="Young people", stage="review")
    assert page.location
    send(
        analyst,
        f"{page.location}/questions/new",
        about="feels_safer",
        words="I feel safer at school.",
        easy="School is safer now.",
        picture="school",
    )
    with app.app_context():
        assert db.session.scalars(select(QuestionnaireVersion)).one().is_draft
    return page.location
