"""Relatives and linked cases: said once, read from both sides, never beyond the reader's cases."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.households.models import CaseLink, Relationship
from caseapp.people.models import Person
from tests.cast import Cast
from tests.statements import counted_statements
from tests.unit.households.conftest import OpenCase, reference_of
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]
TIES = ("relationships/new", "links/new")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


def codes(app: Flask, model: Any) -> list[str]:
    with app.app_context():
        return [row.head.code for row in db.session.scalars(select(model))]


def audited(app: Flask, kind: Kind) -> list[AuditEntry]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind.value)))


def hand_over(app: Flask, case_id: UUID, to: Actor) -> None:
    """The case goes to another team, as a transfer would leave it."""
    with app.app_context(), transaction():
        case = db.session.get_one(Case, case_id)
        assert to.team_id
        case.team_id, case.advocate_id = to.team_id, to.user_id
        record(Kind.CASE_CHANGED, actor=None, team_id=case.team_id, case_id=case.id)


def test_one_relationship_reads_right_from_either_side(
    app: Flask, client_of: ClientOf, place: str, other_case: OpenCase
) -> None:
    mother, reference = other_case(given_name="Philippa", born=date(1980, 2, 2))
    client = client_of("assigned_advocate")
    answer = send(client, f"{place}/relationships/new", reference=reference, code="parent")
    assert answer.status_code == 302
    own = client.get(f"{place}/household").text
    assert "Philippa" in own
    assert "Mother" in own
    theirs = client.get(f"/cases/{mother}/household").text
    assert "Zalika" in theirs
    assert "Daughter" in theirs
    assert codes(app, Relationship) == ["parent"]
    assert {entry.case_id for entry in audited(app, Kind.RELATIONSHIP_ADDED)} == {
        mother, client_case(place)
    }  # fmt: skip


def client_case(place: str) -> UUID:
    return UUID(place.rsplit("/", 1)[1])


def test_a_victim_here_who_is_suspected_there_is_linked_from_both_sides(
    app: Flask, client_of: ClientOf, place: str, other_case: OpenCase
) -> None:
    other, reference = other_case(given_name="Bartholomew")
    client = client_of("assigned_advocate")
    send(client, f"{place}/links/new", reference=reference, code="suspected_there")
    assert "This person is suspected in the other case" in client.get(f"{place}/household").text
    theirs = client.get(f"/cases/{other}/household").text
    assert "The person of the other case is suspected in this one" in theirs
    assert {entry.case_id for entry in audited(app, Kind.CASES_LINKED)} == {
        other, client_case(place)
    }  # fmt: skip


def test_who_is_suspected_is_told_to_those_alone_who_work_the_case(
    client_of: ClientOf, place: str, other_case: OpenCase
) -> None:
    _, reference = other_case(given_name="Bartholomew")
    send(
        client_of("assigned_advocate"),
        f"{place}/links/new",
        reference=reference,
        code="suspected_here",
    )
    assert "Bartholomew" in client_of("manager").get(f"{place}/household").text
    colleague = client_of("colleague").get(f"{place}/household").text
    assert "Bartholomew" not in colleague
    assert reference not in colleague
    assert "suspected" not in colleague


@pytest.mark.parametrize("path", TIES)
def test_a_case_of_another_team_is_answered_as_one_that_is_not_there(
    app: Flask, client_of: ClientOf, place: str, other_case: OpenCase, path: str
) -> None:
    _, foreign = other_case("other_team", given_name="Foreign")
    client = client_of("assigned_advocate")
    code = "sibling" if "relationships" in path else "same_household"
    answers = [
        send(client, f"{place}/{path}", reference=typed, code=code)
        for typed in (foreign, "2345-6789", "not a reference")
    ]
    assert {answer.status_code for answer in answers} == {422}
    for answer in answers:
        assert "There is no case with this reference that you can open" in answer.text
        assert "Foreign" not in answer.text
    refused = audited(app, Kind.CASE_REFUSED)
    assert [(entry.case_id, entry.detail) for entry in refused] == [(None, "{}")] * 3


def test_of_a_linked_case_in_another_team_only_its_being_there_is_told(
    app: Flask, client_of: ClientOf, cast: Cast, place: str, other_case: OpenCase
) -> None:
    other, reference = other_case(given_name="Bartholomew", family_name="Farwood")
    client = client_of("assigned_advocate")
    send(client, f"{place}/links/new", reference=reference, code="same_household")
    send(client, f"{place}/relationships/new", reference=reference, code="sibling")
    hand_over(app, other, cast.other_team)
    for who in ("assigned_advocate", "manager", "colleague"):
        page = client_of(who).get(f"{place}/household").text
        assert "There is a linked case with another team. Speak to your manager" in page
        assert "Somebody related to this person is known to another team" in page
        for secret in ("Bartholomew", "Farwood", reference, str(other), "Other Team", "Brother"):
            assert secret not in page
        assert "The same household" not in page
    assert "Zalika" not in client_of("other_team").get(f"/cases/{other}/household").text


def test_a_tie_that_leads_to_another_team_cannot_be_opened_or_ended(
    app: Flask, client_of: ClientOf, cast: Cast, place: str, other_case: OpenCase
) -> None:
    other, reference = other_case()
    client = client_of("assigned_advocate")
    send(client, f"{place}/links/new", reference=reference, code="same_household")
    send(client, f"{place}/relationships/new", reference=reference, code="sibling")
    hand_over(app, other, cast.other_team)
    with app.app_context():
        link, kin = (db.session.scalars(select(m.id)).one() for m in (CaseLink, Relationship))
    assert client.get(f"{place}/links/{link}").status_code == 404
    assert client.get(f"{place}/relationships/{kin}").status_code == 404


@pytest.mark.parametrize(
    ("path", "code", "message"),
    [
        ("relationships/new", "sibling", "Nobody is related to themselves"),
        ("links/new", "same_incident", "This is the reference of this very case"),
    ],
)
def test_nobody_is_tied_to_themselves(
    app: Flask, client_of: ClientOf, cast: Cast, place: str, path: str, code: str, message: str
) -> None:
    own = reference_of(app, cast.case_id)
    answer = send(client_of("assigned_advocate"), f"{place}/{path}", reference=own, code=code)
    assert answer.status_code == 422
    assert message in answer.text


def test_the_same_tie_is_not_recorded_twice_from_either_side(
    app: Flask, client_of: ClientOf, cast: Cast, place: str, other_case: OpenCase
) -> None:
    other, reference = other_case(born=date(1980, 2, 2))
    client, own = client_of("assigned_advocate"), reference_of(app, cast.case_id)
    send(client, f"{place}/relationships/new", reference=reference, code="parent")
    send(client, f"{place}/links/new", reference=reference, code="suspected_there")
    again = [
        send(client, f"{place}/relationships/new", reference=reference, code="parent"),
        send(client, f"/cases/{other}/relationships/new", reference=own, code="child"),
        send(client, f"{place}/links/new", reference=reference, code="suspected_there"),
        send(client, f"/cases/{other}/links/new", reference=own, code="suspected_here"),
    ]
    assert [answer.status_code for answer in again] == [422] * 4
    assert "recorded already" in again[1].text
    assert "linked in this way already" in again[3].text
    both_ways = send(client, f"{place}/links/new", reference=reference, code="suspected_here")
    assert both_ways.status_code == 302  # each says it of the other


def test_a_circle_of_parents_is_refused_and_one_of_linked_cases_is_not(
    app: Flask, client_of: ClientOf, cast: Cast, place: str, other_case: OpenCase
) -> None:
    mother, mothers = other_case(born=date(1980, 2, 2))
    gran, grans = other_case(born=None, given_name="Gran")
    client, own = client_of("assigned_advocate"), reference_of(app, cast.case_id)
    send(client, f"{place}/relationships/new", reference=mothers, code="parent")
    send(client, f"/cases/{mother}/relationships/new", reference=own, code="partner")
    with app.app_context(), transaction():
        forget_births()
    send(client, f"/cases/{mother}/relationships/new", reference=grans, code="parent")
    circle = send(client, f"/cases/{gran}/relationships/new", reference=own, code="parent")
    assert circle.status_code == 422
    assert "their own ancestor" in circle.text
    for one, reference in ((place, mothers), (f"/cases/{mother}", grans), (f"/cases/{gran}", own)):
        linked = send(client, f"{one}/links/new", reference=reference, code="co_victims")
        assert linked.status_code == 302
    assert client.get(f"{place}/household").status_code == 200


def forget_births() -> None:
    for person in db.session.scalars(select(Person)):
        person.head = replace(person.head, date_of_birth=None)
    record(Kind.PERSON_CHANGED, actor=None)


def test_a_parent_who_is_younger_than_the_child_is_refused(
    client_of: ClientOf, place: str, other_case: OpenCase
) -> None:
    _, younger = other_case(born=date(2012, 1, 1))
    answer = send(
        client_of("assigned_advocate"),
        f"{place}/relationships/new",
        reference=younger,
        code="parent",
    )
    assert answer.status_code == 422
    assert "dates of birth do not allow this" in answer.text


def test_a_tie_that_has_ended_stays_with_its_day_and_may_begin_anew(
    app: Flask, client_of: ClientOf, place: str, other_case: OpenCase
) -> None:
    other, reference = other_case()
    client = client_of("assigned_advocate")
    send(client, f"{place}/links/new", reference=reference, code="same_household")
    with app.app_context():
        link = db.session.scalars(select(CaseLink.id)).one()
    assert send(client, f"/cases/{other}/links/{link}").status_code == 302
    assert "Ended" in client.get(f"{place}/household").text
    again = send(client, f"{place}/links/new", reference=reference, code="same_household")
    assert again.status_code == 302
    assert len(audited(app, Kind.CASE_LINK_ENDED)) == 2


def test_a_form_that_is_sent_twice_makes_one_tie(
    app: Flask, client_of: ClientOf, place: str, other_case: OpenCase
) -> None:
    _, reference = other_case()
    client, sent = client_of("assigned_advocate"), {"record_id": str(uuid4())}
    for path, code in (("relationships/new", "sibling"), ("links/new", "same_household")):
        for _ in range(2):
            answer = send(client, f"{place}/{path}", reference=reference, code=code, **sent)
            assert answer.status_code == 302
    assert (codes(app, Relationship), codes(app, CaseLink)) == (["sibling"], ["same_household"])


def test_the_page_asks_no_more_of_the_database_for_more_ties(
    app: Flask, client_of: ClientOf, place: str, other_case: OpenCase
) -> None:
    client = client_of("assigned_advocate")

    def tie_one_more() -> int:
        _, reference = other_case()
        send(client, f"{place}/links/new", reference=reference, code="same_household")
        send(client, f"{place}/relationships/new", reference=reference, code="sibling")
        client.get(f"{place}/household")
        with app.app_context(), counted_statements() as seen:
            assert client.get(f"{place}/household").status_code == 200
        return len(seen)

    assert tie_one_more() == tie_one_more() == tie_one_more()
