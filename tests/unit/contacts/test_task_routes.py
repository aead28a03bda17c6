"""Tasks of a case: added, put off, handed over, done; two people at once; a closed case."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from caseapp.cases.models import Case
from caseapp.contacts.models import Task, TaskHead
from caseapp.contacts.task_actions import add_task
from caseapp.database import db, transaction
from tests.cast import Cast, open_a_case
from tests.closings import close
from tests.statements import counted_statements
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:30Z"):
        yield


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/tasks"


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


def answers(owner: UUID, what: str = "Ring the school", day: str = "27") -> dict[str, str]:
    return {
        "what": what,
        "due_on-day": day,
        "due_on-month": "5",
        "due_on-year": "2026",
        "owner": str(owner),
        "kind": "phone",
    }


@pytest.fixture
def task_path(app: Flask, advocate: FlaskClient, cast: Cast, place: str) -> str:
    """A task of the assigned advocate; its address."""
    send(advocate, f"{place}/new", **answers(cast.assigned_advocate.user_id))
    with app.app_context():
        return f"{place}/{db.session.scalars(select(Task.id)).one()}"


def stored(app: Flask) -> Task:
    with app.app_context():
        task = db.session.scalars(select(Task)).one()
        _ = (task.head, task.body)  # opened while there is a session
        return task


def post(client: FlaskClient, path: str, shown_at: str) -> int:
    return client.post(path, data=hidden_fields(client.get(shown_at))).status_code


def test_a_task_that_is_sent_twice_is_saved_once(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    mine = answers(cast.assigned_advocate.user_id)
    sent = {**hidden_fields(advocate.get(f"{place}/new")), **mine}
    assert [advocate.post(f"{place}/new", data=sent).status_code for _ in range(2)] == [302, 302]
    with app.app_context():
        assert db.session.scalar(select(func.count(Task.id))) == 1


def test_a_task_is_offered_to_caseworkers_of_the_team_alone(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    for stranger in (cast.other_team, cast.analyst, cast.nobody):
        assert send(advocate, f"{place}/new", **answers(stranger.user_id)).status_code == 422
    assert send(advocate, f"{place}/new", **answers(cast.manager.user_id)).status_code == 302
    assert stored(app).owner_id == cast.manager.user_id


def test_a_task_is_put_off_and_handed_over(
    app: Flask, advocate: FlaskClient, cast: Cast, task_path: str
) -> None:
    assert send(advocate, task_path, **answers(cast.colleague.user_id, day="29")).status_code == 302
    task = stored(app)
    assert (task.owner_id, task.head.due_on.day) == (cast.colleague.user_id, 29)
    assert task.body.steps[-1].what == "handed_over"


def test_the_second_of_two_who_change_a_task_sees_both(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, task_path: str
) -> None:
    manager, mine = client_of("manager"), cast.assigned_advocate.user_id
    seen = hidden_fields(manager.get(task_path))
    send(advocate, task_path, **answers(mine, what="Ring the college"))
    typed = answers(mine, what="Write to the school")
    page = manager.post(task_path, data={**seen, **typed})
    assert page.status_code == 409
    assert "Ring the college" in page.text
    assert "Write to the school" in page.text
    decided = {**hidden_fields(page), **typed, "merge-what": "mine"}
    assert manager.post(task_path, data=decided).status_code == 302
    assert stored(app).head.what == "Write to the school"


def test_a_task_is_done_and_opened_again(
    app: Flask, advocate: FlaskClient, place: str, task_path: str
) -> None:
    assert post(advocate, f"{task_path}/finish", place) == 302
    assert stored(app).status == "done"
    assert advocate.get(task_path).status_code == 404  # what is done is not put off
    assert post(advocate, f"{task_path}/open-again", place) == 302
    assert stored(app).status == "open"


def test_a_task_is_reached_through_its_own_case_alone(
    app: Flask, advocate: FlaskClient, cast: Cast, task_path: str
) -> None:
    with app.app_context(), transaction():
        other = open_a_case(cast.assigned_advocate, family_name="Nightjar").id
    foreign = f"/cases/{other}/tasks/{task_path.split('/')[-1]}"
    assert advocate.get(foreign).status_code == 404
    assert post(advocate, f"{foreign}/finish", f"/cases/{other}/tasks") == 404
    assert post(advocate, f"{foreign}/open-again", f"/cases/{other}/tasks") == 404
    assert advocate.get(f"/cases/{other}/tasks/{uuid4()}").status_code == 404
    assert stored(app).status == "open"


def test_a_closed_case_shows_its_tasks_and_changes_none(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, task_path: str
) -> None:
    with app.app_context(), transaction():
        close(db.session.get_one(Case, cast.case_id), cast.manager)
    page = advocate.get(place)
    assert "Ring the school" in page.text
    assert "Put off or hand over" not in page.text
    mine = answers(cast.assigned_advocate.user_id)
    for path in (f"{place}/new", task_path):
        refused = send(advocate, path, **mine)
        assert refused.status_code == 422
        assert "This case is closed" in refused.text
    assert post(advocate, f"{task_path}/finish", place) == 302
    assert "This case is closed" in advocate.get(place).text
    assert stored(app).status == "open"


@pytest.mark.usefixtures("task_path")
def test_the_case_page_says_what_is_to_be_done_next(advocate: FlaskClient, cast: Cast) -> None:
    page = advocate.get(f"/cases/{cast.case_id}").text
    assert "To do next" in page
    assert "Ring the school" in page


@pytest.mark.usefixtures("task_path")
def test_a_task_that_reaches_them_says_whether_it_is_safe_now(
    advocate: FlaskClient, place: str
) -> None:
    assert "Nobody has written down the days and hours that are safe." in advocate.get(place).text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"what": " "}, "Enter what has to be done"),
        ({"due_on-day": ""}, "must include a day"),
        ({"kind": "pigeon"}, "from the list"),
        ({"owner": "x"}, "from the list"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_question(
    advocate: FlaskClient, cast: Cast, place: str, wrong: dict[str, str], message: str
) -> None:
    sent = {**answers(cast.assigned_advocate.user_id), **wrong}
    page = send(advocate, f"{place}/new", **sent)
    assert page.status_code == 422
    assert message in page.text


@pytest.mark.parametrize("page", ["tasks", ""])
def test_a_page_with_many_tasks_takes_as_many_queries_as_one_with_few(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, task_path: str, page: str
) -> None:
    path = f"/cases/{cast.case_id}/{page}".rstrip("/")
    counts = []
    for many in (2, 20):
        with app.app_context(), transaction():
            case = db.session.get_one(Case, cast.case_id)
            for number in range(many):
                head = TaskHead(what=f"Number {number}", due_on=date(2026, 6, 1))
                add_task(uuid4(), case, head, (cast.colleague, cast.manager)[number % 2])
        advocate.get(path)  # what a process remembers is warm
        with counted_statements(app) as seen:
            assert task_path.split("/")[-1] in advocate.get(place).text
            assert advocate.get(path).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
