"""The audit as the administrator sees it, and as nobody else does."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.oversight import queries
from tests.cast import Cast
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-05-20 09:00Z") as clock:
        yield clock


@pytest.fixture
def administrator(client_of: ClientOf) -> FlaskClient:
    return client_of("administrator")


def verify_now(client: FlaskClient) -> str:
    return send(client, "/audit/verify", shown_at="/audit").text


def test_the_page_says_who_did_what_and_why_it_was_allowed(
    administrator: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    client_of("assigned_advocate").get(f"/cases/{cast.case_id}")
    page = administrator.get("/audit").text
    assert "Case opened" in page
    assert "Assigned Advocate, advocate" in page
    assert "Assigned</td>" in page
    assert str(cast.case_id)[:8] in page


def test_the_page_names_no_case_and_no_person(
    administrator: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    client_of("assigned_advocate").get(f"/cases/{cast.case_id}")
    page = administrator.get("/audit").text
    assert str(cast.case_id) not in page
    assert [name for name in ("Zalika", "Quillfeather") if name in page] == []


def test_looking_at_the_audit_is_written_into_it(
    app: Flask, administrator: FlaskClient, cast: Cast
) -> None:
    administrator.get("/audit")
    with app.app_context():
        kind = AuditEntry.kind == Kind.AUDIT_READ.value
        entry = db.session.scalars(select(AuditEntry).where(kind)).one()
    assert (entry.actor_id, entry.reason) == (cast.administrator.user_id, "administrator")


def test_an_audit_that_holds_is_said_to_hold(administrator: FlaskClient) -> None:
    page = verify_now(administrator)
    assert "The audit holds" in page
    assert "entries were verified on 20 May 2026" in page


def test_the_day_of_the_last_verification_is_shown(administrator: FlaskClient) -> None:
    assert "Not verified yet" in administrator.get("/audit").text
    verify_now(administrator)
    assert "Last verified on 20 May 2026" in administrator.get("/audit").text


def test_others_can_save_while_the_chains_are_read(
    app: Flask, administrator: FlaskClient, cast: Cast
) -> None:
    """On the embedded engine a request that is not careful keeps everybody else waiting."""
    waited: list[Any] = []

    def work() -> None:
        with app.app_context(), transaction():
            record(Kind.CASES_LISTED, actor=cast.manager)

    def save_meanwhile(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.rstrip().endswith("ORDER BY audit_entries.number") and not waited:
            other = Thread(target=work)
            waited.append(other)
            other.start()
            other.join(timeout=5)
            waited.append(other.is_alive())

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", save_meanwhile)
    assert "The audit holds" in verify_now(administrator)
    thread, was_kept_waiting = waited
    thread.join()
    assert not was_kept_waiting


def test_a_fault_is_shown_in_plain_words(app: Flask, administrator: FlaskClient) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entries SET role = 'analyst' WHERE number = 2"))
    page = verify_now(administrator)
    assert "The audit does not hold" in page
    assert "entry 2: this entry, or the one before it, was changed" in page


def test_what_was_found_is_written_into_the_audit(app: Flask, administrator: FlaskClient) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entries SET role = 'analyst' WHERE number = 5"))
    verify_now(administrator)
    with app.app_context():
        kind = AuditEntry.kind == Kind.AUDIT_VERIFIED.value
        detail = db.session.scalars(select(AuditEntry.detail).where(kind)).one()
    assert '"faults":1' in detail


def test_an_entry_with_a_moment_that_is_none_does_not_hide_the_page(
    app: Flask, administrator: FlaskClient
) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            text("UPDATE audit_entries SET at = '9999-99-99', detail = '[' WHERE number = 2")
        )
    page = administrator.get("/audit")
    assert page.status_code == 200
    assert "Cannot be read" in page.text


@pytest.mark.parametrize("who", ["assigned_advocate", "manager", "analyst"])
def test_nobody_but_the_administrator_finds_the_page(client_of: ClientOf, who: str) -> None:
    client = client_of(who)
    assert client.get("/audit").status_code == 404
    assert "/audit" not in client.get("/account").text


def test_older_entries_are_a_page_further(
    app: Flask, administrator: FlaskClient, cast: Cast, clock: time_machine.Traveller
) -> None:
    with app.app_context():
        for number in range(queries.PAGE_SIZE + 5):
            clock.shift(1)
            with transaction():
                record(Kind.CASES_LISTED, actor=cast.manager, detail={"cases": 1000 + number})
    first = administrator.get("/audit").text
    assert f"cases {1000 + queries.PAGE_SIZE + 4}" in first
    assert "cases 1004<" not in first
    older = first.split('href="/audit?before=')[1].split('"')[0]
    assert "cases 1004<" in administrator.get(f"/audit?before={older}").text


@pytest.mark.parametrize("before", ["", "x", "%00", "9" * 5000, "2026-05-20%27%20OR%201=1"])
def test_a_place_in_the_list_that_is_none_shows_a_page(
    administrator: FlaskClient, before: str
) -> None:
    assert administrator.get(f"/audit?before={before}").status_code == 200


def test_a_day_of_the_counts_is_a_day_of_the_borough(
    app: Flask, cast: Cast, clock: time_machine.Traveller
) -> None:
    """In summer the day begins at 11 in the evening of the day before, by UTC."""
    moments = ["2026-05-18 22:59:59", "2026-05-18 23:00:00", "2026-05-19 22:59:59"]
    with app.app_context():
        for moment in moments:
            clock.move_to(datetime.fromisoformat(f"{moment}+00:00").astimezone(UTC))
            with transaction():
                record(Kind.CASES_SEARCHED, actor=cast.manager)
        counts = queries.count_kinds(date(2026, 5, 18))["Cases searched"]
        assert {day.day: number for day, number in counts.items()} == {18: 1, 19: 2}
        later = queries.count_kinds(date(2026, 5, 19))["Cases searched"]
        assert {day.day: number for day, number in later.items()} == {19: 2}


def test_the_counts_are_made_on_postgresql_too(
    postgres_app: tuple[Flask, Cast],
) -> None:
    app, cast = postgres_app
    with app.app_context():
        for _ in range(3):
            with transaction():
                record(Kind.CASES_SEARCHED, actor=cast.manager)
        counts = queries.count_kinds(date(2026, 5, 18))
        assert counts["Cases searched"].total() == 3
        assert queries.newest_entries().lines[0].what == "Cases searched"
