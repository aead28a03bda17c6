"""A merge is undone only while nothing that was written since would be lost."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.actions import change_person, review_flag
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.duplicates.actions import CannotMerge
from caseapp.households import actions
from caseapp.households.models import Child, ChildBody, ChildHead
from caseapp.households.queries import relationships_of
from caseapp.people.models import (
    FlagStep,
)
from caseapp.people.queries import flags_of
from tests.unit.duplicates.twice_entered import DAY, Twice, contents, faults, merge, person, undo


def change_the_person(twice: Twice) -> None:
    kept, case = person(twice.kept), db.session.get_one(Case, twice.kept_case)
    change_person(case, kept, replace(kept.head, sex="male"), kept.body, twice.cast.manager)


def review_the_need(twice: Twice) -> None:
    flag = next(f for f in flags_of(twice.kept) if f.head.code == "stammer")
    step = FlagStep(on=date(2026, 6, 1), what="reviewed", status="diagnosed")
    review_flag(db.session.get_one(Case, twice.kept_case), flag, step, twice.cast.manager)


def change_the_child(twice: Twice) -> None:
    child = db.session.scalars(select(Child).where(Child.person_id == twice.kept)).one()
    case = db.session.get_one(Case, twice.kept_case)
    actions.change_child(
        case, child, replace(child.head, school="New"), child.body, twice.cast.manager
    )


def end_the_tie(twice: Twice) -> None:
    tie = next(t for t in relationships_of(twice.kept) if t.head.code == "sibling")
    case = db.session.get_one(Case, twice.kept_case)
    actions.end_relationship(case, tie, DAY, twice.cast.manager)


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (change_the_person, "The person's details were changed"),
        (review_the_need, "A need that came"),
        (change_the_child, "A child that came"),
        (end_the_tie, "A relationship that came"),
    ],
)
def test_undoing_is_refused_where_a_later_edit_would_be_lost(
    twice: Twice, edit: Any, reason: str
) -> None:
    done = merge(twice)
    with transaction():
        edit(twice)
    before = contents(twice.kept)
    with pytest.raises(CannotMerge, match=reason):
        undo(twice, done)
    db.session.rollback()
    assert contents(twice.kept) == before
    assert faults(twice.app) == []


def test_what_was_added_since_the_merge_stays_and_hinders_nothing(twice: Twice) -> None:
    done = merge(twice)
    with transaction():
        case = db.session.get_one(Case, twice.kept_case)
        new = ChildHead(name="Later")
        actions.add_child(uuid4(), case, new, ChildBody(), twice.cast.manager)
    undo(twice, done)
    assert [head.name for head, _ in contents(twice.kept)["children"]] == ["Later"]
    assert [head.name for head, _ in contents(twice.gone)["children"]] == ["Tamsin"]


def test_of_two_merges_one_after_the_other_the_newer_is_undone_first(twice: Twice) -> None:
    before = contents(twice.gone)
    first = merge(twice)
    with transaction():
        db.session.get_one(Case, twice.kept_case).status = "closed"
        note_act(
            Kind.CASE_CLOSED,
            db.session.get_one(Case, twice.kept_case),
            twice.cast.manager,
            Permission.CLOSE_CASE,
        )
    twice.gone, gone = twice.kin, twice.gone
    second = merge(twice)
    with pytest.raises(CannotMerge, match="details were changed"):
        undo(twice, first)
    db.session.rollback()
    undo(twice, second)
    twice.gone = gone
    undo(twice, first)
    assert contents(gone) == before
    assert faults(twice.app) == []
