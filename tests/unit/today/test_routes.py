"""The first page of the day: what it shows to whom, that it is noted, and what it costs."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import event, select

from caseapp.accounts.actions import disable_user
from caseapp.accounts.models import User
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases import contributions
from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.contacts.models import TaskHead
from caseapp.contacts.task_actions import add_task
from caseapp.database import db, transaction
from caseapp.people.models import PersonHead
from caseapp.referrals.incoming_actions import record_incoming
from caseapp.referrals.incoming_models import IncomingBody, IncomingHead
from caseapp.today.rules import SHOWN_FIRST
from tests.cast import Cast, open_a_case
from tests.filled_case import add_transfer

pytestmark = pytest.mark.usefixtures("morning")
ClientOf = Callable[[str], FlaskClient]
DUE = date(2026, 6, 1)


def newest_listing() -> tuple[str, dict[str, int]]:
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.kind == Kind.CASES_LISTED).order_by(
            AuditEntry.number.desc())
    ).first()  # fmt: skip
    assert entry
    return str(entry.actor_id), json.loads(entry.detail)


@contextmanager
def also_due(*kinds: tuple[str, bool]) -> Iterator[None]:
    """As if another room said that something is due in every case."""

    def source(_session: object, ids: object) -> Iterator[Due]:
        for case_id in ids:  # type: ignore[attr-defined]
            for kind, for_manager in kinds:
                yield Due(case_id=case_id, kind=kind, on=DUE, for_manager=for_manager)

    contributions.register_due(source)
    try:
        yield
    finally:
        contributions.due_sources.remove(source)


def give_advocate(app: Flask, case_id: object, user_id: object) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, case_id)
        case.advocate_id = user_id  # type: ignore[assignment]
        record(Kind.CASE_ALLOCATED, actor=None, team_id=case.team_id, case_id=case.id)


def test_an_advocate_sees_what_is_late_and_where_it_is_done(
    client_of: ClientOf, cast: Cast
) -> None:
    page = client_of("assigned_advocate").get("/today").text
    assert "Overdue" in page
    assert "Zalika Quillfeather" in page
    assert f'href="/cases/{cast.case_id}/risk"' in page
    assert "1 Jun 2026" in page


def test_a_colleague_does_not_see_the_work_of_others(client_of: ClientOf) -> None:
    page = client_of("colleague").get("/today").text
    assert "Zalika" not in page
    assert "There are no open cases yet" in page


def test_the_other_team_sees_nothing_of_it(client_of: ClientOf) -> None:
    for name in ("other_team", "other_manager"):
        page = client_of(name).get("/today").text
        assert "Zalika" not in page


def test_a_manager_sees_who_has_how_much_and_what_waits_for_a_decision(
    client_of: ClientOf,
) -> None:
    with also_due(("closure_approval", True)):
        page = client_of("manager").get("/today").text
        advocate = client_of("assigned_advocate").get("/today").text
    assert "For you to decide" in page
    assert "Agree that the case closes" in page
    assert "Agree that the case closes" not in advocate
    assert "Assigned Advocate" in page
    assert "No safety plan" in page


def test_cases_of_nobody_and_of_a_closed_account_are_pointed_out(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    manager = client_of("manager")
    with app.app_context(), transaction():
        other = open_a_case(cast.colleague, given_name="Waiting")
        other.advocate_id = None
        record(Kind.CASE_CHANGED, actor=None, team_id=other.team_id, case_id=other.id)
        disable_user(db.session.get_one(User, cast.assigned_advocate.user_id), cast.administrator)
    page = manager.get("/today").text
    assert "Nobody yet" in page
    assert "No longer an advocate of this team" in page
    assert "Waiting Quillfeather" in manager.get("/cases?advocate=nobody").text
    assert "Zalika" not in manager.get("/cases?advocate=nobody").text


def give_task(app: Flask, cast: Cast, owner: str, what: str, due_on: date = DUE) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        head, owner_id = TaskHead(what=what, due_on=due_on), cast.actors[owner].user_id
        add_task(uuid4(), case, head, cast.manager, owner_id=owner_id)


def test_the_task_of_somebody_who_left_is_on_the_day_of_whoever_has_the_case_now(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    give_task(app, cast, "assigned_advocate", "Ring the school")
    give_advocate(app, cast.case_id, cast.colleague.user_id)
    assert "Ring the school" not in client_of("colleague").get("/today").text
    with app.app_context(), transaction():
        disable_user(db.session.get_one(User, cast.assigned_advocate.user_id), cast.administrator)
    assert "Ring the school" in client_of("colleague").get("/today").text
    page = client_of("manager").get("/today").text
    assert "Colleague" in row_of(page, "Ring the school")
    assert "Assigned Advocate" not in page


@pytest.mark.parametrize("due_on", [DUE, date(2026, 6, 9)])
def test_a_manager_has_their_own_tasks_under_their_own_name(
    app: Flask, client_of: ClientOf, cast: Cast, due_on: date
) -> None:
    give_task(app, cast, "manager", "Ring the court", due_on)
    page = client_of("manager").get("/today").text
    decisions, others = page.split("What the team has to do")
    assert ">Manager<" in row_of(decisions, "Ring the court")
    assert "Ring the court" not in others
    assert "No longer an advocate" not in page
    assert "Ring the court" not in client_of("assigned_advocate").get("/today").text
    when = "overdue" if due_on == DUE else "week"
    assert "Ring the court" in client_of("manager").get(f"/today/{when}?what=decisions").text
    assert "Ring the court" not in client_of("manager").get(f"/today/{when}").text


def test_what_waits_for_the_team_and_is_no_case_of_it_yet_is_on_the_first_page(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        add_transfer(db.session.get_one(Case, cast.case_id), cast)
        person = PersonHead(given_name="Tariro", family_name="Moyo")
        for by in (cast.other_team, cast.other_team, cast.colleague):
            head = IncomingHead(received_on=DUE, person=person)
            record_incoming(uuid4(), head, IncomingBody(), by)
    asked, referred = "1 case that another team asks us to take over", "people referred to us"
    page = client_of("other_manager").get("/today").text
    assert f'href="/transfers">{asked}' in page
    assert f"2 {referred} who wait for an answer" in page
    assert "Nothing waits for you" not in page
    page = client_of("other_team").get("/today").text
    assert asked not in page
    assert f'href="/referrals-in">2 {referred}' in page
    for name in ("manager", "colleague"):
        page = client_of(name).get("/today").text
        assert asked not in page
        assert "1 person referred to us who waits for an answer" in page
        assert "Tariro" not in page


def test_safe_contact_stands_beside_what_means_contact_and_nothing_else(
    client_of: ClientOf,
) -> None:
    client = client_of("assigned_advocate")
    page = client.get("/today").text
    contact = row_of(page, "Make first contact")
    assert "Do not leave a voicemail" in contact
    assert "Do not leave a voicemail" not in row_of(page, "Review the case")


def row_of(page: str, words: str) -> str:
    (row,) = [row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if words in row]
    return str(row)


def test_the_page_is_noted_with_the_number_of_cases_that_it_shows(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        for _ in range(3):
            open_a_case(cast.assigned_advocate)
    for name, path, shown in (
        ("assigned_advocate", "/today", 4), ("assigned_advocate", "/today/overdue", 4),
        ("colleague", "/today", 0), ("manager", "/today", 4),
    ):  # fmt: skip
        client_of(name).get(path)
        with app.app_context():
            assert newest_listing() == (str(cast.actors[name].user_id), {"cases": shown})


def test_a_long_part_shows_its_beginning_and_leads_to_its_pages(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        for number in range(60):
            open_a_case(cast.assigned_advocate, given_name=f"Crowd{number:03}")
    client = client_of("assigned_advocate")
    with also_due(("task", False)):
        page = client.get("/today").text
        first, last = (client.get(f"/today/overdue?page={n}").text for n in (1, 10**6))
    overdue = page[page.index("Overdue") : page.index("Show all")]
    assert overdue.count("<tr") == SHOWN_FIRST["overdue"] + 1
    assert first.count("<tr") == 51
    assert "Previous" in last
    assert 1 < last.count("<tr") < 51


@pytest.mark.parametrize("path", ["/today/never", "/today/overdue?page=0",
                                  "/today/overdue?page=1000000000", "/today/later?what=decisions",
                                  "/today/overdue?page=-1&what=%00"])  # fmt: skip
def test_a_strange_address_is_no_fault_of_the_server(client_of: ClientOf, path: str) -> None:
    assert client_of("manager").get(path).status_code in {200, 404}


def test_a_review_of_years_ago_is_overdue_and_nothing_worse(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        case.head = replace(case.head, next_review_on=date(1987, 2, 28))
        record(Kind.CASE_CHANGED, actor=None, team_id=case.team_id, case_id=case.id)
    assert "28 Feb 1987" in client_of("assigned_advocate").get("/today").text


def statements_of(app: Flask, client: FlaskClient, path: str) -> list[str]:
    client.get(path)
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [each for each in seen if "owner_keys" not in each]


PATHS = ("/today", "/today/overdue", "/cases", "/cases?sort=review&page=2", "/cases?when=overdue")


@pytest.mark.parametrize("name", ["assigned_advocate", "manager"])
def test_two_thousand_cases_ask_the_database_no_more_often_than_a_hundred(
    app: Flask, client_of: ClientOf, cast: Cast, name: str
) -> None:
    client, counts = client_of(name), []
    for more in (100, 1900):
        with app.app_context():
            with transaction():
                for number in range(more):
                    open_a_case(cast.assigned_advocate, family_name=f"Of{number}")
            db.session.remove()
        counts.append({path: len(statements_of(app, client, path)) for path in PATHS})
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= 12
