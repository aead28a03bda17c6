"""Reading people and their flags; whoever calls holds a case of theirs."""

from collections.abc import Sequence
from uuid import UUID

from flask import current_app
from sqlalchemy import bindparam, select

from caseapp.database import db
from caseapp.people.actions import identity_tokens
from caseapp.people.models import NeedsFlag, PersonBody, PersonHead, PersonToken

FLAGS = select(NeedsFlag).where(NeedsFlag.person_id == bindparam("person_id"))


def flags_of(person_id: UUID) -> Sequence[NeedsFlag]:
    """The person's flags, the living ones first, then by the day they were raised."""
    return in_order(db.session.scalars(FLAGS, {"person_id": person_id}).all())


def in_order(flags: Sequence[NeedsFlag]) -> Sequence[NeedsFlag]:
    return sorted(flags, key=lambda flag: (flag.head.ended_on is not None, flag.head.raised_on))


def likely_duplicates(head: PersonHead, body: PersonBody) -> set[UUID]:
    """Ids of people who share a near-unique fact; the caller shows only whom the actor may see."""
    tokens = [token for _, token in identity_tokens(current_app.extensions["vault"], head, body)]
    if not tokens:
        return set()
    query = select(PersonToken.person_id).where(PersonToken.token.in_(tokens))
    return set(db.session.scalars(query))
