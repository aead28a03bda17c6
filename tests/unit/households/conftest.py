"""Families: cases of people who belong together, in the own team and in another."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask
from msgspec.structs import replace

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.people.models import Person
from tests.cast import Cast, open_a_case

OpenCase = Callable[..., tuple[UUID, str]]


@pytest.fixture
def other_case(app: Flask, cast: Cast) -> OpenCase:
    """`other_case("other_team", given_name=…, born=…)` opens one more case of that actor; gives its
    id and reference."""

    def open_one(
        who: str = "assigned_advocate", born: date | None = None, **person: str
    ) -> tuple[UUID, str]:
        with app.app_context(), transaction():
            return open_case_of(cast, who, born, **person)

    return open_one


def open_case_of(cast: Cast, who: str, born: date | None = None, **person: str) -> tuple[UUID, str]:
    """In an app context; the caller commits."""
    case = open_a_case(cast.actors[who], **person)
    if born:
        kept = db.session.get_one(Person, case.person_id)
        kept.head = replace(kept.head, date_of_birth=born)
        record(Kind.PERSON_CHANGED, actor=None, team_id=case.team_id, case_id=case.id)
    return case.id, case.head.reference


def new_id() -> str:
    return str(uuid4())


def reference_of(app: Flask, case_id: UUID) -> str:
    with app.app_context():
        return db.session.get_one(Case, case_id).head.reference
