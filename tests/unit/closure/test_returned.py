"""A request that the manager sent back: whom it waits for, and when it has had its day."""

import pytest
from flask import Flask

from caseapp.cases.actions import allocate_case
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.unit.closure.test_routes import CLOSING, ClientOf, decide, dues, stored
from tests.visits import send

WHY_NOT = "The threats go on."
SENT_BACK = "Closing was not agreed"


@pytest.fixture
def place(cast: Cast, client_of: ClientOf) -> str:
    place = f"/cases/{cast.case_id}"
    send(client_of("assigned_advocate"), f"{place}/close", **CLOSING)
    decide(client_of("manager"), place, agreed="no", answer=WHY_NOT)
    return place


def test_a_request_that_was_sent_back_does_not_outlive_the_closing_of_the_case(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager = client_of("manager")
    send(manager, f"{place}/close", **CLOSING)
    assert not stored(app, cast).is_open
    on = {"on-day": "9", "on-month": "11", "on-year": "2026"}
    send(manager, f"{place}/reopen", why="She rang.", **on)
    assert stored(app, cast).is_open
    assert dues(app, cast) == []
    assert WHY_NOT not in client_of("assigned_advocate").get(f"{place}/close").text


def test_whoever_works_the_case_now_is_told_that_it_goes_on(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    assert SENT_BACK in client_of("assigned_advocate").get("/today").text
    with app.app_context(), transaction():
        allocate_case(db.session.get_one(Case, cast.case_id), cast.colleague, cast.manager)
    assert SENT_BACK in client_of("colleague").get("/today").text
    assert SENT_BACK not in client_of("assigned_advocate").get("/today").text
