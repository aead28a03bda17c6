"""What the tests of alleged perpetrators share: answers, and the way from one page to the next."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.perpetrators.models import AllegedPerpetrator
from tests.cast import Cast
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]
Add = Callable[..., TestResponse]

ANSWERS = {
    "is_known": "yes",
    "given_name": "Torvald",
    "family_name": "Grimshaw",
    "date_of_birth-day": "3",
    "date_of_birth-month": "2",
    "date_of_birth-year": "1990",
    "relationship": "intimate",
    "standing": "former",
    "violence_types": "physical",
    "source": "person",
    "confidence": "likely",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def manager(client_of: ClientOf) -> FlaskClient:
    return client_of("manager")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/perpetrators"


@pytest.fixture
def add(advocate: FlaskClient, place: str) -> Add:
    """`add(given_name="…")`: the page filled in and sent by the assigned advocate."""
    return lambda **answers: send(advocate, f"{place}/new", **{**ANSWERS, **answers})


@pytest.fixture
def recorded(app: Flask, add: Add) -> str:
    """The address of one who was recorded."""
    return str(add().location)


def the_perpetrator(app: Flask) -> AllegedPerpetrator:
    with app.app_context():
        found = db.session.scalars(select(AllegedPerpetrator)).one()
        _ = found.head, found.body  # opened while the session is there
        return found


def how_many(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AllegedPerpetrator)).all())


def kinds_noted(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.at)))
