"""A case of domestic abuse beside the standing one, and a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.actions import create_case, first_head
from caseapp.cases.models import CaseBody
from caseapp.database import transaction
from caseapp.people.actions import create_person
from caseapp.people.models import PersonBody, PersonHead
from tests.cast import Cast

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-11-23 09:00Z", tick=False):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def idva(client_of: ClientOf) -> FlaskClient:
    return client_of("other_team")


@pytest.fixture
def abuse_id(app: Flask, cast: Cast) -> UUID:
    """A case of domestic abuse of the other team, without a judgement of risk."""
    by = cast.other_team
    with app.app_context(), transaction():
        person = create_person(uuid4(), PersonHead(given_name="Ines"), PersonBody())
        return create_case(
            uuid4(),
            person,
            head=first_head(date(2026, 9, 1), ("domestic_abuse",), "police", date(2026, 11, 30)),
            body=CaseBody(),
            service="idva",
            risk_level="standard",
            team_id=by.team_id,  # type: ignore[arg-type]
            advocate_id=by.user_id,
            by=by,
        ).id
