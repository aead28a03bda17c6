"""What the forms of incidents are sent, and what is kept of it."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.incidents.models import Incident
from tests.cast import Cast

INCIDENT = {
    "happened_on-day": "18",
    "happened_on-month": "5",
    "happened_on-year": "2026",
    "offence": "personal_robbery",
    "is_domestic": "no",
    "ward": "E05009394",
    "description": "Outside the college gate.",
}
CHARGED = {
    "outcome": "1",
    "outcome_on-day": "19",
    "outcome_on-month": "5",
    "outcome_on-year": "2026",
}
MET = {"rights": "support", "standing": "met", "on-day": "20", "on-month": "5", "on-year": "2026"}


def on(name: str, day: int, month: int = 5, year: int = 2026) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def the_incident(app: Flask) -> Any:
    """(head, body) of the one incident."""
    with app.app_context():
        found = db.session.scalars(select(Incident)).one()
        return found.head, found.body


def how_many(app: Flask, model: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(model.id))) or 0


def close(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        case.status = "closed"
        note_act(Kind.CASE_CLOSED, case, cast.manager, Permission.CLOSE_CASE)
