"""Two people at the closing of one case: nobody decides on what they have not read, and what the
slower one typed is still there."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.unit.closure.test_routes import CLOSING, ClientOf, decide, dues, stored
from tests.visits import hidden_fields, send

MINE = "His brother has moved in next door."


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


def test_a_manager_agrees_to_nothing_but_the_request_that_they_read(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    send(advocate, f"{place}/close", **CLOSING)
    read = hidden_fields(manager.get(f"{place}/close/request"))
    send(advocate, f"{place}/close/withdraw", shown_at=f"{place}/close/request")
    send(advocate, f"{place}/close", **CLOSING | {"reason": "died", "note": "Other words."})
    answers = {"agreed": "yes", "answer": MINE}
    late = manager.post(f"{place}/close/decision", data={**read, **answers})
    assert late.status_code == 409
    assert "Other words." in late.text
    assert MINE in late.text
    assert stored(app, cast).is_open
    again = manager.post(f"{place}/close/decision", data={**hidden_fields(late), **answers})
    assert again.status_code == 302
    assert stored(app, cast).body.closure_note == "Other words."


def test_what_a_manager_answers_to_a_request_that_was_withdrawn_is_not_lost(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    send(advocate, f"{place}/close", **CLOSING)
    read = hidden_fields(manager.get(f"{place}/close/request"))
    send(advocate, f"{place}/close/withdraw", shown_at=f"{place}/close/request")
    sent = {**read, "agreed": "yes", "answer": MINE}
    late = manager.post(f"{place}/close/decision", data=sent)
    assert late.status_code == 409
    assert "decided on in between" in late.text
    assert "Set aside" in late.text
    assert MINE in late.text
    assert stored(app, cast).is_open
    assert dues(app, cast) == []


def test_the_second_of_two_managers_reads_what_the_first_decided(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager = client_of("manager")
    send(client_of("assigned_advocate"), f"{place}/close", **CLOSING)
    read = hidden_fields(manager.get(f"{place}/close/request"))
    decide(manager, place, agreed="no", answer="The threats go on.")
    late = manager.post(f"{place}/close/decision", data={**read, "agreed": "yes", "answer": MINE})
    assert late.status_code == 409
    assert "Returned: The threats go on." in late.text
    assert MINE in late.text
    assert stored(app, cast).is_open


def test_a_decision_that_is_sent_twice_is_taken_once_and_refused_never(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager = client_of("manager")
    send(client_of("assigned_advocate"), f"{place}/close", **CLOSING)
    read = hidden_fields(manager.get(f"{place}/close/request"))
    for _ in range(2):
        sent = {**read, "agreed": "yes", "answer": "Well done."}
        assert manager.post(f"{place}/close/decision", data=sent).status_code == 302
    assert not stored(app, cast).is_open


def test_who_closes_a_case_that_somebody_asked_to_close_keeps_what_they_typed(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    mine = hidden_fields(manager.get(f"{place}/close"))
    send(advocate, f"{place}/close", **CLOSING)
    late = manager.post(f"{place}/close", data={**mine, **CLOSING, "note": MINE})
    assert late.status_code == 409
    assert MINE in late.text
    assert "Ring her aunt first." in late.text  # and what the other one wrote
    assert f"{place}/close/request" in late.text
    assert stored(app, cast).is_open
    assert manager.get(f"{place}/close").location.endswith("/close/request")


@pytest.mark.parametrize("answer", ["", "no", "yes"])
def test_a_request_that_is_sent_twice_is_one_request_whatever_became_of_it(
    app: Flask, client_of: ClientOf, cast: Cast, place: str, answer: str
) -> None:
    advocate = client_of("assigned_advocate")
    sent = {**hidden_fields(advocate.get(f"{place}/close")), **CLOSING}
    advocate.post(f"{place}/close", data=sent)
    if answer:
        decide(client_of("manager"), place, agreed=answer, answer="As I said.")
    before = dues(app, cast)
    assert advocate.post(f"{place}/close", data=sent).status_code == 302
    assert dues(app, cast) == before


def test_why_a_case_was_to_open_again_is_kept_where_somebody_opened_it_before(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager, advocate = client_of("manager"), client_of("assigned_advocate")
    send(manager, f"{place}/close", **CLOSING)
    mine = hidden_fields(advocate.get(f"{place}/reopen"))
    on = {"on-day": "9", "on-month": "11", "on-year": "2026"}
    send(manager, f"{place}/reopen", why="She rang.", **on)
    late = advocate.post(f"{place}/reopen", data={**mine, **on, "why": MINE})
    assert late.status_code == 409
    assert MINE in late.text
    assert "She rang." in late.text
    assert len(stored(app, cast).body.earlier_closures) == 1
    assert advocate.get(f"{place}/reopen").status_code == 302


def test_opening_again_that_is_sent_twice_is_done_once(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager = client_of("manager")
    send(manager, f"{place}/close", **CLOSING)
    on = {"on-day": "9", "on-month": "11", "on-year": "2026"}
    sent = {**hidden_fields(manager.get(f"{place}/reopen")), **on, "why": "She rang."}
    for _ in range(2):
        assert manager.post(f"{place}/reopen", data=sent).status_code == 302
    assert len(stored(app, cast).body.earlier_closures) == 1
