"""Choosing the cases of a pack: pages, filters and ticks that need no script, and forged ids."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.packs.models import Pack
from caseapp.packs.rules import MOST_CASES
from tests.cast import Cast, open_a_case
from tests.statements import counted_statements
from tests.unit.packs.packing import choose, id_in, open_cases
from tests.visits import hidden_fields


def press(client: FlaskClient, page: TestResponse, button: str, **more: object) -> TestResponse:
    """One of the buttons, with what is ticked on the page as it came."""
    ticked = re.findall(r'name="case" value="([^"]+)"[^>]* checked', page.text)
    form = {**hidden_fields(page), "case": ticked, "do": button, **more}
    return client.post("/packs/new", data=form)


def names_in(page: TestResponse) -> list[str]:
    return re.findall(r"<bdi>((?:Abla|Zalika|Bram)[^<]*)</bdi>", page.text)


def chosen_in(app: Flask, answer: TestResponse) -> tuple[UUID, ...]:
    with app.app_context():
        return db.session.get_one(Pack, id_in(answer.location)).body.cases


def open_many(app: Flask, cast: Cast, count: int) -> list[UUID]:
    with app.app_context(), transaction():
        return [
            open_a_case(cast.assigned_advocate, given_name=f"Bram{number:03}").id
            for number in range(count)
        ]


def test_ticks_on_one_page_stay_while_others_are_leafed_through(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    cases = open_many(app, cast, 120)
    first = manager.get("/packs/new")
    assert "121 open cases fit" in first.text
    assert len(names_in(first)) == 50
    second = press(manager, first, "page-2", case=[str(cases[0]), str(cases[1])])
    assert "2 chosen" in second.text
    assert names_in(second)[0].startswith("Bram050")
    third = press(manager, second, "page-3", case=[str(cases[60])])
    assert "3 chosen" in third.text
    back = press(manager, third, "page-1")
    again = press(manager, back, "page-1", case=[str(cases[1])])  # the tick of the first is away
    answer = press(manager, again, "go")
    assert chosen_in(app, answer) == (cases[1], cases[60])


def test_all_cases_that_fit_are_chosen_at_once_and_let_go_at_once(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    cases = open_many(app, cast, 60)
    everything = press(manager, manager.get("/packs/new"), "all")
    assert "61 chosen" in everything.text
    assert "0 chosen" in press(manager, everything, "none").text
    assert chosen_in(app, press(manager, everything, "go")) == (*cases, cast.case_id)


def test_a_filter_narrows_what_is_shown_and_keeps_what_was_chosen(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    cases = open_many(app, cast, 3)
    with app.app_context(), transaction():
        db.session.get_one(Case, cases[0]).risk_level = "standard"
        db.session.get_one(Case, cases[0]).advocate_id = None
        record(Kind.CASE_CHANGED, actor=None, case_id=cases[0])
    first = manager.get("/packs/new")
    page = press(manager, first, "show", risk="standard", case=[str(cases[2])])
    assert [name[:7] for name in names_in(page)] == ["Bram000"]
    assert "1 chosen" in page.text
    both = press(manager, page, "all", risk="standard")
    assert chosen_in(app, press(manager, both, "go", risk="standard")) == (cases[0], cases[2])
    assert len(names_in(press(manager, first, "show", advocate="nobody"))) == 1
    assert len(names_in(press(manager, first, "show", advocate=str(uuid4())))) == 0
    assert len(names_in(press(manager, first, "show", risk="no such code"))) == 4


def test_cases_whose_plan_is_overdue_are_found(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    open_cases(app, cast, 1)
    (overdue,) = open_cases(app, cast, 1, review_on=today() - timedelta(days=3))
    page = press(manager, manager.get("/packs/new"), "show", review="overdue")
    assert len(names_in(page)) == 1
    assert "review of the plan overdue" in page.text
    assert chosen_in(app, press(manager, press(manager, page, "all", review="overdue"), "go")) == (
        overdue,
    )


@pytest.mark.parametrize("more", [{}, {"elsewhere": "nonsense ' OR 1=1", "case": "also nonsense"}])
def test_an_empty_choice_is_told_beside_the_cases(
    manager: FlaskClient, more: dict[str, str]
) -> None:
    form = hidden_fields(manager.get("/packs/new"))
    page = manager.post("/packs/new", data={**form, "do": "go", **more})
    assert page.status_code == 422
    assert "Choose at least one case" in page.text


def test_two_hundred_forged_ids_choose_nothing_and_tell_nothing(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    """Neither made-up ids nor those of another team's cases, or of a closed one."""
    with app.app_context(), transaction():
        foreign = open_a_case(cast.other_team, given_name="Bram").id
        closed = open_a_case(cast.assigned_advocate, given_name="Bram")
        closed.status = "closed"
        record(Kind.CASE_CHANGED, actor=None, case_id=closed.id)
    forged = [foreign, closed.id, *(uuid4() for _ in range(200))]
    page = choose(manager, forged)
    assert page.status_code == 422
    assert "0 chosen" in page.text
    assert "Bram" not in page.text
    answer = choose(manager, [*forged, cast.case_id])
    assert chosen_in(app, answer) == (cast.case_id,)


def test_more_cases_than_a_pack_holds_are_refused(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseapp.packs.choosing_routes.MOST_CASES", 2)
    page = choose(manager, open_many(app, cast, 3))
    assert page.status_code == 422
    assert "Choose 2 cases or fewer. You chose 3" in page.text
    assert MOST_CASES >= 200


def test_sending_the_choice_twice_makes_one_pack(cast: Cast, manager: FlaskClient) -> None:
    form = {**hidden_fields(manager.get("/packs/new")), "case": str(cast.case_id), "do": "go"}
    places = [manager.post("/packs/new", data=form).location for _ in range(2)]
    assert places[0] == places[1]


def test_the_id_of_somebody_elses_pack_makes_none(
    cast: Cast, manager: FlaskClient, client_of: Callable[[str], FlaskClient]
) -> None:
    place = choose(manager, [cast.case_id]).location
    other = client_of("other_manager")
    form = hidden_fields(other.get("/packs/new")) | {"record_id": str(id_in(place))}
    assert other.post("/packs/new", data={**form, "do": "go"}).status_code == 422
    assert other.get(place).status_code == 404


def test_the_page_asks_as_much_of_the_database_for_many_cases_as_for_few(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    def to_choose() -> int:
        manager.get("/packs/new")  # the index takes in what is new
        vault = app.extensions["vault"]
        vault.drop_ciphers(list(vault._ciphers))
        with counted_statements(app) as statements:
            assert manager.get("/packs/new").status_code == 200
        return len(statements)

    few = to_choose()
    open_many(app, cast, 40)
    assert to_choose() == few
