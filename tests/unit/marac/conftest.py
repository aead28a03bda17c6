"""A case of domestic abuse in which everything is known that a referral asks for."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.households.models import Child, ChildBody, ChildHead
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.people.models import Person
from caseapp.perpetrators.models import AllegedPerpetrator, PerpetratorBody, PerpetratorHead
from caseapp.risk.models import DashBody, DashHead, DashResult
from caseapp.sharing.actions import record_sharing
from caseapp.sharing.models import SharingBody, SharingHead
from tests.cast import Cast

CHILD, PERPETRATOR = "Oriel Quillfeather", "Bertram Vossberg"


@pytest.fixture
def known(app: Flask, cast: Cast) -> UUID:
    """Fills the case of the cast; returns the id of its alleged perpetrator."""
    by = cast.assigned_advocate
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        case.head = replace(case.head, themes=("domestic_abuse",))
        case.body = replace(case.body, consent_basis="public_task")
        person = db.session.get_one(Person, case.person_id)
        person.body = replace(person.body, interpreter_needed=False)
        child = ChildHead(name=CHILD, date_of_birth=date(2024, 2, 1), effects=("saw",))
        db.session.add(Child(person_id=case.person_id, head=child, body=ChildBody()))
        perpetrator = AllegedPerpetrator(
            case_id=case.id,
            author_id=by.user_id,
            head=PerpetratorHead(
                is_known=True,
                recorded_on=today(),
                given_name="Bertram",
                family_name="Vossberg",
                relationship="intimate",
                standing="former",
                violence_types=("physical", "controlling"),
            ),
            body=PerpetratorBody(),
        )
        db.session.add(perpetrator)
        items = tuple(range(1, 16))
        dash = DashHead(on=today(), items=items, score=15, level="high", level_by_score="high")
        body = DashBody(reasons="He has a key.")
        db.session.add(DashResult(case_id=case.id, author_id=by.user_id, head=dash, body=body))
        note_act(Kind.CASE_CHANGED, case, by, Permission.EDIT_CASE)
        for days in (10, 40, 90):
            happened = IncidentHead(
                happened_on=today() - timedelta(days=days),
                offence="actual_bodily_harm",
                is_domestic=True,
            )
            add_incident(uuid4(), case, happened, IncidentBody(description="At the door."), by)
        shared = SharingHead(
            shared_on=today(), with_whom="Housing office", consent="given", basis="agreed"
        )
        record_sharing(uuid4(), case, shared, SharingBody(what="That she has to move."), by)
        return perpetrator.id


@pytest.fixture
def advocate(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/marac"
