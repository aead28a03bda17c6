"""Two records of one person become one and two again: nothing is lost, everything is audited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import inspect, select
from werkzeug.exceptions import NotFound

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.actions import change_person, raise_flag, review_flag
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.cases.queries import search_cases
from caseapp.database import PlainBase, db, read_snapshot, transaction
from caseapp.households import actions, merging
from caseapp.households.comparing import choose, compare
from caseapp.households.merge_door import open_people
from caseapp.households.merging import CannotMerge
from caseapp.households.models import Child, ChildBody, ChildHead, PersonMerge, Relationship
from caseapp.households.queries import children_of, relationships_of
from caseapp.households.undoing import EMPTY, identity_in
from caseapp.oversight.record_check import check_records
from caseapp.people import actions as people_actions
from caseapp.people.models import (
    FlagBody,
    FlagHead,
    FlagStep,
    NeedsFlag,
    Person,
    PersonToken,
    SafeContact,
)
from caseapp.people.queries import flags_of, likely_duplicates
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


@pytest.fixture
def twice(each_engine: tuple[Flask, Cast]) -> Iterator[Twice]:
    app, cast = each_engine
    with app.app_context():
        with transaction():
            by = cast.assigned_advocate
            kept = open_a_case(by, given_name="Marguerite", family_name="Underhill")
            gone = open_a_case(by, given_name="Margie", family_name="Overdale")
            kin = open_a_case(by, given_name="Kin", family_name="Overdale")
            gone.status = "closed"
            person = db.session.get_one(Person, gone.person_id)
            contact = SafeContact(phone="07700 900999", wording="Say it is the library")
            change_person(gone, person, person.head, replace(person.body, safe_contact=contact), by)
            flag = people_actions.raise_flag(uuid4(), person, *a_flag())
            raise_flag(gone, flag, by)
            gone.status = "open"
            actions.add_child(uuid4(), gone, ChildHead(name="Tamsin"), ChildBody(note="n"), by)
            actions.relate_people(uuid4(), gone, kin, "sibling", by)
            actions.relate_people(uuid4(), kin, kept, "former_partner", by)
            actions.relate_people(uuid4(), kept, gone, "same_household", by)
            gone.status = "closed"
            people = kept.person_id, gone.person_id, kin.person_id
            twice = Twice(app, cast, *people, kept.id, gone.id, kin.id)
            note_act(Kind.CASE_CLOSED, gone, by, Permission.CLOSE_CASE)
        yield twice


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


def test_all_that_hangs_on_the_other_record_goes_with_the_one_that_is_kept(twice: Twice) -> None:
    before = contents(twice.gone)
    merge(twice, given_name="second", safe_contact="second")
    after = contents(twice.kept)
    assert after["cases"] == {twice.kept_case, twice.gone_case}
    assert before["flags"][0] in after["flags"]
    assert before["children"] == after["children"]
    assert [code for _, _, code in after["ties"]].count("sibling") == 1
    assert after["identity"].head.given_name == "Margie"
    assert after["identity"].head.family_name == "Underhill"
    assert after["identity"].body.safe_contact.wording == "Say it is the library"
    assert faults(twice.app) == []


def test_the_record_that_went_leaves_nothing_behind_under_its_own_key(twice: Twice) -> None:
    merge(twice)
    left = contents(twice.gone)
    assert left["identity"] == EMPTY
    assert not any(left[name] for name in ("cases", "flags", "children", "ties", "tokens"))


def test_two_who_were_tied_to_each_other_are_not_tied_to_themselves(twice: Twice) -> None:
    merge(twice)
    for tie in db.session.scalars(select(Relationship)):
        assert tie.person_id != tie.other_id
    assert "same_household" not in [code for _, _, code in contents(twice.kept)["ties"]]


def test_the_person_is_still_found_by_what_was_not_chosen(twice: Twice) -> None:
    other = person(twice.gone)
    head, body = other.head, other.body
    manager = twice.cast.manager
    assert {row.id for row in search_cases(manager, "overdale")} == {
        twice.gone_case, twice.kin_case
    }  # fmt: skip
    merge(twice)
    for name in ("underhill", "margie overdale"):
        assert {row.id for row in search_cases(manager, name)} == {
            twice.kept_case, twice.gone_case
        }, name  # fmt: skip
    assert twice.kept in likely_duplicates(head, body)
    assert twice.gone not in likely_duplicates(head, body)


def test_what_they_were_entered_as_before_outlives_a_change_of_their_details(twice: Twice) -> None:
    merge(twice)
    with transaction():
        kept, case = person(twice.kept), db.session.get_one(Case, twice.kept_case)
        typed = replace(kept.head, earlier=(), preferred_name="Maggie")
        change_person(case, kept, typed, kept.body, twice.cast.manager)
    assert [known.full_name for known in person(twice.kept).head.earlier] == ["Margie Overdale"]
    assert {row.id for row in search_cases(twice.cast.manager, "overdale")} >= {twice.kept_case}


def test_undoing_puts_everything_back(twice: Twice) -> None:
    before = {each: contents(each) for each in (twice.kept, twice.gone, twice.kin)}
    undo(twice, merge(twice, given_name="second", family_name="second", safe_contact="second"))
    assert {each: contents(each) for each in (twice.kept, twice.gone, twice.kin)} == before
    assert faults(twice.app) == []
    found = {row.id for row in search_cases(twice.cast.manager, "overdale")}
    assert found == {twice.gone_case, twice.kin_case}


def test_a_merge_that_was_undone_can_be_made_and_undone_again(twice: Twice) -> None:
    before = contents(twice.gone)
    for _ in range(2):
        undo(twice, merge(twice))
    assert contents(twice.gone) == before
    assert faults(twice.app) == []


def test_merge_and_undo_are_audited_for_every_case_concerned(twice: Twice) -> None:
    done = merge(twice)
    undo(twice, done)
    for kind in (Kind.PEOPLE_MERGED, Kind.MERGE_UNDONE):
        entries = audited(kind)
        assert {entry.case_id for entry in entries} == {twice.kept_case, twice.gone_case}
        assert {entry.chain_id for entry in entries} == {twice.cast.manager.team_id}
        assert {(entry.subject_id, entry.reason) for entry in entries} == {(done.id, "supervises")}
        assert {entry.actor_id for entry in entries} == {twice.cast.manager.user_id}


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


def test_two_open_cases_in_one_service_are_not_merged(twice: Twice) -> None:
    with transaction():
        case = db.session.get_one(Case, twice.gone_case)
        case.status = "open"
        note_act(Kind.CASE_REOPENED, case, twice.cast.manager, Permission.CLOSE_CASE)
    with pytest.raises(CannotMerge, match="Decide which case goes on"):
        merge(twice)
    db.session.rollback()
    assert contents(twice.gone)["cases"] == {twice.gone_case}


def test_a_person_with_a_case_in_another_team_is_not_merged_and_no_team_is_named(
    twice: Twice,
) -> None:
    with transaction():
        foreign = open_a_case(twice.cast.other_team, family_name="Elsewhere")
        foreign.person_id = twice.gone
        note_act(Kind.CASE_CHANGED, foreign, None, Permission.EDIT_CASE)
    with pytest.raises(CannotMerge) as refused:
        merge(twice)
    db.session.rollback()
    assert str(refused.value) == merging.ELSEWHERE
    assert "team" not in merging.ELSEWHERE


def test_every_table_that_names_a_person_is_known_to_the_merge() -> None:
    """Whoever adds one says here, and in merge_people, what becomes of its rows."""
    naming = {
        (table.name, key.parent.name)
        for table in PlainBase.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "people"
    }
    moved = {
        ("cases", "person_id"),
        ("needs_flags", "person_id"),
        ("person_tokens", "person_id"),
        ("children", "person_id"),
        ("relationships", "person_id"),
        ("relationships", "other_id"),
    }
    of_merges = {("person_merges", "person_id"), ("person_merges", "other_id")}
    assert naming == moved | of_merges


def test_every_row_under_a_persons_key_is_known_to_the_merge() -> None:
    sealed = {
        mapper.class_
        for mapper in PlainBase.registry.mappers
        if getattr(mapper.class_, "__key_kind__", "") == "person"
    }
    assert sealed == {Person, NeedsFlag, Child, Relationship, PersonMerge}
    assert inspect(PersonMerge).columns["status"] is not None


def test_of_two_who_merge_at_the_same_moment_one_waits_and_loses_nothing(twice: Twice) -> None:
    """Each in a thread and a transaction of their own, held back until both have begun."""
    both, results = Barrier(2), []

    def merge_them(kept_id: UUID, gone_id: UUID) -> None:
        with twice.app.app_context():
            both.wait()
            try:
                with transaction():
                    manager = twice.cast.manager
                    kept, gone = open_people(manager, kept_id, gone_id, changing=True)
                    merging.merge_people(uuid4(), kept, gone, identity_in(kept.person), manager)
                results.append("merged")
            except NotFound:
                results.append("told")

    db.session.rollback()
    ways = ((twice.kept, twice.gone), (twice.gone, twice.kept))
    threads = [Thread(target=merge_them, args=way) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["merged", "told"]
    (merge,) = db.session.scalars(select(PersonMerge)).all()
    assert contents(merge.person_id)["cases"] == {twice.kept_case, twice.gone_case}
    assert faults(twice.app) == []
