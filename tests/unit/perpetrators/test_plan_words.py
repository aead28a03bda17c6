"""A plan that names who did it is not saved and not printed; whoever only shares a name may stand
on it, once the worker has said so of that very text."""

import html
import json
import re
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.contributions import naming_marks, naming_somebody
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.households.actions import add_child
from caseapp.households.models import ChildBody, ChildHead
from caseapp.perpetrators.actions import add_fact, add_perpetrator
from caseapp.perpetrators.models import AllegedPerpetrator, Fact, PerpetratorHead
from caseapp.plans.models import Plan, PlanVersion
from caseapp.prints.actions import NamesSomebody, insist_on_no_names
from caseapp.prints.paper import paper_of
from tests.cast import Cast
from tests.visits import hidden_fields

ClientOf = Callable[[str], FlaskClient]
DAY = date(2026, 5, 4)
REST = {
    "copy_is_safe": "yes",
    "review_on-day": "1",
    "review_on-month": "6",
    "review_on-year": "2026",
}
NAMED = "Do not name anybody who did harm"
BOXES = re.compile(r'<(?:textarea|input)[^>]*name="([^"]+)"[^>]*>')
WORDS = re.compile(r"^(?:own|worker|child)_|^(?:steps|places|people)-")
NOT_WORDS = re.compile(r"-may_know$")


@pytest.fixture
def new(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/plans/new/domestic_abuse"


@pytest.fixture
def accused(app: Flask, cast: Cast) -> UUID:
    """Torvald Grimshaw is said to have done it."""
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = PerpetratorHead(
            is_known=True, recorded_on=DAY, given_name="Torvald", family_name="Grimshaw"
        )
        return add_perpetrator(
            uuid4(), case, head, source="person", confidence="likely", by=cast.assigned_advocate
        ).id


def post(client: FlaskClient, path: str, **answers: str) -> TestResponse:
    return client.post(path, data={**hidden_fields(client.get(path)), **REST, **answers})


def marks_in(page: TestResponse) -> list[str]:
    return re.findall(r'name="somebody_else" type="checkbox" value="(\w+)"', page.text)


def versions(app: Flask) -> list[PlanVersion]:
    with app.app_context():
        found = list(db.session.scalars(select(PlanVersion).order_by(PlanVersion.number)))
        for version in found:
            _ = version.head, version.body  # opened while the session is there
        return found


def learn(app: Flask, cast: Cast, accused: UUID, what: str, text: str) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        perpetrator = db.session.get_one(AllegedPerpetrator, accused)
        fact = Fact(
            id=uuid4(), what=what, text=text, source="police", confidence="likely",
            noted_on=DAY, by=cast.assigned_advocate.user_id,
        )  # fmt: skip
        add_fact(case, perpetrator, fact, cast.assigned_advocate)


@pytest.mark.usefixtures("accused")
def test_a_name_is_refused_in_every_box_of_the_form(
    client_of: ClientOf, app: Flask, new: str
) -> None:
    client = client_of("assigned_advocate")
    page = client.get(new)
    named = set(BOXES.findall(page.text.partition("<form")[2]))
    boxes = {name for name in named if WORDS.search(name) and not NOT_WORDS.search(name)}
    assert len(boxes) > 50
    for name in sorted(boxes):
        refused = client.post(new, data={**hidden_fields(page), **REST, name: "Ask Torvald"})
        beside = refused.text.partition(f'id="{name}-error"')[2][:200]
        assert refused.status_code == 422, name
        assert NAMED in beside, name
        assert "Ask Torvald" in refused.text, name
    assert versions(app) == []


@pytest.mark.usefixtures("accused")
def test_who_shares_the_name_may_stand_there_once_the_worker_has_said_so(
    client_of: ClientOf, app: Flask, new: str
) -> None:
    client, words = client_of("assigned_advocate"), {"own_neighbours": "My cousin Torvald"}
    refused = post(client, new, **words)
    (mark,) = marks_in(refused)
    saved = post(client, new, **words, somebody_else=mark)
    assert saved.status_code == 302
    (version,) = versions(app)
    assert version.body.somebody_else == (mark,)
    with app.app_context():
        kind = AuditEntry.kind == Kind.PLAN_WRITTEN
        (entry,) = db.session.scalars(select(AuditEntry).where(kind))
        assert json.loads(entry.detail) == {"version": 1, "somebody_else": 1}
    asked_anew = post(client, f"{saved.location}/edit", **words)
    assert asked_anew.status_code == 422
    assert marks_in(asked_anew) == [mark]


@pytest.mark.usefixtures("accused")
def test_what_was_said_of_one_text_holds_for_no_other(
    client_of: ClientOf, app: Flask, new: str
) -> None:
    client = client_of("assigned_advocate")
    (mark,) = marks_in(post(client, new, own_neighbours="My cousin Torvald"))
    for other in ("My cousin Torvald.", "Torvald", "My cousin Torvald and Torvald Grimshaw"):
        assert post(client, new, own_neighbours=other, somebody_else=mark).status_code == 422
    two = post(
        client, new, own_neighbours="My cousin Torvald", own_at_home="Torvald", somebody_else=mark
    )
    assert two.status_code == 422
    assert html.unescape(two.text).count(f"Error:</span> {NAMED}") == 1
    assert post(client, new, own_neighbours="Torvald", somebody_else="").status_code == 422
    assert versions(app) == []


@pytest.mark.usefixtures("accused")
def test_a_full_name_cannot_be_said_to_be_somebody_elses(client_of: ClientOf, new: str) -> None:
    refused = post(client_of("assigned_advocate"), new, own_neighbours="Torvald Grimshaw")
    assert NAMED in refused.text
    assert marks_in(refused) == []


def test_what_is_learnt_later_undoes_what_was_said_before(
    app: Flask, cast: Cast, accused: UUID
) -> None:
    text = "My cousin Torvald, and Razor"
    with app.test_request_context():
        case = db.session.get_one(Case, cast.case_id)
        said = naming_marks(case, [text]).values()
        assert naming_somebody(case, [text], set(said)) == frozenset()
        db.session.rollback()
    learn(app, cast, accused, "other_name", "Razor")
    with app.test_request_context():
        case = db.session.get_one(Case, cast.case_id)
        assert naming_somebody(case, [text], set(said)) == {0}
        db.session.rollback()


def test_somebody_recorded_after_the_plan_stops_its_next_version(
    client_of: ClientOf, app: Flask, cast: Cast, accused: UUID, new: str
) -> None:
    client = client_of("assigned_advocate")
    saved = post(client, new, own_home="", own_neighbours="Razor has a key")
    assert saved.status_code == 302
    learn(app, cast, accused, "other_name", "Razor")
    refused = post(client, f"{saved.location}/edit", own_wellbeing="Music")
    assert refused.status_code == 422
    assert "Razor has a key" in refused.text
    assert len(versions(app)) == 1


def test_a_child_of_the_household_and_the_person_may_bear_the_name(
    client_of: ClientOf, app: Flask, cast: Cast, accused: UUID, new: str
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        child = ChildHead(name="Torvald Junior", date_of_birth=date(2019, 1, 1))
        add_child(uuid4(), case, child, ChildBody(), cast.assigned_advocate)
    client = client_of("assigned_advocate")
    assert post(client, new, own_children="Torvald Grimshaw").status_code == 422
    assert post(client, new, own_children="Torvald waits at school").status_code == 302


def test_a_name_that_was_confirmed_is_printed_until_more_is_known_of_who_did_it(
    client_of: ClientOf, app: Flask, cast: Cast, accused: UUID, new: str
) -> None:
    client, words = client_of("assigned_advocate"), {"own_neighbours": "Ask Torvald, not Razor"}
    (mark,) = marks_in(post(client, new, **words))
    assert post(client, new, **words, somebody_else=mark).status_code == 302
    assert why_not_printed(app) == ()
    learn(app, cast, accused, "other_name", "Razor")
    assert why_not_printed(app) == ("Neighbours and code word",)


def why_not_printed(app: Flask) -> tuple[str, ...]:
    """Headings of the sections of the one plan that name somebody."""
    with app.test_request_context():
        version = db.session.query(PlanVersion).one()
        case = db.session.get_one(Case, version.case_id)
        paper = paper_of(case, db.session.get_one(Plan, version.plan_id), version)
        try:
            insist_on_no_names(case, version, paper)
        except NamesSomebody as named:
            return named.headings
        finally:
            db.session.rollback()
    return ()
