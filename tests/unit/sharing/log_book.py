"""What people write into the sharing log in the tests of it, and how it is read back."""

from collections.abc import Callable
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import Team
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.sharing.queries import SharingRecord, due_decisions, sharing_of
from tests import closings
from tests.cast import Cast
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]

AGREED = {
    "shared_on-day": "20",
    "shared_on-month": "5",
    "shared_on-year": "2026",
    "with_whom": "Kensington Academy, head of year",
    "what": "That she is followed on her way home",
    "purpose": "Somebody waits with her at the gate",
    "consent": "given",
    "consent_basis": "agreed",
    "person_told": "yes",
}
AGAINST = {
    **AGREED,
    "with_whom": "MASH",
    "consent": "refused",
    "consent_basis": "public_task",
    "why_without_consent": "He knows where she sleeps",
    "necessity": "The address alone",
}
DECISION = {"agrees": "yes", "words": "Right: ring her advocate on Friday"}
WITHDRAWN = {"on-day": "20", "on-month": "5", "on-year": "2026", "words": "The school was told"}


def write_down(client: FlaskClient, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/new", **{**AGREED, **answers})


def share_against(client: FlaskClient, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/new", **{**AGAINST, **answers})


def log(app: Flask, cast: Cast) -> list[SharingRecord]:
    with app.app_context():
        records = list(sharing_of(db.session.get_one(Case, cast.case_id)))
        for record in records:
            for version in record.versions:
                _ = version.head, version.body  # opened while the session is there
            for step in record.steps:
                _ = step.head, step.body
        return records


def the_record(app: Flask, cast: Cast) -> SharingRecord:
    (record,) = log(app, cast)
    return record


def page_of(app: Flask, cast: Cast, place: str, what: str) -> str:
    return f"{place}/{the_record(app, cast).entry.id}/{what}"


def second_manager(app: Flask, cast: Cast) -> Actor:
    with app.app_context(), transaction():
        team = db.session.get_one(Team, cast.manager.team_id)
        user = create_user("Second", "second@cast.example", Role.MANAGER, team, "no password")
        return user.actor


def due(app: Flask, cast: Cast) -> list[tuple[str, date, bool]]:
    with app.app_context():
        found = due_decisions(db.session(), [cast.case_id])
        return [(d.kind, d.on, d.for_manager) for d in found]


def close(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        closings.close(db.session.get_one(Case, cast.case_id), cast.manager)
