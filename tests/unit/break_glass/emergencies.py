"""Breaking the glass in one line."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.emergency import EmergencyAccess
from caseapp.cases.models import Case
from caseapp.database import db
from tests.cast import PASSWORD, Cast
from tests.visits import code_now, send

ClientOf = Callable[[str], FlaskClient]
WORDS = "Her mother rang: he is at the door, and nobody of her team answers."
MINUTE = 60


def reference_of(app: Flask, cast: Cast) -> str:
    with app.app_context():
        return db.session.get_one(Case, cast.case_id).head.reference


def answers(**changes: str) -> dict[str, str]:
    given = {
        "reason": "danger_now",
        "words": WORDS,
        "password": PASSWORD,
        "secret_code": code_now(),
    }
    return given | changes


def break_glass(client: FlaskClient, **changes: str) -> TestResponse:
    return send(client, "/emergency", **answers(**changes))


def break_it(app: Flask, client: FlaskClient, cast: Cast) -> None:
    assert break_glass(client, reference=reference_of(app, cast)).status_code == 302


def entries(app: Flask, kind: Kind) -> list[AuditEntry]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind)))


def access(app: Flask) -> EmergencyAccess:
    with app.app_context():
        found = db.session.query(EmergencyAccess).one()
        _ = found.head, found.body  # opened here, where there is a vault
        return found
