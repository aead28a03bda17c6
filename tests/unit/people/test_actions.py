"""Flags live by dated steps; identities leave tokens that find duplicates and tell nothing."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask, current_app
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db
from caseapp.people.actions import (
    FlagHasEnded,
    StepOutOfOrder,
    change_person,
    end_flag,
    raise_flag,
    review_flag,
)
from caseapp.people.models import FlagBody, FlagHead, FlagStep, NeedsFlag, Person, PersonToken
from caseapp.people.queries import flags_of, likely_duplicates
from tests.cast import Cast

RAISED, REVIEWED, ENDED = date(2026, 5, 4), date(2026, 7, 1), date(2026, 9, 1)


@pytest.fixture
def person(each_engine: tuple[Flask, Cast]) -> Iterator[Person]:
    app, cast = each_engine
    with app.app_context():
        yield db.session.get_one(Person, cast.person_id)


def flag_of(person: Person) -> NeedsFlag:
    step = FlagStep(on=RAISED, what="raised", status="suspected", source="worker")
    head = FlagHead(list_name="slcn", code="stammer", status="suspected", raised_on=RAISED)
    flag = raise_flag(uuid4(), person, head, FlagBody(steps=(step,)))
    record(Kind.FLAG_RAISED, actor=None)
    db.session.commit()
    return flag


def step(on: date, status: str) -> FlagStep:
    return FlagStep(on=on, what="reviewed", status=status)


def test_a_flag_keeps_every_step_and_shows_the_newest(person: Person) -> None:
    flag = flag_of(person)
    review_flag(flag, step(REVIEWED, "diagnosed"))
    end_flag(flag, ENDED, by=None)
    record(Kind.FLAG_ENDED, actor=None)
    db.session.commit()
    db.session.expire_all()
    (stored,) = flags_of(person.id)
    steps = [(each.on, each.what, each.status) for each in stored.body.steps]
    assert steps == [
        (RAISED, "raised", "suspected"),
        (REVIEWED, "reviewed", "diagnosed"),
        (ENDED, "ended", "diagnosed"),
    ]
    assert (stored.head.status, stored.head.ended_on) == ("diagnosed", ENDED)


def test_a_step_never_lies_before_the_last_one_nor_after_the_end(person: Person) -> None:
    flag = flag_of(person)
    review_flag(flag, step(REVIEWED, "screened"))
    with pytest.raises(StepOutOfOrder):
        review_flag(flag, step(RAISED, "diagnosed"))
    end_flag(flag, ENDED, by=None)
    with pytest.raises(FlagHasEnded):
        review_flag(flag, step(ENDED, "suspected"))
    with pytest.raises(FlagHasEnded):
        end_flag(flag, ENDED, by=None)


def test_a_duplicate_is_found_by_name_and_birth_or_by_phone_however_it_is_typed(
    person: Person,
) -> None:
    nobody = replace(person.head, family_name="Otherwise", date_of_birth=date(1999, 1, 1))
    same_name = replace(person.head, given_name="Z.", family_name=" QUILLFEATHER")
    no_phone = replace(person.body, safe_contact=replace(person.body.safe_contact, phone=""))
    assert likely_duplicates(same_name, no_phone) == {person.id}
    assert likely_duplicates(nobody, person.body) == {person.id}
    assert likely_duplicates(nobody, no_phone) == set()


def test_the_tokens_of_what_was_corrected_are_gone(person: Person) -> None:
    before = {token.token for token in db.session.scalars(select(PersonToken))}
    change_person(person, replace(person.head, date_of_birth=date(2009, 3, 28)), person.body)
    record(Kind.PERSON_CHANGED, actor=None)
    db.session.commit()
    after = {token.token for token in db.session.scalars(select(PersonToken))}
    vault = current_app.extensions["vault"]
    old = vault.blind_token("name_and_birth", "Quillfeather", "2009-03-27")
    assert old in before
    assert old not in after
    assert len(after) == len(before)
