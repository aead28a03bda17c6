"""What a senior decides on a sharing without agreement, and until when."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.homes import signed_in_client
from tests.unit.sharing.log_book import (
    AGAINST,
    AGREED,
    DECISION,
    WITHDRAWN,
    close,
    due,
    page_of,
    second_manager,
    share_against,
    the_record,
    write_down,
)
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]


def test_a_manager_decides_with_words_and_it_is_due_no_longer(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    assert send(manager, path, **DECISION).location == place
    decision = the_record(app, cast).decision
    assert decision
    assert (decision.head.agrees, decision.body.words) == (True, DECISION["words"])
    assert due(app, cast) == []
    page = advocate.get(place).text
    assert "A senior agreed" in page
    assert DECISION["words"] in page


def test_a_manager_may_disagree(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    send(manager, page_of(app, cast, place, "decision"), **{**DECISION, "agrees": "no"})
    assert "A senior disagreed" in advocate.get(place).text
    assert (
        "A senior disagreed with sharing with MASH" in advocate.get(f"/cases/{cast.case_id}").text
    )


def test_a_decision_needs_words(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    page = send(manager, page_of(app, cast, place, "decision"), agrees="yes", words=" ")
    assert page.status_code == 422
    assert "Enter your reasons" in page.text
    assert the_record(app, cast).is_open


def test_a_decision_after_48_hours_is_shown_as_late(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    with time_machine.travel(datetime(2026, 5, 22, 9, 1, tzinfo=UTC), tick=False):
        advocate = client_of("assigned_advocate")
        assert "Late: a senior should have decided" in advocate.get(place).text
        send(client_of("manager"), page_of(app, cast, place, "decision"), **DECISION)
        page = advocate.get(place).text
    assert "A senior agreed" in page
    assert ">Late<" in page


def test_whoever_shared_it_does_not_decide_on_it(
    app: Flask, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(manager, place)
    path = page_of(app, cast, place, "decision")
    shown = manager.get(path)
    assert "another manager of the team has to decide" in shown.text
    assert "Save the decision" not in shown.text
    page = manager.post(path, data={**hidden_fields(shown), "revision": "1", **DECISION})
    assert page.status_code == 422
    assert DECISION["words"] in page.text
    assert the_record(app, cast).is_open
    assert due(app, cast) == [("sharing_decision", date(2026, 5, 22), True)]


def test_another_manager_decides_on_what_a_manager_shared(
    app: Flask, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(manager, place)
    second = signed_in_client(app, second_manager(app, cast))
    send(second, page_of(app, cast, place, "decision"), **DECISION)
    assert the_record(app, cast).decision


def test_whoever_corrected_it_does_not_decide_on_it_either(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    send(manager, page_of(app, cast, place, "correct"), **{**AGAINST, "what": "The road"})
    path = page_of(app, cast, place, "decision")
    sent = {**hidden_fields(manager.get(path)), "revision": "2", **DECISION}
    assert manager.post(path, data=sent).status_code == 422
    assert the_record(app, cast).is_open


@pytest.mark.parametrize("who", ["assigned_advocate", "colleague", "other_manager"])
def test_only_a_manager_of_the_team_decides(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, place: str, who: str
) -> None:
    share_against(advocate, place)
    assert client_of(who).get(page_of(app, cast, place, "decision")).status_code == 404


def test_of_two_managers_who_decide_at_once_the_second_is_told(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    second = signed_in_client(app, second_manager(app, cast))
    seen = hidden_fields(second.get(path))
    send(manager, path, **DECISION)
    page = second.post(path, data={**seen, "agrees": "no", "words": "She was not in danger"})
    assert page.status_code == 409
    assert "Another manager has decided" in page.text
    assert "She was not in danger" in page.text
    assert DECISION["words"] in page.text
    assert len(the_record(app, cast).steps) == 1


def test_a_decision_sent_twice_is_one_decision(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    sent = {**hidden_fields(manager.get(path)), **DECISION}
    assert [manager.post(path, data=sent).location for _ in range(2)] == [place] * 2
    assert len(the_record(app, cast).steps) == 1


def test_a_decision_is_made_on_what_the_entry_says_now(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    seen = hidden_fields(manager.get(path))
    send(advocate, page_of(app, cast, place, "correct"), **{**AGAINST, "what": "All of it"})
    page = manager.post(path, data={**seen, **DECISION})
    assert page.status_code == 409
    assert "corrected this entry" in page.text
    assert "All of it" in page.text
    again = {**hidden_fields(page), **DECISION}
    assert manager.post(path, data=again).location == place
    assert the_record(app, cast).decision


def test_what_is_corrected_after_the_decision_is_decided_again(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    send(manager, page_of(app, cast, place, "decision"), **DECISION)
    send(advocate, page_of(app, cast, place, "correct"), **{**AGAINST, "what": "All of it"})
    record = the_record(app, cast)
    assert record.is_open
    assert record.decision_on(record.versions[0])
    assert len(due(app, cast)) == 1


def test_a_closed_case_takes_no_entry_but_a_withdrawal(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    close(app, cast)
    page = write_down(advocate, place)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert AGREED["what"] in page.text
    assert send(advocate, page_of(app, cast, place, "withdrawal"), **WITHDRAWN).status_code == 302
    assert the_record(app, cast).withdrawal
