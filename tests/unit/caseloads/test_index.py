"""The index of open cases in memory: whatever is done, it is what a new one would be."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import text

from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_team, create_user
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads.filters import Wanted
from caseapp.caseloads.index import Caseload
from caseapp.caseloads.open_cases import OpenCase
from caseapp.caseloads.queries import list_open_cases, open_cases_of
from caseapp.cases import actions
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.contacts.actions import add_note
from caseapp.contacts.models import NoteBody, NoteHead
from caseapp.database import db, transaction
from caseapp.people.models import FlagBody, FlagHead, FlagStep, Person
from caseapp.risk.actions import judge_risk
from caseapp.risk.models import RiskHead
from tests.cast import Cast, open_a_case
from tests.homes import open_app, running_app
from tests.statements import counted_statements

Index = dict[UUID, dict[UUID, OpenCase]]


@pytest.fixture
def house(each_engine: tuple[Flask, Cast]) -> Iterator[tuple[Flask, Cast]]:
    with each_engine[0].app_context():
        yield each_engine


def held(caseload: Caseload, *actors: Actor) -> Index:
    """What the index says of these actors' teams."""
    return {
        actor.team_id: dict(caseload.of_team(db.session(), actor.team_id).by_id)
        for actor in actors
        if actor.team_id
    }


def in_index(app: Flask, cast: Cast) -> Index:
    return held(app.extensions["caseload"], cast.manager, cast.other_team)


def built_anew(cast: Cast) -> Index:
    return held(Caseload(), cast.manager, cast.other_team)


def rename(cast: Cast, case: Case, name: str) -> None:
    person = db.session.get_one(Person, case.person_id)
    actions.change_person(
        case, person, replace(person.head, given_name=name), person.body, cast.assigned_advocate
    )


def need(cast: Cast, case: Case, code: str = "autism") -> None:
    day = date(2026, 5, 4)
    head = FlagHead(list_name="slcn", code=code, status="suspected", raised_on=day)
    body = FlagBody(steps=(FlagStep(on=day, what="raised", status="suspected"),))
    actions.raise_flag(uuid4(), case, head, body, cast.assigned_advocate)


def speak(cast: Cast, case: Case) -> None:
    head = NoteHead(at=now(), type="phone_call", contact_outcome="successful")
    add_note(uuid4(), case, head, NoteBody(fact="She rang."), cast.assigned_advocate)


def judge(cast: Cast, case: Case, level: str = "standard") -> None:
    risk = RiskHead(judged_on=date(2026, 6, 1), level=level)
    judge_risk(uuid4(), case, risk, "Calmer.", cast.assigned_advocate)


def second_case_elsewhere(cast: Cast, case: Case) -> None:
    """The same person has a case in the other team: what one team writes both must see."""
    actions.create_case(
        uuid4(),
        db.session.get_one(Person, case.person_id),
        head=actions.first_head(date(2026, 5, 6), ("domestic_abuse",), "police", date(2026, 6, 3)),
        body=case.body,
        service="idva",
        risk_level="medium",
        team_id=cast.other_team.team_id,  # type: ignore[arg-type]
        advocate_id=cast.other_team.user_id,
        by=cast.other_team,
    )


def shut(cast: Cast, case: Case) -> None:
    case.status = "closed"
    note_change(cast, case)


def open_again(cast: Cast, case: Case) -> None:
    case.status = "open"
    note_change(cast, case)


def hand_over(cast: Cast, case: Case) -> None:
    """To the other team, which is noted in both chains."""
    before = case.team_id
    case.team_id = cast.other_team.team_id  # type: ignore[assignment]
    record(Kind.CASE_CHANGED, actor=cast.manager, team_id=before, case_id=case.id)
    record(Kind.CASE_CHANGED, actor=cast.manager, team_id=case.team_id, case_id=case.id)


def allocate(cast: Cast, case: Case) -> None:
    if case.is_open and case.team_id == cast.colleague.team_id:
        actions.allocate_case(case, cast.colleague, cast.manager)


def note_change(cast: Cast, case: Case) -> None:
    record(Kind.CASE_CHANGED, actor=cast.manager, team_id=case.team_id, case_id=case.id)


def rename_twice(cast: Cast, case: Case) -> None:
    rename(cast, case, "Abena")
    rename(cast, case, "Ziva")


def one_more(cast: Cast, _case: Case) -> None:
    open_a_case(cast.colleague, given_name="Newcomer")


def unnoted_whose(cast: Cast, case: Case) -> None:
    """A write whose entry names neither case nor team, as a command may leave it."""
    need(cast, case, "dyslexia")
    db.session.flush()
    record(Kind.CASE_CHANGED, actor=None)


ACTS: list[Callable[[Cast, Case], None]] = [
    rename_twice, need, speak, judge, second_case_elsewhere, shut, open_again, hand_over, allocate,
    one_more, unnoted_whose,
]  # fmt: skip
ONLY_OPEN = {rename_twice, need, speak, judge, unnoted_whose}


def act(cast: Cast, do: Callable[[Cast, Case], None]) -> None:
    with transaction():
        case = db.session.get_one(Case, cast.case_id, populate_existing=True)
        if case.is_open or do not in ONLY_OPEN:
            do(cast, case)


@pytest.mark.parametrize("do", ACTS, ids=lambda do: do.__name__)
def test_whatever_is_done_to_a_case_the_index_knows_it_at_once(
    house: tuple[Flask, Cast], do: Callable[[Cast, Case], None]
) -> None:
    app, cast = house
    before = in_index(app, cast)
    act(cast, do)
    after = in_index(app, cast)
    assert after == built_anew(cast)
    assert after != before or do is open_again


@pytest.mark.parametrize("do", [need, rename_twice, unnoted_whose], ids=lambda do: do.__name__)
def test_what_one_team_writes_of_a_person_counts_in_the_other_teams_case_too(
    house: tuple[Flask, Cast], do: Callable[[Cast, Case], None]
) -> None:
    app, cast = house
    act(cast, second_case_elsewhere)
    before = in_index(app, cast)[cast.other_team.team_id]  # type: ignore[index]
    act(cast, do)
    after = in_index(app, cast)
    assert after == built_anew(cast)
    assert after[cast.other_team.team_id] != before  # type: ignore[index]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.lists(st.sampled_from(ACTS), min_size=1, max_size=4), max_size=4))
def test_any_run_of_changes_leaves_the_index_as_a_new_one_would_be(
    app: Flask, cast: Cast, steps: list[list[Callable[[Cast, Case], None]]]
) -> None:
    """Between two looks at it, several things may be done."""
    with app.app_context():
        for step in steps:
            for do in step:
                act(cast, do)
            assert in_index(app, cast) == built_anew(cast)


def test_another_process_sees_what_was_done_in_this_one(
    peopled_home: tuple[Path, Cast], app: Flask, tmp_path: Path
) -> None:
    """Two apps on one database are two processes to the index: it shares nothing but the rows."""
    cast = peopled_home[1]
    with running_app(open_app(app.extensions["settings"])) as other:
        with other.app_context():
            first = in_index(other, cast)
        with app.app_context():
            act(cast, rename_twice)
            act(cast, hand_over)
        with other.app_context():
            seen = in_index(other, cast)
            assert seen == built_anew(cast)
            assert seen != first
            assert cast.case_id in seen[cast.other_team.team_id]  # type: ignore[index]


def test_what_is_never_committed_never_gets_into_the_index(house: tuple[Flask, Cast]) -> None:
    app, cast = house
    before = in_index(app, cast)
    case = db.session.get_one(Case, cast.case_id)
    case.risk_level = "standard"
    db.session.flush()
    assert in_index(app, cast) == before
    assert built_anew(cast) == before
    db.session.rollback()
    assert in_index(app, cast) == before


def test_reading_cases_makes_the_index_read_nothing_again(house: tuple[Flask, Cast]) -> None:
    app, cast = house
    in_index(app, cast)
    with transaction():
        for kind in (Kind.CASE_OPENED, Kind.CASES_LISTED):
            record(kind, actor=cast.manager, team_id=cast.manager.team_id, case_id=cast.case_id)
    with counted_statements() as after_reading:
        app.extensions["caseload"].of_team(db.session(), cast.manager.team_id)
    with counted_statements() as once_more:
        app.extensions["caseload"].of_team(db.session(), cast.manager.team_id)
    assert len(after_reading) == len(once_more) == 1


def test_a_lagging_index_never_shows_a_case_of_another_team(house: tuple[Flask, Cast]) -> None:
    app, cast = house
    in_index(app, cast)
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        case.team_id = cast.other_team.team_id  # type: ignore[assignment]
        note_change(cast, case)
    caseload: Any = app.extensions["caseload"]
    caseload._refresh = lambda _session: None  # as if it had not heard of it yet
    assert cast.case_id in caseload.of_team(db.session(), cast.manager.team_id).by_id
    page = list_open_cases(
        cast.manager, open_cases_of(cast.manager), mine=False, wanted=Wanted(), page=1
    )
    assert page.rows == ()
    db.session.rollback()


def test_a_damaged_record_leaves_the_other_cases_in_their_lists(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            fine = open_a_case(cast.colleague, given_name="Whole").id
        with transaction():
            db.session.execute(
                text("UPDATE people SET sealed_head = (SELECT sealed_head FROM cases LIMIT 1)"
                     " WHERE id = :id"), {"id": cast.person_id.hex}
            )  # fmt: skip
        team = built_anew(cast)[cast.manager.team_id]  # type: ignore[index]
        assert team[cast.case_id].gaps == ("unreadable",)
        assert team[fine].name == "whole quillfeather"


def test_threads_that_ask_at_once_all_get_the_whole_index(app: Flask, cast: Cast) -> None:
    found: list[int] = []

    def ask() -> None:
        with app.app_context():
            team = app.extensions["caseload"].of_team(db.session(), cast.manager.team_id)
            found.append(len(team.by_id))
            db.session.rollback()

    with app.app_context():
        with transaction():
            for _ in range(30):
                open_a_case(cast.colleague)
        db.session.remove()
    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [31] * 6


def test_the_index_shows_nothing_of_what_it_holds(app: Flask, cast: Cast) -> None:
    with app.app_context():
        caseload: Caseload = app.extensions["caseload"]
        team = caseload.of_team(db.session(), cast.manager.team_id)
        for thing in (caseload, team, *team.by_id.values(), *team.by_id[cast.case_id].dues):
            assert "quillfeather" not in repr(thing).lower()
        with pytest.raises(TypeError):
            team.__reduce_ex__(4)


def test_the_day_is_not_kept_in_the_index_but_asked_for_when_it_is_read(
    app: Flask, cast: Cast
) -> None:
    import time_machine

    overdue = Wanted(when="overdue", due="case_review")
    with app.app_context():
        for day, expected in (("2026-06-01", 0), ("2026-06-02", 1)):
            with time_machine.travel(datetime.fromisoformat(f"{day}T09:00+00:00"), tick=False):
                page = list_open_cases(
                    cast.manager, open_cases_of(cast.manager), mine=False, wanted=overdue, page=1
                )
                assert page.total == expected
        db.session.rollback()


def test_a_team_that_was_made_later_is_heard_too(app: Flask, cast: Cast) -> None:
    with app.app_context():
        in_index(app, cast)
        with transaction():
            team = create_team("Sexual violence", "sexual_violence")
            user = create_user("New", "new@cast.example", Role.ADVOCATE, team, "no password")
            db.session.flush()
            newcomer = user.actor
        with transaction():
            case_id = open_a_case(newcomer, given_name="First").id
        seen = app.extensions["caseload"].of_team(db.session(), newcomer.team_id)
        assert set(seen.by_id) == {case_id}
