"""Children in the household: added, changed, gone; each with its word in the audit."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.clock import today
from caseapp.database import db
from caseapp.households.models import Child
from tests.cast import Cast, open_a_case
from tests.statements import counted_statements
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
CHILD = {
    "name": "Tamsin",
    "date_of_birth-day": "3",
    "date_of_birth-month": "4",
    "date_of_birth-year": "2019",
    "relationship_to_person": "child",
    "relationship_to_perpetrator": "stepchild",
    "lives_with": "person",
    "social_care_status": "child_in_need",
    "mash_reference": "MASH-77",
    "school": "Heron Primary",
    "effects": "heard",
    "note": "She hides under the stairs.",
}


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


def children(app: Flask) -> list[Child]:
    with app.app_context():
        found = list(db.session.scalars(select(Child)))
        for child in found:
            _ = child.head, child.body
        return found


def kinds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.kind)))


def edit_url(app: Flask, place: str) -> str:
    return f"{place}/children/{children(app)[0].id}"


def dated(name: str, days: int) -> dict[str, str]:
    """The three boxes of a date that lies `days` from today."""
    day = today() + timedelta(days=days)
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def test_a_child_is_recorded_and_shown_with_all_that_was_said(
    app: Flask, client_of: ClientOf, place: str
) -> None:
    client = client_of("assigned_advocate")
    assert send(client, f"{place}/children/new", **CHILD).status_code == 302
    page = client.get(f"{place}/household").text
    for words in ("Tamsin", "3 April 2019", "Stepchild", "Heard it", "Child in need", "MASH-77"):
        assert words in page
    assert "child_added" in kinds(app)


def test_who_may_not_read_of_the_alleged_perpetrator_is_not_told_whose_child_it_is(
    client_of: ClientOf, place: str
) -> None:
    send(client_of("assigned_advocate"), f"{place}/children/new", **CHILD)
    page = client_of("colleague").get(f"{place}/household").text
    assert "Tamsin" in page
    assert "alleged perpetrator" not in page
    assert "Stepchild" not in page


def test_a_child_form_that_is_sent_twice_makes_one_child(
    app: Flask, client_of: ClientOf, place: str
) -> None:
    client = client_of("assigned_advocate")
    answers = hidden_fields(client.get(f"{place}/children/new")) | CHILD
    for _ in range(2):
        assert client.post(f"{place}/children/new", data=answers).status_code == 302
    assert len(children(app)) == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"date_of_birth-year": "2001"}, "They are 18 or over"),
        (dated("date_of_birth", 3), "The date of birth is in the future"),
        (dated("expected_on", 30), "not both"),
        ({"name": " "}, "Enter a name"),
        ({"relationship_to_person": ""}, "Choose what the child is to the person"),
        ({"lives_with": "on_the_moon"}, "from the list"),
    ],
)
def test_what_cannot_be_said_of_a_child_is_refused_and_nothing_typed_is_lost(
    app: Flask, client_of: ClientOf, place: str, answers: dict[str, str], message: str
) -> None:
    answer = send(client_of("assigned_advocate"), f"{place}/children/new", **(CHILD | answers))
    assert answer.status_code == 422
    assert message in answer.text
    assert "She hides under the stairs." in answer.text
    assert children(app) == []


def test_an_expected_date_that_has_passed_is_refused(
    app: Flask, client_of: ClientOf, place: str
) -> None:
    unborn = {k: v for k, v in CHILD.items() if not k.startswith("date_of_birth")}
    client = client_of("assigned_advocate")
    late = send(client, f"{place}/children/new", **(unborn | dated("expected_on", -1)))
    assert "The expected date has passed" in late.text
    due = send(client, f"{place}/children/new", **(unborn | dated("expected_on", 60)))
    assert due.status_code == 302
    assert children(app)[0].head.expected_on == today() + timedelta(days=60)


def test_two_who_change_one_child_meet_on_a_page_with_both_versions(
    app: Flask, client_of: ClientOf, place: str
) -> None:
    client = client_of("assigned_advocate")
    send(client, f"{place}/children/new", **CHILD)
    url = edit_url(app, place)
    old = hidden_fields(client.get(url))
    quick = send(client_of("manager"), url, **(CHILD | {"school": "Kestrel Academy"}))
    assert quick.status_code == 302
    late = client.post(url, data=old | CHILD | {"note": "She sleeps badly."})
    assert late.status_code == 409
    assert "Kestrel Academy" in late.text
    assert "She sleeps badly." in late.text
    assert children(app)[0].head.school == "Kestrel Academy"
    again = client.post(url, data=hidden_fields(late) | CHILD | {"note": "She sleeps badly."})
    assert again.status_code == 302
    assert children(app)[0].body.note == "She sleeps badly."


def test_a_child_who_left_stays_in_the_record_with_the_day(
    app: Flask, client_of: ClientOf, place: str
) -> None:
    client = client_of("assigned_advocate")
    send(client, f"{place}/children/new", **CHILD)
    send(client, edit_url(app, place), **(CHILD | dated("ended_on", -2)))
    page = client.get(f"{place}/household").text
    assert "No longer in the household since" in page
    assert "child_left" in kinds(app)
    before_birth = {"ended_on-day": "1", "ended_on-month": "1", "ended_on-year": "2018"}
    refused = send(client, edit_url(app, place), **(CHILD | before_birth))
    assert "cannot leave the household before being born" in refused.text


def test_a_closed_case_takes_no_child(app: Flask, client_of: ClientOf, cast: Cast) -> None:
    from caseapp.audit.chain import record
    from caseapp.audit.kinds import Kind
    from caseapp.cases.models import Case
    from caseapp.database import transaction

    client, place = client_of("assigned_advocate"), f"/cases/{cast.case_id}"
    with app.app_context(), transaction():
        db.session.get_one(Case, cast.case_id).status = "closed"
        record(Kind.CASE_CLOSED, actor=None, case_id=cast.case_id)
    answer = send(client, f"{place}/children/new", **CHILD)
    assert answer.status_code == 422
    assert "This case is closed" in answer.text
    assert children(app) == []


def test_a_child_of_another_household_is_not_there(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    from caseapp.database import transaction

    client = client_of("assigned_advocate")
    send(client, f"{place}/children/new", **CHILD)
    with app.app_context(), transaction():
        other = open_a_case(cast.assigned_advocate, family_name="Otherwood").id
    foreign = f"/cases/{other}/children/{children(app)[0].id}"
    assert client.get(foreign).status_code == 404
    assert client.post(foreign, data=hidden_fields(client.get(place)) | CHILD).status_code == 404


def test_the_page_asks_no_more_of_the_database_for_more_children(
    app: Flask, client_of: ClientOf, place: str
) -> None:
    client = client_of("assigned_advocate")

    def asked() -> int:
        with app.app_context(), counted_statements() as seen:
            assert client.get(f"{place}/household").status_code == 200
        return len(seen)

    client.get(f"{place}/household")
    send(client, f"{place}/children/new", **CHILD)
    one = asked()
    for name in ("Ben", "Cleo", "Dora"):
        send(client, f"{place}/children/new", **(CHILD | {"name": name}))
    assert asked() == one
