"""Making and changing a person and their flags; the caller's audit entry names the case."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import delete, insert

from caseapp.database import db
from caseapp.people.models import (
    FlagBody,
    FlagHead,
    FlagStep,
    NameChange,
    NeedsFlag,
    Person,
    PersonBody,
    PersonHead,
    PersonToken,
)
from caseapp.vault.keyring import Vault


class FlagHasEnded(Exception):
    """A flag that has ended is history: raise a new one."""


class StepOutOfOrder(Exception):
    """A step would lie before the last one."""


def create_person(person_id: UUID, head: PersonHead, body: PersonBody) -> Person:
    person = Person(id=person_id, head=head, body=body)
    db.session.add(person)
    db.session.flush()
    _note_identity(person)
    return person


def change_person(person: Person, head: PersonHead, body: PersonBody) -> Person:
    """Raises StaleDataError at flush if somebody saved the person in between."""
    person.head, person.body = head, body
    db.session.flush()
    _note_identity(person)
    return person


def raise_flag(flag_id: UUID, person: Person, head: FlagHead, body: FlagBody) -> NeedsFlag:
    flag = NeedsFlag(id=flag_id, person_id=person.id, head=head, body=body)
    db.session.add(flag)
    return flag


def review_flag(flag: NeedsFlag, step: FlagStep) -> None:
    """Add a dated step; raises FlagHasEnded or StepOutOfOrder."""
    if flag.head.ended_on:
        raise FlagHasEnded
    if step.on < flag.body.steps[-1].on:
        raise StepOutOfOrder
    flag.body = replace(flag.body, steps=(*flag.body.steps, step))
    flag.head = replace(flag.head, status=step.status)


def end_flag(flag: NeedsFlag, on: date, by: UUID | None) -> None:
    """Raises FlagHasEnded or StepOutOfOrder."""
    review_flag(flag, FlagStep(on=on, what="ended", status=flag.head.status, by=by))
    flag.head = replace(flag.head, ended_on=on)


def identity_tokens(
    vault: Vault, head: PersonHead, body: PersonBody
) -> Iterable[tuple[str, bytes]]:
    """(field, token) of the near-unique facts that find a duplicate."""
    if head.family_name and head.date_of_birth:
        born = head.date_of_birth.isoformat()
        yield "name_and_birth", vault.blind_token("name_and_birth", head.family_name, born)
    if body.safe_contact.phone:
        yield "phone", vault.blind_token("phone", body.safe_contact.phone)
    if body.safe_contact.email:
        yield "email", vault.blind_token("email", body.safe_contact.email)


def _note_identity(person: Person) -> None:
    vault: Vault = current_app.extensions["vault"]
    db.session.execute(delete(PersonToken).where(PersonToken.person_id == person.id))
    for field, token in identity_tokens(vault, person.head, person.body):
        db.session.add(PersonToken(person_id=person.id, field=field, token=token))
    db.session.execute(insert(NameChange).values(person_id=person.id))
