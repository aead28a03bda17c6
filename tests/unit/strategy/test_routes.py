"""The pages of the action plan: added, changed, followed, looked at; and who may do which."""

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.strategy.models import Objective, PlannedAction
from tests.cast import Cast
from tests.shown_forms import shown_form, with_answers
from tests.unit.strategy.plans import TODAY, keep_plan, make_head, make_step
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
LATER = TODAY + timedelta(30)
NEW = "/action-plan/actions/new"
OBJECTIVE = {"title": "Victims are supported", "why": "More of them are safe.", "place": "1"}
ACTION = {
    "title": "Train every front desk",
    "owner": "Head of community safety",
    "due_on-day": "19",
    "due_on-month": "6",
    "due_on-year": "2026",
    "indicators": "34",
}
STEP = {
    "state": "delayed",
    "words": "The trainer left",
    "on-day": "19",
    "on-month": "5",
    "on-year": "2026",
}


def edit(analyst: FlaskClient, action: str, **answers: str) -> TestResponse:
    """Change some answers of the form that is shown now."""
    path = f"{action}/edit"
    return analyst.post(path, data=with_answers(shown_form(analyst.get(path)), **answers))


def words(page: TestResponse) -> str:
    return " ".join(html.unescape(page.text).split())


@pytest.fixture
def objective(app: Flask, analyst: FlaskClient) -> str:
    """The id of an objective."""
    send(analyst, "/action-plan/objectives/new", **OBJECTIVE)
    with app.app_context():
        return str(db.session.scalars(select(Objective.id)).one())


@pytest.fixture
def action(analyst: FlaskClient, objective: str) -> str:
    """The address of an action."""
    page = send(analyst, NEW, objective=objective, **ACTION)
    assert page.location
    return page.location


def test_an_action_is_added_under_its_objective_and_shown(
    analyst: FlaskClient, action: str
) -> None:
    page = words(analyst.get("/action-plan"))
    assert page.index("Victims are supported") < page.index("Train every front desk")
    assert "Complete: 0 of 1. Overdue: 0." in page
    page = words(analyst.get(action))
    assert "19 June 2026" in page
    assert "34. Actions on track, complete and overdue" in page
    assert "Not started" in page


def test_forms_sent_twice_make_one_record_each(
    app: Flask, analyst: FlaskClient, objective: str
) -> None:
    new = {**hidden_fields(analyst.get(NEW)), **ACTION, "objective": objective}
    places = {analyst.post(NEW, data=new).location for _ in range(2)}
    (place,) = places
    step = {**hidden_fields(analyst.get(place)), **STEP}
    assert [analyst.post(place, data=step).status_code for _ in range(2)] == [302, 302]
    path = "/action-plan/objectives/new"
    other = {**hidden_fields(analyst.get(path)), **OBJECTIVE}
    assert [analyst.post(path, data=other).status_code for _ in range(2)] == [302, 302]
    with app.app_context():
        (kept,) = db.session.scalars(select(PlannedAction)).all()
        assert len(kept.head.steps) == 1
        assert len(db.session.scalars(select(Objective)).all()) == 2


def test_a_change_keeps_what_was_there_before(analyst: FlaskClient, action: str) -> None:
    edit(analyst, action, owner="Police", **{"due_on-day": "20"})
    page = words(analyst.get(action))
    assert "Owner was: <bdi>Head of community safety</bdi>" in page
    assert "Due was: <bdi>19 June 2026</bdi>" in page
    assert "Action was" not in page
    assert "20 June 2026" in page


def test_a_form_that_changes_nothing_leaves_no_trace(
    app: Flask, analyst: FlaskClient, action: str
) -> None:
    assert edit(analyst, action).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(PlannedAction)).one().revision == 1


def test_two_people_who_change_an_action_meet_and_neither_is_lost(
    app: Flask, analyst: FlaskClient, action: str
) -> None:
    path = f"{action}/edit"
    shown = shown_form(analyst.get(path))
    edit(analyst, action, owner="Police")
    met = analyst.post(path, data=with_answers(shown, owner="Health"))
    assert met.status_code == 409
    assert "Police" in met.text
    assert "Health" in met.text
    with app.app_context():
        assert db.session.scalars(select(PlannedAction)).one().head.owner == "Police"


def test_progress_noted_by_two_people_is_all_kept(analyst: FlaskClient, action: str) -> None:
    first, second = (hidden_fields(analyst.get(action)) for _ in range(2))
    analyst.post(action, data={**first, **STEP})
    analyst.post(action, data={**second, **STEP, "state": "on_track", "words": "Another came"})
    page = words(analyst.get(action))
    assert page.index("Another came") < page.index("The trainer left")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"title": ""}, "Enter the action"),
        ({"owner": ""}, "Enter the owner"),
        ({"owner": "x" * 101}, "Owner must be 100 characters or fewer"),
        ({"due_on-day": "31"}, "Due must be a real date"),
        ({"objective": "no-such-objective"}, "Choose objective from the list"),
        ({"indicators": "37"}, "from the list"),
    ],
)
def test_a_wrong_answer_about_an_action_is_named(
    app: Flask, analyst: FlaskClient, objective: str, answers: dict[str, str], message: str
) -> None:
    page = send(
        analyst, f"{NEW}?objective=strange", **{**ACTION, "objective": objective, **answers}
    )
    assert page.status_code == 422
    assert message in words(page)
    with app.app_context():
        assert db.session.scalars(select(PlannedAction)).all() == []


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"state": ""}, "Choose how far it is"),
        ({"state": "nearly"}, "from the list"),
        ({"on-year": "2027"}, "Date must be today or in the past"),
        ({"link": "javascript:alert(1)"}, "must begin with https://"),
        ({"state": "complete"}, "Say what shows that it is complete"),
    ],
)
def test_a_wrong_answer_about_progress_is_named_and_nothing_typed_is_lost(
    analyst: FlaskClient, action: str, answers: dict[str, str], message: str
) -> None:
    page = send(analyst, action, **{**STEP, **answers})
    assert page.status_code == 422
    assert message in words(page)
    assert "The trainer left" in page.text
    assert "Nothing has been noted yet" in words(analyst.get(action))


def test_a_link_is_shown_and_tells_nobody_where_it_was_followed_from(
    analyst: FlaskClient, action: str
) -> None:
    send(analyst, action, **STEP, link="https://example.org/?a=1&b=2")
    link = re.search(r'<a[^>]*href="https://example[^>]*>', analyst.get(action).text)
    assert link
    assert 'rel="noreferrer noopener"' in link[0]
    assert "a=1&amp;b=2" in link[0]


def test_what_is_overdue_stands_on_top_and_each_way_to_look_shows_its_own(
    app: Flask, cast: Cast, analyst: FlaskClient
) -> None:
    plan = {
        "First": [make_head("in time", LATER), make_head("done", TODAY, make_step("complete"))],
        "Second": [make_head("too late", date(2026, 5, 1)), make_head("dropped", LATER)],
        "Third": [],
    }
    keep_plan(app, cast, plan)
    page = words(analyst.get("/action-plan"))
    assert page.index("Second") < page.index("First") < page.index("Third")
    assert page.index("too late") < page.index("dropped")
    assert page.count(">Overdue<") == 1
    assert titles(analyst.get("/action-plan?show=overdue")) == ["too late"]
    assert titles(analyst.get("/action-plan?show=complete")) == ["done"]
    assert set(titles(analyst.get("/action-plan?show=open"))) == {"too late", "in time", "dropped"}
    assert len(titles(analyst.get("/action-plan?show=nonsense"))) == 4
    for label in ("All (4)", "Overdue (1)", "Still to do (3)", "Complete (1)"):
        assert label in page


def titles(page: TestResponse) -> list[str]:
    return re.findall(r"<bdi>([^<]*)</bdi></a></th>", page.text)


def test_the_plan_leaves_as_csv_without_formulas(
    app: Flask, cast: Cast, analyst: FlaskClient
) -> None:
    keep_plan(app, cast, {"=One": [make_head("@risk", LATER, make_step("on_track"))]})
    answer = analyst.get("/action-plan/plan.csv")
    assert answer.mimetype == "text/csv"
    (row,) = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (row["Objective"], row["Action"]) == ("'=One", "'@risk")
    assert (row["State"], row["Overdue"], row["Due"]) == ("On track", "no", LATER.isoformat())


def test_a_manager_reads_the_plan_and_changes_nothing(
    client_of: ClientOf, analyst: FlaskClient, action: str
) -> None:
    manager = client_of("manager")
    assert "Train every front desk" in manager.get("/action-plan").text
    page = manager.get(action)
    assert page.status_code == 200
    for words_ in ("Save the progress", "Change this action", "Add an action"):
        assert words_ not in page.text + manager.get("/action-plan").text
    assert manager.get(f"{action}/edit").status_code == 404
    assert send(manager, action, shown_at="/account", **STEP).status_code == 404
    for name in ("assigned_advocate", "administrator"):
        assert client_of(name).get("/action-plan").status_code == 404


def test_each_change_is_in_the_audit_without_a_word_of_the_plan(
    app: Flask, cast: Cast, analyst: FlaskClient, action: str
) -> None:
    send(analyst, action, **STEP)
    edit(analyst, action, owner="Police")
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.kind == Kind.ACTION_PLAN_CHANGED)
        entries = db.session.scalars(query.order_by(AuditEntry.number)).all()
        assert [entry.detail for entry in entries] == [
            '{"what":"objective_added"}',
            '{"what":"action_added"}',
            '{"state":"delayed","what":"progress_noted"}',
            '{"what":"action_changed"}',
        ]
        assert {entry.actor_id for entry in entries} == {cast.analyst.user_id}
