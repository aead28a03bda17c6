"""Services for the tests, and the same as Open Referral UK writes them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from caseapp.database import db, transaction
from caseapp.directory import actions
from caseapp.directory.entries import Entry, entry_of
from caseapp.directory.models import Service
from tests.cast import Cast


def make_entry(**facts: Any) -> Entry:
    known: dict[str, Any] = {
        "id": uuid4(),
        "name": "Westway clinic",
        "organisation": "Westway Trust",
        "description": "Speech therapy for young people",
        "needs": ("referral_kind/speech_and_language",),
        "areas": ("Dalgarno", "Golborne"),
        "languages": ("Arabic", "Somali"),
        "access": ("wheelchair",),
        "minimum_age": 11,
        "maximum_age": 25,
        "phone": "020 7946 0123",
        "waiting_time": "6 weeks",
        "takes_from_outside": True,
        "last_checked_on": date(2026, 5, 4),
    }
    return Entry(**{**known, **facts})


SEVEN = UUID(int=7)


def fed(service_id: UUID = SEVEN, **facts: Any) -> dict[str, Any]:
    """One service of a feed with the fields that the standard requires, and some more."""
    return {
        "id": str(service_id),
        "name": "Community counselling",
        "status": "active",
        "organization": {"id": str(UUID(int=8)), "name": "Example Trust"},
        **facts,
    }


def keep(app: Flask, cast: Cast, *entries: Entry) -> None:
    with app.app_context(), transaction():
        for entry in entries:
            actions.add_service(entry, cast.manager)


def stored(app: Flask) -> list[Entry]:
    with app.app_context():
        return [entry_of(each) for each in db.session.scalars(select(Service))]
