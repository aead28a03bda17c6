"""A case goes from one of our teams to another, whole or not at all, on both kinds of database."""

from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import Team
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db, read_snapshot, transaction
from caseapp.oversight.record_check import check_records
from tests.cast import open_a_case
from tests.homes import signed_in_client
from tests.unit.transfers.transfer_scene import NO, YES, Scene
from tests.visits import hidden_fields


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
    assert scene.themes() == ("youth_violence", "domestic_abuse")
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


def test_what_was_to_do_goes_to_the_new_advocate_with_the_case(scene: Scene) -> None:
    scene.leave_work("Ring the school")
    before = scene.client("assigned_advocate").get("/today").text
    scene.ask()
    scene.answer(**YES, advocate=str(scene.cast.other_team.user_id))
    after = scene.client("other_team").get("/today").text
    led = scene.client("other_manager").get("/today").text
    for words in ("Ring the school", "Change the lock"):
        assert words in before
        assert words in after
        assert words in led
        assert words not in scene.client("assigned_advocate").get("/today").text
    assert "Assigned Advocate" not in led
