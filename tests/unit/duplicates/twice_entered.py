"""One person under two records, merged and parted again as a manager would."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.actions import change_person, raise_flag
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.database import db, read_snapshot, transaction
from caseapp.duplicates import actions as merging
from caseapp.duplicates.comparing import choose, compare
from caseapp.duplicates.door import open_people
from caseapp.duplicates.models import PersonMerge
from caseapp.duplicates.undoing import identity_in
from caseapp.households import actions
from caseapp.households.models import ChildBody, ChildHead
from caseapp.households.queries import children_of, relationships_of
from caseapp.oversight.record_check import check_records
from caseapp.people.models import (
    FlagBody,
    FlagHead,
    FlagStep,
    Person,
    PersonToken,
    SafeContact,
)
from caseapp.people.queries import flags_of
from tests.cast import Cast, open_a_case

DAY = date(2026, 5, 4)


@dataclass
class Twice:
    """One person with two cases under two records, and somebody else."""

    app: Flask
    cast: Cast
    kept: UUID
    gone: UUID
    kin: UUID
    kept_case: UUID
    gone_case: UUID
    kin_case: UUID


def enter_twice(app: Flask, cast: Cast) -> Twice:
    """In an app context; commits."""
    with transaction():
        by = cast.assigned_advocate
        kept = open_a_case(by, given_name="Marguerite", family_name="Underhill")
        gone = open_a_case(by, given_name="Margie", family_name="Overdale")
        kin = open_a_case(by, given_name="Kin", family_name="Overdale")
        person = db.session.get_one(Person, gone.person_id)
        contact = SafeContact(phone="07700 900999", wording="Say it is the library")
        change_person(gone, person, person.head, replace(person.body, safe_contact=contact), by)
        raise_flag(uuid4(), gone, *a_flag(), by)
        actions.add_child(uuid4(), gone, ChildHead(name="Tamsin"), ChildBody(note="n"), by)
        actions.relate_people(uuid4(), gone, kin, "sibling", by)
        actions.relate_people(uuid4(), kin, kept, "former_partner", by)
        actions.relate_people(uuid4(), kept, gone, "same_household", by)
        gone.status = "closed"
        people = kept.person_id, gone.person_id, kin.person_id
        twice = Twice(app, cast, *people, kept.id, gone.id, kin.id)
        note_act(Kind.CASE_CLOSED, gone, by, Permission.CLOSE_CASE)
    return twice


def a_flag() -> tuple[FlagHead, FlagBody]:
    step = FlagStep(on=DAY, what="raised", status="diagnosed")
    head = FlagHead(list_name="slcn", code="stammer", status="diagnosed", raised_on=DAY)
    return head, FlagBody(steps=(step,), what_helps="Wait for her.")


def merge(twice: Twice, **chosen: str) -> PersonMerge:
    """As the manager would: the first record where nothing is said."""
    with transaction():
        kept, gone = open_people(twice.cast.manager, twice.kept, twice.gone, changing=True)
        first, second = identity_in(kept.person), identity_in(gone.person)
        sides = {part.name: chosen.get(part.name, "first") for part in compare(first, second)}
        record = choose(first, second, sides)
        return merging.merge_people(uuid4(), kept, gone, record, twice.cast.manager)


def undo(twice: Twice, done: PersonMerge) -> None:
    with transaction():
        (kept,) = open_people(twice.cast.manager, twice.kept, changing=True)
        merging.undo_merge(done, kept, twice.cast.manager)


def person(person_id: UUID) -> Person:
    return db.session.get_one(Person, person_id)


def contents(person_id: UUID) -> dict[str, Any]:
    """Everything that is recorded of somebody, without the ids and revisions of the rows."""
    record = person(person_id)
    tokens = select(PersonToken.field, PersonToken.token).where(PersonToken.person_id == person_id)
    ties = relationships_of(person_id)
    return {
        "identity": identity_in(record),
        "cases": set(db.session.scalars(select(Case.id).where(Case.person_id == person_id))),
        "flags": [(flag.head, flag.body) for flag in flags_of(person_id)],
        "children": [(child.head, child.body) for child in children_of(person_id)],
        "ties": sorted((str(t.person_id), str(t.other_id), t.head.code) for t in ties),
        "tokens": {(field, token) for field, token in db.session.execute(tokens)},
    }


def faults(app: Flask) -> list[str]:
    """What `caseapp check`, which verifies the audit too, would say."""
    with read_snapshot() as session:
        report = check_records(session, app.extensions["vault"], app.extensions["audit_heads"])
    assert report.records > 0
    return [fault.in_words for fault in report.faults]


def audited(kind: Kind) -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind.value)))
