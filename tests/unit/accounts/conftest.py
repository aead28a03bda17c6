"""What the tests of accounts share."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.accounts.models import Team
from caseapp.database import db


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has never been here."""
    return app.test_client()


@pytest.fixture
def team_id(app: Flask) -> str:
    """Of a team of the cast."""
    with app.app_context():
        return str(db.session.scalars(select(Team.id).where(Team.service == "idva")).one())
