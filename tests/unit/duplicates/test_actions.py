"""Two records of one person become one and two again: nothing is lost, everything is audited."""

from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import inspect, select
from werkzeug.exceptions import NotFound

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.caseloads.queries import search_cases
from caseapp.cases.actions import change_person
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import PlainBase, db, transaction
from caseapp.duplicates import actions as merging
from caseapp.duplicates.actions import CannotMerge
from caseapp.duplicates.door import open_people
from caseapp.duplicates.models import MergeBody, PersonMerge
from caseapp.duplicates.undoing import EMPTY, identity_in
from caseapp.households.models import Child, Relationship
from caseapp.people.actions import replace_person
from caseapp.people.models import (
    NeedsFlag,
    Person,
)
from caseapp.people.queries import likely_duplicates
from caseapp.plans.actions import write_first_version, write_version
from caseapp.plans.models import Plan, ReviewCall
from tests.cast import open_a_case
from tests.unit.duplicates.twice_entered import (
    Twice,
    audited,
    contents,
    faults,
    merge,
    person,
    undo,
)
from tests.unit.plans.conftest import version_body, version_head


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


@pytest.mark.parametrize(("side", "called"), [("first", []), ("second", ["move", "move"])])
def test_plans_are_looked_at_again_where_one_record_lives_elsewhere_than_the_other(
    twice: Twice, side: str, called: list[str]
) -> None:
    homes = {twice.kept_case: "3 Golborne Road", twice.gone_case: "9 Ladbroke Grove"}
    for case_id, address in homes.items():
        live_at(twice, case_id, address)
    write_a_plan(twice)
    merged = merge(twice, ward=side)
    assert calls_for_review() == called[:1]
    review_the_plan(twice)
    undo(twice, merged)
    assert calls_for_review() == called


def live_at(twice: Twice, case_id: UUID, address: str) -> None:
    with transaction():
        case, by = db.session.get_one(Case, case_id), twice.cast.assigned_advocate
        who = person(case.person_id)
        replace_person(who, who.head, replace(who.body, address=address))
        note_act(Kind.PERSON_CHANGED, case, by, Permission.EDIT_CASE)


def write_a_plan(twice: Twice) -> None:
    with transaction():
        case, by = db.session.get_one(Case, twice.kept_case), twice.cast.assigned_advocate
        head, body = version_head(), version_body(home="I go to my aunt.")
        write_first_version(
            uuid4(), case, "domestic_abuse", replace(head, written_at=now()), body, by
        )


def review_the_plan(twice: Twice) -> None:
    with transaction():
        case, by = db.session.get_one(Case, twice.kept_case), twice.cast.assigned_advocate
        head, body = replace(version_head(), written_at=now()), version_body(home="Her aunt")
        plan = db.session.scalars(select(Plan)).one()
        write_version(uuid4(), case, plan, head, body, by)


def calls_for_review() -> list[str]:
    return [call.head.reason for call in db.session.scalars(select(ReviewCall))]


def test_the_record_that_went_leaves_nothing_behind_under_its_own_key(twice: Twice) -> None:
    merge(twice)
    left = contents(twice.gone)
    assert left["identity"] == EMPTY
    assert not any(left[name] for name in ("cases", "flags", "children", "ties", "tokens"))


def test_two_merges_one_after_the_other_leave_nobody_under_the_key_of_an_emptied_record(
    twice: Twice,
) -> None:
    """The undo record of the first holds two whole identities: it goes with the record that goes
    in the second, and comes back with it."""
    first = merge(twice)
    kept_then, undo_record = contents(twice.kept), first.body
    close_the_kept_case(twice)
    twice.kept, twice.gone, emptied = twice.kin, twice.kept, twice.kept
    second = merge(twice)
    assert [row.body for row in merges_under_the_key_of(emptied)] == [MergeBody()]
    assert contents(emptied)["identity"] == EMPTY
    assert faults(twice.app) == []
    undo(twice, second)
    twice.kept, twice.gone = emptied, first.other_id
    assert [row.body for row in merges_under_the_key_of(emptied)] == [undo_record]
    assert contents(emptied) == kept_then
    undo(twice, first)
    assert faults(twice.app) == []


def close_the_kept_case(twice: Twice) -> None:
    with transaction():
        case = db.session.get_one(Case, twice.kept_case)
        case.status = "closed"
        note_act(Kind.CASE_CLOSED, case, twice.cast.manager, Permission.CLOSE_CASE)


def merges_under_the_key_of(person_id: UUID) -> list[PersonMerge]:
    query = select(PersonMerge).where(PersonMerge.person_id == person_id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


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
