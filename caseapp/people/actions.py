"""Making and changing a person and their flags; the caller's audit entry names the case."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import delete, insert

from caseapp.database import db
from caseapp.people.models import (
    EarlierIdentity,
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
    note_identity(person)
    return person


def change_person(person: Person, head: PersonHead, body: PersonBody) -> Person:
    """What the person was entered as before stays, since no form asks for it.

    Raises StaleDataError at flush if somebody saved the person in between.
    """
    return replace_person(person, replace(head, earlier=person.head.earlier), body)


def replace_person(person: Person, head: PersonHead, body: PersonBody) -> Person:
    """Put this in the place of all that is stored of the person. Raises StaleDataError."""
    person.head, person.body = head, body
    db.session.flush()
    note_identity(person)
    return person


def raise_flag(flag_id: UUID, person: Person, head: FlagHead, body: FlagBody) -> NeedsFlag:
    flag = NeedsFlag(id=flag_id, person_id=person.id, head=head, body=body)
    db.session.add(flag)
    return flag


def review_flag(flag: NeedsFlag, step: FlagStep, what_helps: str | None = None) -> None:
    """Add a dated step; where other words of what helps are given, it keeps those until then.

    Raises FlagHasEnded or StepOutOfOrder.
    """
    if flag.head.ended_on:
        raise FlagHasEnded
    if step.on < flag.body.steps[-1].on:
        raise StepOutOfOrder
    until_then = flag.body.what_helps
    if what_helps is None:
        what_helps = until_then
    if what_helps != until_then:
        step = replace(step, helped_until_then=until_then)
    flag.body = replace(flag.body, steps=(*flag.body.steps, step), what_helps=what_helps)
    flag.head = replace(flag.head, status=step.status)


def end_flag(flag: NeedsFlag, on: date, by: UUID | None, what_helps: str | None = None) -> None:
    """Raises FlagHasEnded or StepOutOfOrder."""
    review_flag(flag, FlagStep(on=on, what="ended", status=flag.head.status, by=by), what_helps)
    flag.head = replace(flag.head, ended_on=on)


def identity_tokens(
    vault: Vault, head: PersonHead, body: PersonBody
) -> Iterable[tuple[str, bytes]]:
    """(field, token) of the near-unique facts that find a duplicate, each once."""
    known = [identity_of(head, body), *head.earlier]
    return dict.fromkeys(token for identity in known for token in _tokens(vault, identity))


def identity_of(head: PersonHead, body: PersonBody) -> EarlierIdentity:
    """What somebody may be recognised by."""
    contact = body.safe_contact
    return EarlierIdentity(
        given_name=head.given_name,
        family_name=head.family_name,
        date_of_birth=head.date_of_birth,
        phone=contact.phone,
        email=contact.email,
    )


def note_identity(person: Person) -> None:
    """Renew the person's tokens, and let every process renew its index of names; also where a
    team has come to know the person, or knows them no longer."""
    vault: Vault = current_app.extensions["vault"]
    db.session.execute(delete(PersonToken).where(PersonToken.person_id == person.id))
    for field, token in identity_tokens(vault, person.head, person.body):
        db.session.add(PersonToken(person_id=person.id, field=field, token=token))
    note_new_team(person.id)


def note_new_team(person_id: UUID) -> None:
    """Let every process renew its index of names: another team knows the person now."""
    db.session.execute(insert(NameChange).values(person_id=person_id))


def _tokens(vault: Vault, identity: EarlierIdentity) -> Iterable[tuple[str, bytes]]:
    if identity.family_name and identity.date_of_birth:
        born = identity.date_of_birth.isoformat()
        yield "name_and_birth", vault.blind_token("name_and_birth", identity.family_name, born)
    if identity.phone:
        yield "phone", vault.blind_token("phone", identity.phone)
    if identity.email:
        yield "email", vault.blind_token("email", identity.email)
