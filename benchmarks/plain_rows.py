"""Plain tables beside the sealed ones: the same columns, and the documents as readable JSON."""

import sqlite3
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Uuid, select

from caseapp.attachments.models import Attachment
from caseapp.cases.emergency import EmergencyAccess
from caseapp.cases.models import Case
from caseapp.closure.models import ClosureRequest, OutcomeMeasure
from caseapp.contacts.models import Note, Task
from caseapp.database import db
from caseapp.incidents.models import Incident
from caseapp.marac.models import MaracReferral
from caseapp.offers.models import SurveyOffer
from caseapp.people.models import NeedsFlag, Person
from caseapp.perpetrators.models import ConflictCheck
from caseapp.plans.models import Plan, PlanVersion, ReviewCall
from caseapp.referrals.incoming_models import ReceivedReferral
from caseapp.referrals.models import Referral
from caseapp.risk.models import DashResult, RiskJudgement, YouthJudgement
from caseapp.sharing.models import SharingEntry, SharingStep
from caseapp.transfers.models import Transfer

# What the page of a case shows, by whose it is.
OF_CASE: tuple[Any, ...] = (
    Note, Task, Incident, ConflictCheck, Plan, PlanVersion, ReceivedReferral, Referral, ReviewCall,
    MaracReferral, SharingEntry, SharingStep, Attachment, OutcomeMeasure, ClosureRequest,
    EmergencyAccess, RiskJudgement, DashResult, YouthJudgement, Transfer,
    SurveyOffer,
)  # fmt: skip
DOCUMENTS = ("head", "body")


def make_tables(copy: sqlite3.Connection) -> None:
    for model in (Case, Person, NeedsFlag, *OF_CASE):
        table = model.__tablename__
        columns = ", ".join([*_columns(model), *DOCUMENTS])
        copy.execute(f"CREATE TABLE full_{table} ({columns})")
        copy.execute(f"CREATE INDEX ix_full_{table} ON full_{table} ({_owner(model)})")


def copy_case(copy: sqlite3.Connection, case: Case, person: Person) -> None:
    """The case, its person, and every row that hangs on either."""
    store_row(copy, Case, case)
    store_row(copy, Person, person)
    for model in (NeedsFlag, *OF_CASE):
        owner = person.id if model is NeedsFlag else case.id
        for row in db.session.scalars(select(model).where(getattr(model, _owner(model)) == owner)):
            store_row(copy, model, row)


def store_row(copy: sqlite3.Connection, model: Any, row: Any) -> None:
    values = [_stored(getattr(row, name)) for name in _columns(model)]
    values += [_json(getattr(row, name, None)) for name in DOCUMENTS]
    marks = ", ".join("?" * len(values))
    copy.execute(f"INSERT INTO full_{model.__tablename__} VALUES ({marks})", values)  # noqa: S608


def read_rows(copy: sqlite3.Connection, model: Any, owner_id: UUID) -> list[Any]:
    """In one statement; each with the columns, documents and properties of the model."""
    table, owner = f"full_{model.__tablename__}", _owner(model)
    found = copy.execute(f"SELECT * FROM {table} WHERE {owner} = ?", (str(owner_id),))  # noqa: S608
    shape, shapes, ids = SHAPES[model], DOCUMENT_SHAPES[model], UUID_COLUMNS[model]
    rows = []
    for row in found:
        values: dict[str, Any] = dict(row)
        for name in ids:
            values[name] = UUID(values[name]) if values[name] else None
        for name, document in shapes.items():
            values[name] = msgspec.json.decode(values[name], type=document)
        rows.append(shape(**values))
    return rows


def _columns(model: Any) -> list[str]:
    names = [column.name for column in model.__table__.columns]
    return [name for name in names if not name.startswith("sealed_") and name != "row_seal"]


def _owner(model: Any) -> str:
    if model in (Case, Person):
        return "id"
    return "person_id" if model is NeedsFlag else "case_id"


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _json(document: Any) -> bytes | None:
    return None if document is None else msgspec.json.encode(document)


def _shape(model: Any) -> type[SimpleNamespace]:
    """A plain row knows what the model works out of its columns, such as whether it is open."""
    worked_out = {name: each for name, each in vars(model).items() if isinstance(each, property)}
    return type(f"Plain{model.__name__}", (SimpleNamespace,), worked_out)


ALL = (Case, Person, NeedsFlag, *OF_CASE)
SHAPES = {model: _shape(model) for model in ALL}
DOCUMENT_SHAPES = {
    model: {name: vars(model)[name].shape for name in DOCUMENTS if name in vars(model)}
    for model in ALL
}
UUID_COLUMNS = {
    model: [c.name for c in model.__table__.columns if isinstance(c.type, Uuid)] for model in ALL
}
