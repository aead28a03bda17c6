"""A clock that stands still, and an incident that was reported to the police."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import IncidentBody, IncidentHead
from tests.cast import Cast

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z", tick=False):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


@pytest.fixture
def incident_id(app: Flask, cast: Cast) -> UUID:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = IncidentHead(
            happened_on=date(2026, 5, 8), offence="personal_robbery", reported_to_police=True
        )
        body = IncidentBody(description="Outside the college gate.", crime_number="CR/9")
        return add_incident(uuid4(), case, head, body, cast.assigned_advocate).id
