"""A case goes from one of our teams to another, whole or not at all, on both kinds of database."""

from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import Team
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.cases.queries import search_cases
from caseapp.database import db, read_snapshot, transaction
from caseapp.oversight.record_check import check_records
from caseapp.people.models import Person
from caseapp.referrals.transfer_models import Transfer
from tests import closings
from tests.cast import Cast, open_a_case
from tests.homes import signed_in_client
from tests.visits import hidden_fields, send

NOTE = "Threats continue on the way home. She was promised a call on Friday."
YES = {"answer": "accepted"}
NO = {"answer": "declined", "words": "We have no place until June"}


class Scene:
    """The app, who is who, and what they do."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.place = f"/cases/{cast.case_id}"

    def client(self, name: str) -> FlaskClient:
        return signed_in_client(self.app, self.cast.actors[name])

    def asked(self, **answers: str) -> dict[str, str]:
        asked = {
            "to_team": str(self.cast.other_team.team_id),
            "why": "She lives with him now",
            "note": NOTE,
            "consent": "given",
            "person_told": "yes",
        }
        return asked | answers

    def ask(self, **answers: str) -> TestResponse:
        client = self.client("assigned_advocate")
        return send(client, f"{self.place}/transfer", **self.asked(**answers))

    @property
    def path(self) -> str:
        return f"/transfers/{self.transfer().id}"

    def answer(self, **answers: str) -> TestResponse:
        return send(self.client("other_manager"), self.path, **answers)

    def withdraw(self) -> TestResponse:
        client = self.client("assigned_advocate")
        token = hidden_fields(client.get(f"{self.place}/transfer"))["csrf_token"]
        path = f"{self.place}/transfer/{self.transfer().id}/withdraw"
        return client.post(path, data={"csrf_token": token})

    def transfer(self) -> Transfer:
        with self.app.app_context():
            transfer = db.session.scalars(select(Transfer)).one()
            _ = transfer.head, transfer.body
            return transfer

    def case(self) -> Case:
        with self.app.app_context():
            return db.session.get_one(Case, self.cast.case_id)

    def found_by(self, name: str, text: str = "quill") -> int:
        with self.app.app_context():
            return len(search_cases(self.cast.actors[name], text))

    def teams(self) -> tuple[UUID | None, UUID | None]:
        return self.cast.manager.team_id, self.cast.other_manager.team_id


@pytest.fixture
def scene(each_engine: tuple[Flask, Cast]) -> Scene:
    return Scene(*each_engine)


@pytest.fixture
def small(app: Flask, cast: Cast) -> Scene:
    """On the embedded engine alone."""
    return Scene(app, cast)


def test_until_it_is_accepted_the_case_stays_where_it_was(scene: Scene) -> None:
    assert scene.ask().location == scene.place
    assert scene.case().team_id == scene.cast.manager.team_id
    assert scene.client("other_manager").get(scene.place).status_code == 404
    assert scene.client("assigned_advocate").get(scene.place).status_code == 200


def test_an_accepted_case_changes_team_service_and_advocate_together(scene: Scene) -> None:
    scene.ask()
    done = scene.answer(**YES, advocate=str(scene.cast.other_team.user_id))
    assert done.location == scene.place
    case = scene.case()
    assert (case.team_id, case.advocate_id, case.service) == (
        scene.cast.other_team.team_id,
        scene.cast.other_team.user_id,
        "idva",
    )
    assert scene.transfer().status == "accepted"
    assert scene.client("other_team").get(scene.place).status_code == 200


def test_the_old_team_is_then_told_that_the_case_does_not_exist(scene: Scene) -> None:
    scene.ask()
    scene.answer(**YES)
    missing = f"/cases/{UUID(int=1)}"
    for name in ("assigned_advocate", "colleague", "manager"):
        client = scene.client(name)
        for rest in ("", "/transfer", "/referrals", "/sharing"):
            page = client.get(scene.place + rest)
            assert (page.status_code, page.data) == (404, client.get(missing + rest).data)


def test_the_name_is_found_by_the_new_team_and_by_the_old_one_no_more(scene: Scene) -> None:
    assert (scene.found_by("colleague"), scene.found_by("other_team")) == (1, 0)
    scene.ask()
    scene.answer(**YES)
    assert (scene.found_by("colleague"), scene.found_by("other_team")) == (0, 1)


def test_no_trace_of_the_name_is_left_in_the_old_teams_index(scene: Scene) -> None:
    """A foreign name and an absent one take the same way: not even the index knows it."""
    scene.found_by("colleague")
    scene.ask()
    scene.answer(**YES)
    scene.found_by("colleague")
    index = scene.app.extensions["name_search"]._index
    assert index.search([scene.cast.manager.team_id], "quill", 5) == []


def test_a_team_that_has_another_case_of_the_person_still_finds_that_one(scene: Scene) -> None:
    with scene.app.app_context(), transaction():
        second = open_a_case(scene.cast.assigned_advocate)
        second.person_id = scene.cast.person_id
        record(Kind.CASE_CHANGED, actor=None, case_id=second.id)
    scene.ask()
    scene.answer(**YES)
    assert (scene.found_by("colleague"), scene.found_by("other_team")) == (1, 1)


def test_both_teams_chains_are_told(scene: Scene) -> None:
    scene.ask()
    scene.answer(**YES)
    with scene.app.app_context():
        moved = select(AuditEntry).where(AuditEntry.kind == "case_transferred")
        entries = db.session.scalars(moved).all()
        assert {entry.chain_id for entry in entries} == set(scene.teams())
        assert {entry.case_id for entry in entries} == {scene.cast.case_id}
        assert {entry.actor_id for entry in entries} == {scene.cast.other_manager.user_id}


def test_the_records_and_the_audit_agree_after_a_transfer(scene: Scene) -> None:
    scene.ask()
    scene.answer(**YES)
    with scene.app.app_context(), read_snapshot() as session:
        heads, vault = scene.app.extensions["audit_heads"], scene.app.extensions["vault"]
        assert check_records(session, vault, heads).faults == ()


def test_the_other_manager_sees_what_they_need_and_nothing_else(small: Scene) -> None:
    small.ask()
    manager = small.client("other_manager")
    for path in ("/transfers", small.path):
        page = manager.get(path).text
        assert small.transfer().head.reference in page
        assert "High risk" in page
        assert "Quillfeather" not in page
        assert "Robbed twice" not in page
    assert NOTE in manager.get(small.path).text


def test_each_reading_of_the_note_is_written_down(small: Scene) -> None:
    small.ask()
    small.client("other_manager").get(small.path)
    with small.app.app_context():
        read = select(AuditEntry).where(AuditEntry.kind == "transfer_read")
        entry = db.session.scalars(read).one()
    assert (entry.case_id, entry.chain_id) == (small.cast.case_id, small.teams()[1])
    assert entry.reason == "leads_team"


def test_a_declined_case_stays_and_its_team_reads_why(small: Scene) -> None:
    small.ask()
    assert small.answer(**NO).location == "/transfers"
    assert small.case().team_id == small.cast.manager.team_id
    page = small.client("assigned_advocate").get(f"{small.place}/transfer").text
    assert NO["words"] in page
    assert small.ask().location == small.place  # and may ask again


def test_saying_no_asks_why(small: Scene) -> None:
    small.ask()
    page = small.answer(answer="declined")
    assert page.status_code == 422
    assert "Say why your team does not take it over" in page.text


def test_a_team_is_asked_once_at_a_time(small: Scene) -> None:
    small.ask()
    client = small.client("manager")
    hidden = hidden_fields(client.get(f"{small.place}/person/edit"))
    sent = small.asked(**{**hidden, "note": "Mine", "record_id": str(UUID(int=7))})
    page = client.post(f"{small.place}/transfer", data=sent)
    assert page.status_code == 422
    assert "A team is asked already" in page.text
    assert "Mine" in page.text
    assert small.transfer().body.note == NOTE


def test_a_request_sent_twice_is_one_request(small: Scene) -> None:
    small.ask()
    sent = {"record_id": str(small.transfer().id)}
    assert small.ask(**sent).location == small.place
    assert small.transfer()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"to_team": ""}, "Choose a team"),
        ({"to_team": str(UUID(int=3))}, "from the list"),
        ({"why": ""}, "Enter why"),
        ({"note": " "}, "Enter a hand-over note"),
        ({"note": "x" * 10_001}, "10,000"),
        ({"consent": ""}, "Choose whether they agreed"),
        ({"person_told": ""}, "Choose whether they know"),
    ],
)
def test_a_request_that_cannot_be_right_is_refused_beside_the_question(
    small: Scene, answers: dict[str, str], message: str
) -> None:
    page = small.ask(**answers)
    assert page.status_code == 422
    assert message in page.text
    with small.app.app_context():
        assert db.session.scalars(select(Transfer)).all() == []


def test_a_case_is_not_transferred_to_its_own_team(small: Scene) -> None:
    page = small.ask(to_team=str(small.teams()[0]))
    assert page.status_code == 422
    assert "in this team already" in page.text
    assert NOTE in page.text


def test_a_service_for_another_age_is_not_asked(small: Scene) -> None:
    with small.app.app_context(), transaction():
        person = db.session.get_one(Person, small.cast.person_id)
        person.head = replace(person.head, date_of_birth=date(2014, 1, 1))
        record(Kind.PERSON_CHANGED, actor=None, case_id=small.cast.case_id)
    page = small.ask()
    assert page.status_code == 422
    assert "aged 16 or over" in page.text


def test_a_closed_case_is_not_transferred(small: Scene) -> None:
    client = small.client("assigned_advocate")
    hidden = hidden_fields(client.get(f"{small.place}/transfer"))
    with small.app.app_context(), transaction():
        closings.close(db.session.get_one(Case, small.cast.case_id), small.cast.manager)
    page = client.post(f"{small.place}/transfer", data=small.asked(**hidden))
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert NOTE in page.text


def test_a_case_that_was_closed_meanwhile_is_not_taken_over(small: Scene) -> None:
    small.ask()
    with small.app.app_context(), transaction():
        closings.close(db.session.get_one(Case, small.cast.case_id), small.cast.manager)
    page = small.answer(**YES, words="Glad to")
    assert page.status_code == 409
    assert "closed or has moved" in page.text
    assert "Glad to" in page.text
    assert small.case().team_id == small.teams()[0]
    assert small.transfer().status == "asked"


def test_what_was_withdrawn_is_not_accepted(scene: Scene) -> None:
    scene.ask()
    manager, path = scene.client("other_manager"), scene.path
    seen = hidden_fields(manager.get(path))
    scene.withdraw()
    page = manager.post(path, data={**seen, **YES, "words": "Glad to"})
    assert page.status_code == 409
    assert "has withdrawn it" in page.text
    assert "Glad to" in page.text
    assert scene.case().team_id == scene.teams()[0]


def test_what_was_answered_is_not_withdrawn(small: Scene) -> None:
    small.ask()
    small.answer(**NO)
    small.withdraw()
    assert small.transfer().status == "declined"


def test_of_two_managers_who_answer_at_once_the_second_is_told(scene: Scene) -> None:
    scene.ask()
    second, path = second_manager(scene), scene.path
    seen = hidden_fields(second.get(path))
    scene.answer(**YES)
    page = second.post(path, data={**seen, **NO})
    assert page.status_code == 409
    assert "answered already" in page.text
    assert NO["words"] in page.text
    assert scene.case().team_id == scene.teams()[1]


def second_manager(scene: Scene) -> FlaskClient:
    with scene.app.app_context(), transaction():
        team = db.session.get_one(Team, scene.cast.other_manager.team_id)
        user = create_user("Second", "second@cast.example", Role.MANAGER, team, "no password")
        actor: Actor = user.actor
    return signed_in_client(scene.app, actor)


@pytest.mark.parametrize("who", ["manager", "assigned_advocate", "other_team", "analyst"])
def test_only_the_manager_of_the_team_that_is_asked_answers(small: Scene, who: str) -> None:
    small.ask()
    client = small.client(who)
    page = client.get(small.path)
    assert (page.status_code, page.data) == (404, client.get(f"/transfers/{UUID(int=1)}").data)


@pytest.mark.parametrize("who", ["colleague", "other_manager"])
def test_only_who_works_the_case_asks(small: Scene, who: str) -> None:
    assert small.client(who).get(f"{small.place}/transfer").status_code == 404


def test_the_advocate_is_one_of_the_team_that_takes_it_over(small: Scene) -> None:
    small.ask()
    page = small.answer(**YES, advocate=str(small.cast.colleague.user_id))
    assert page.status_code == 422
    assert small.case().team_id == small.teams()[0]
