"""Lists and searches: never beyond the actor's team, and no slower for more cases."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.caseloads.filters import Wanted
from caseapp.caseloads.queries import (
    MOST_COUNTED,
    PAGE_SIZE,
    CasePage,
    list_closed_cases,
    list_open_cases,
    open_cases_of,
    search_cases,
)
from caseapp.cases.models import Case
from caseapp.cases.queries import find_case
from caseapp.database import db, transaction
from caseapp.people.models import Person
from caseapp.reference import code_list
from tests.cast import Cast, open_a_case
from tests.homes import signed_in_client
from tests.statements import counted_statements
from tests.visits import send


@pytest.fixture
def crowd(each_engine: tuple[Flask, Cast]) -> Iterator[tuple[Flask, Cast]]:
    """Sixty more cases: of the colleague, and two of the other team."""
    app, cast = each_engine
    with app.app_context():
        with transaction():
            for number in range(58):
                open_a_case(cast.colleague, given_name="Crowd", family_name=f"Member{number:03}")
            for name in ("Quillfeather", "Hiddenwood"):
                open_a_case(cast.other_team, given_name="Foreign", family_name=name)
        yield app, cast


def mine(actor: Actor, page: int = 1, wanted: Wanted = Wanted()) -> CasePage:  # noqa: B008
    return list_open_cases(actor, open_cases_of(actor), mine=True, wanted=wanted, page=page)


def the_teams(actor: Actor, page: int = 1, wanted: Wanted = Wanted()) -> CasePage:  # noqa: B008
    return list_open_cases(actor, open_cases_of(actor), mine=False, wanted=wanted, page=page)


def names(rows: tuple[object, ...]) -> set[str]:
    return {row.name for row in rows}  # type: ignore[attr-defined]


def test_my_list_holds_my_cases_and_the_teams_list_the_teams(crowd: tuple[Flask, Cast]) -> None:
    _, cast = crowd
    assert names(mine(cast.assigned_advocate).rows) == {"Zalika Quillfeather"}
    team = the_teams(cast.manager)
    assert (team.total, team.pages, len(team.rows)) == (59, 2, PAGE_SIZE)
    rest = the_teams(cast.manager, 2)
    assert len({row.id for row in (*team.rows, *rest.rows)}) == 59
    assert not any(name.startswith("Foreign") for name in names((*team.rows, *rest.rows)))


def test_a_search_finds_parts_of_names_of_the_own_team_alone(crowd: tuple[Flask, Cast]) -> None:
    _, cast = crowd
    assert names(search_cases(cast.manager, "quillF")) == {"Zalika Quillfeather"}
    assert names(search_cases(cast.other_team, "quillf")) == {"Foreign Quillfeather"}
    assert search_cases(cast.manager, "hiddenwood") == ()
    assert search_cases(cast.analyst, "quill") == ()
    assert len(search_cases(cast.colleague, "member00")) == 10


def test_a_reference_finds_its_case_in_the_own_team_alone(crowd: tuple[Flask, Cast]) -> None:
    _, cast = crowd
    reference = db.session.get_one(Case, cast.case_id).head.reference
    typed = reference.lower().replace("-", " ")
    assert names(search_cases(cast.colleague, typed)) == {"Zalika Quillfeather"}
    assert search_cases(cast.other_team, typed) == ()
    found = find_case(reference)
    assert found is not None
    assert found.id == cast.case_id


def test_a_search_that_finds_more_than_it_shows_says_so(crowd: tuple[Flask, Cast]) -> None:
    app, cast = crowd
    client = signed_in_client(app, cast.manager)
    page = send(client, "/cases/search", text="member").text
    assert "Only 50 of the cases found are shown: type more of the name." in page
    assert page.count("<tr") == 51
    assert "are shown" not in send(client, "/cases/search", text="member00").text


def test_a_name_that_was_changed_or_added_is_found_at_once(crowd: tuple[Flask, Cast]) -> None:
    _, cast = crowd
    assert search_cases(cast.manager, "newcomer") == ()
    with transaction():
        open_a_case(cast.colleague, given_name="Ñandú", family_name="Newcomer")
    assert names(search_cases(cast.manager, "nandu newc")) == {"Ñandú Newcomer"}


def test_a_longer_list_asks_the_database_no_more_often(crowd: tuple[Flask, Cast]) -> None:
    _, cast = crowd
    the_teams(cast.manager)
    mine(cast.assigned_advocate)  # may be on page 2
    db.session.rollback()
    with counted_statements() as for_one:
        mine(cast.assigned_advocate)
    with counted_statements() as for_fifty:
        the_teams(cast.manager)
    assert len(for_fifty) == len(for_one) <= 3


def test_the_highest_risk_comes_first(
    crowd: tuple[Flask, Cast],
) -> None:
    _, cast = crowd
    levels = [entry.code for entry in code_list("risk_level").entries]
    assert sorted(levels) == ["high", "medium", "standard"]
    with transaction():
        for level in ("standard", "medium"):
            case = open_a_case(cast.colleague, family_name=f"Of {level}")
            case.risk_level = level
            record(Kind.CASE_CHANGED, actor=None)
    db.session.expire_all()
    pages = [the_teams(cast.manager, page) for page in (1, 2)]
    shown = [row.risk_level for page in pages for row in page.rows]
    assert shown == sorted(shown)
    assert shown[-2:] == ["medium", "standard"]


def close_them(cast: Cast, family_name: str) -> None:
    for case in db.session.scalars(select(Case).where(Case.advocate_id == cast.colleague.user_id)):
        if family_name in db.session.get_one(Person, case.person_id).full_name:
            case.status = "closed"
    record(Kind.CASE_CLOSED, actor=None, team_id=cast.colleague.team_id)


def test_closed_cases_keep_a_list_that_is_read_without_sorting(
    crowd: tuple[Flask, Cast],
) -> None:
    _, cast = crowd
    with transaction():
        close_them(cast, "Member00")
    assert the_teams(cast.manager).total == 49
    with counted_statements() as statements:
        closed = list_closed_cases(cast.colleague, mine=True, page=10**6)
    assert (closed.total, closed.page, len(closed.rows)) == (10, 1, 10)
    if db.engine.dialect.name == "sqlite":
        (listing,) = [each for each in statements if "ORDER BY" in each]
        assert "TEMP B-TREE" not in plan_of(listing)


def test_fifty_cases_are_found_by_their_ids_and_not_by_walking_through_the_team(
    crowd: tuple[Flask, Cast],
) -> None:
    _, cast = crowd
    if db.engine.dialect.name != "sqlite":
        return
    mine(cast.colleague)
    with counted_statements() as statements:
        mine(cast.colleague)
    (listing,) = [each for each in statements if "FROM cases" in each]
    assert "sqlite_autoindex_cases_1 (id=?)" in plan_of(listing)


def plan_of(statement: str) -> str:
    """How the embedded engine would go about it, in its own words."""
    unbound = statement.replace("?", "''")
    return str(db.session.execute(text(f"EXPLAIN QUERY PLAN {unbound}")).all())


def test_a_list_beyond_what_anybody_leafs_through_is_not_counted_to_its_end() -> None:
    assert CasePage((), 1, 1).total_in_words == "1 case"
    assert CasePage((), MOST_COUNTED, 1).total_in_words == "1,000 cases"
    assert CasePage((), 10_000, 1, is_counted=True).pages == 10_000 // PAGE_SIZE
    cut = CasePage((), MOST_COUNTED + 1, 1)
    assert cut.total_in_words == "More than 1,000 cases"
    assert cut.pages == MOST_COUNTED // PAGE_SIZE
