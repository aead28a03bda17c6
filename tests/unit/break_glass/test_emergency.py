"""The glass: broken with a reason and a fresh sign-in, for an hour."""

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.audit.kinds import Kind
from caseapp.database import db, transaction
from tests.cast import PASSWORD, Cast, open_a_case
from tests.unit.break_glass.emergencies import (
    MINUTE,
    WORDS,
    ClientOf,
    break_glass,
    break_it,
    entries,
    reference_of,
)
from tests.visits import hidden_fields, send


@pytest.mark.parametrize("by", ["reference", "person"])
def test_the_case_opens_by_its_reference_or_by_name_and_birth(
    app: Flask, outsider: FlaskClient, cast: Cast, by: str
) -> None:
    named = (
        {"reference": reference_of(app, cast)}
        if by == "reference"
        else {
            "family_name": "QUILLFEATHER",
            "date_of_birth-day": "27",
            "date_of_birth-month": "3",
            "date_of_birth-year": "2009",
        }
    )
    answer = break_glass(outsider, **named)
    assert answer.location == f"/cases/{cast.case_id}"
    page = outsider.get(answer.location)
    assert page.status_code == 200
    assert "Emergency access until 11:00am" in page.text
    (entry,) = entries(app, Kind.GLASS_BROKEN)
    assert (entry.case_id, entry.actor_id) == (cast.case_id, cast.other_team.user_id)
    assert f'"found_by":"{by}"' in entry.detail
    (opened,) = entries(app, Kind.CASE_OPENED)
    assert opened.reason == "broke_glass"


def test_only_reading_and_notes_are_open(app: Flask, outsider: FlaskClient, cast: Cast) -> None:
    break_it(app, outsider, cast)
    case = f"/cases/{cast.case_id}"
    for path in ("", "/person", "/files", "/plans", "/notes/new"):
        page = outsider.get(case + path)
        assert page.status_code == 200, path
        assert "Emergency access until" in page.text, path
    for path in ("/close", "/allocate", "/incidents/new", "/who-opened", "/person/edit"):
        assert outsider.get(case + path).status_code == 404, path


def test_the_same_case_stays_closed_for_everybody_else(
    app: Flask, outsider: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    break_it(app, outsider, cast)
    assert client_of("other_manager").get(f"/cases/{cast.case_id}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": "x"}, "words"),
        ({"words": " " * 40}, "words"),
        ({"reason": ""}, "reason"),
        ({"password": ""}, "password"),
        ({"reference": ""}, "reference"),
        ({"reference": "7KQM"}, "reference"),
        ({"password": "not the password"}, "password"),
        ({"secret_code": "000000"}, "secret_code"),
    ],
)
def test_nothing_opens_while_an_answer_is_wrong_and_the_words_are_kept(
    app: Flask, outsider: FlaskClient, cast: Cast, changes: dict[str, str], field: str
) -> None:
    answer = break_glass(outsider, **{"reference": reference_of(app, cast), **changes})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert changes.get("words", WORDS).strip() in answer.text
    assert PASSWORD not in answer.text
    assert entries(app, Kind.GLASS_BROKEN) == []
    assert outsider.get(f"/cases/{cast.case_id}").status_code == 404


def test_guesses_at_the_password_are_slowed_down(
    app: Flask, outsider: FlaskClient, cast: Cast
) -> None:
    reference = reference_of(app, cast)
    pages = [break_glass(outsider, reference=reference, password="wrong") for _ in range(7)]
    assert "Too many tries" in pages[-1].text
    assert WORDS in pages[-1].text
    assert "Too many tries" in break_glass(outsider, reference=reference).text


def test_a_code_that_was_used_is_not_taken_again(
    app: Flask, outsider: FlaskClient, cast: Cast
) -> None:
    break_it(app, outsider, cast)
    assert break_glass(outsider, reference=reference_of(app, cast)).status_code == 422


def test_a_wrong_reference_and_a_case_of_ones_own_are_answered_and_written_down_alike(
    app: Flask, outsider: FlaskClient, cast: Cast, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction():
        own = open_a_case(cast.other_team, family_name="Ownling").head.reference
    pages = []
    for reference in ("2222-2222", own):
        clock.shift(MINUTE)
        page = break_glass(outsider, reference=reference)
        pages.append((page.status_code, "No case was opened" in page.text))
    assert pages == [(422, True)] * 2
    noted = entries(app, Kind.GLASS_NOT_BROKEN)
    assert len(noted) == 2
    assert len({(e.chain_id, e.case_id, e.subject_id, e.detail) for e in noted}) == 1
    # The code that was used is written down with it: the account's own row, and no other.
    assert {label for e in noted for label, _, _ in json.loads(e.writes)} == {"user"}
    assert entries(app, Kind.GLASS_BROKEN) == []


def test_two_people_of_one_name_and_birth_open_neither(
    app: Flask, outsider: FlaskClient, cast: Cast
) -> None:
    with app.app_context(), transaction():
        open_a_case(cast.assigned_advocate, given_name="Zuri")
    page = break_glass(
        outsider,
        family_name="Quillfeather",
        **{"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "2009"},
    )
    assert page.status_code == 422
    assert "No case was opened" in page.text


def test_before_the_glass_is_broken_a_foreign_case_and_a_missing_one_cost_the_same_statements(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    client = client_of("other_team")
    client.get("/emergency")
    seen = {}
    for case_id in (cast.case_id, uuid4()):
        statements: list[str] = []
        with app.app_context():
            listen = _listener(statements)
            assert client.get(f"/cases/{case_id}").status_code == 404
            listen()
        seen[case_id] = statements
    foreign, missing = seen.values()
    assert any("emergency_accesses" in statement for statement in missing)
    assert foreign == missing


def _listener(statements: list[str]) -> Callable[[], None]:
    from sqlalchemy import event

    def hear(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    return lambda: event.remove(engine, "before_cursor_execute", hear)


def test_after_an_hour_the_case_is_closed_again(
    app: Flask, outsider: FlaskClient, cast: Cast, clock: time_machine.Traveller
) -> None:
    break_it(app, outsider, cast)
    for _ in range(5):  # somebody who works on is not signed out
        clock.shift(11 * MINUTE)
        assert outsider.get(f"/cases/{cast.case_id}").status_code == 200
    clock.shift(6 * MINUTE)
    over = outsider.get(f"/cases/{cast.case_id}")
    assert over.status_code == 403
    assert "Your emergency access has ended" in over.text
    assert "Quillfeather" not in over.text
    clock.shift(25 * 60 * MINUTE)


def test_a_day_later_the_case_is_as_unknown_as_before(
    app: Flask, client_of: ClientOf, outsider: FlaskClient, cast: Cast
) -> None:
    break_it(app, outsider, cast)
    with time_machine.travel("2026-05-21 11:01Z", tick=False):
        client = client_of("other_team")
        answers = [client.get(f"/cases/{case}") for case in (cast.case_id, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].data == answers[1].data


def test_a_note_that_was_begun_in_the_hour_is_kept_and_saved_after_opening_again(
    app: Flask, outsider: FlaskClient, cast: Cast, clock: time_machine.Traveller
) -> None:
    break_it(app, outsider, cast)
    path = f"/cases/{cast.case_id}/notes/new"
    page = outsider.get(path)
    for _ in range(6):
        clock.shift(10 * MINUTE + 1)
        outsider.get("/account")
    words = "She is safe at her aunt's. The police have the reference."
    late = outsider.post(path, data={**hidden_fields(page), "fact": words})
    assert late.status_code == 403
    assert "What you typed is kept" in late.text
    again = break_glass(outsider, reference=reference_of(app, cast))
    assert again.location == "/account/kept-form"
    assert words in outsider.get("/account/kept-form").get_data(as_text=True).replace("&#39;", "'")


def test_it_can_be_given_back_early(app: Flask, outsider: FlaskClient, cast: Cast) -> None:
    break_it(app, outsider, cast)
    path = f"/cases/{cast.case_id}/emergency/end"
    assert send(outsider, path, shown_at=f"/cases/{cast.case_id}").status_code == 303
    assert outsider.get(f"/cases/{cast.case_id}").status_code == 403
    assert len(entries(app, Kind.GLASS_GIVEN_BACK)) == 1


def test_an_analyst_or_an_administrator_has_no_glass_to_break(client_of: ClientOf) -> None:
    for who in ("analyst", "administrator"):
        assert client_of(who).get("/emergency").status_code == 404
