"""The pages: a manager's own team with its cases, all teams in bands for an analyst."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.data_quality import counts
from caseapp.data_quality.counting import count_team
from caseapp.database import db, read_snapshot, transaction
from caseapp.people.models import Person
from tests.cast import Cast, open_a_case
from tests.statements import counted_statements

ClientOf = Callable[[str], FlaskClient]
SEX, OWN = "/data-quality/cases?field=sex", "Quillfeather"


@pytest.fixture
def without_sex(app: Flask, cast: Cast) -> None:
    """Nobody asked the one person of the cast; nor somebody of the other team."""
    with app.app_context(), transaction():
        other = open_a_case(cast.other_team, given_name="Ottoline", family_name="Farnaby")
        for person_id in (cast.person_id, other.person_id):
            person = db.session.get_one(Person, person_id)
            person.head = replace(person.head, sex="not_known")
        record(Kind.PERSON_CHANGED, actor=cast.manager, team_id=cast.manager.team_id)


def wait_for_the_count() -> None:
    for thread in threading.enumerate():
        if thread.name == "data-quality":
            thread.join()


def entries(app: Flask, kind: Kind) -> list[AuditEntry]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind)))


@pytest.mark.usefixtures("without_sex")
def test_a_manager_sees_how_much_is_missing_and_goes_to_the_cases(client_of: ClientOf) -> None:
    page = client_of("manager").get("/data-quality").text
    row = page.split(">Sex<")[1].split("</tr>")[0]
    assert "1 of 1" in row
    assert "100%" in row
    assert "field=sex" in row
    listed = client_of("manager").get(SEX)
    assert OWN in listed.text
    assert "Farnaby" not in listed.text


@pytest.mark.usefixtures("without_sex")
def test_another_teams_cases_are_not_listed(client_of: ClientOf) -> None:
    listed = client_of("other_manager").get(SEX).text
    assert OWN not in listed
    assert "Farnaby" in listed


@pytest.mark.usefixtures("without_sex")
def test_what_was_filled_in_is_gone_from_the_list(
    app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    with app.app_context(), transaction():
        person = db.session.get_one(Person, cast.person_id)
        person.head = replace(person.head, sex="female")
        record(Kind.PERSON_CHANGED, actor=cast.manager, team_id=cast.manager.team_id)
    listed = client_of("manager").get(SEX).text
    assert OWN not in listed
    assert "Nothing is missing" in listed


@pytest.mark.parametrize("who", ["assigned_advocate", "colleague", "administrator"])
def test_nobody_else_comes_in(client_of: ClientOf, who: str) -> None:
    for path in ("/data-quality", SEX):
        assert client_of(who).get(path).status_code == 404


@pytest.mark.usefixtures("without_sex")
def test_an_analyst_has_no_list_of_cases_and_no_number_of_a_small_team(client_of: ClientOf) -> None:
    analyst = client_of("analyst")
    assert analyst.get(SEX).status_code == 404
    assert analyst.get("/data-quality").location == "/data-quality/teams"
    page = analyst.get("/data-quality/teams").text
    assert "nothing to compare" in page
    assert OWN not in page
    assert "/data-quality/cases" not in page


def test_a_manager_does_not_compare_teams(client_of: ClientOf) -> None:
    assert client_of("manager").get("/data-quality/teams").status_code == 404


@pytest.mark.parametrize("path", ["/data-quality/cases", "/data-quality/cases?field=nonsense"])
def test_a_fact_that_there_is_not_leads_back_to_all_of_them(client_of: ClientOf, path: str) -> None:
    answer = client_of("manager").get(path)
    assert (answer.status_code, answer.location) == (302, "/data-quality")
    assert client_of("analyst").get(path).status_code == 404


@pytest.mark.parametrize("asked", ["opened=7", "opened=", "sort=x", "opened=3&sort=closed"])
def test_an_address_that_makes_no_sense_shows_everything(client_of: ClientOf, asked: str) -> None:
    assert client_of("manager").get(f"/data-quality?{asked}").status_code == 200


def test_each_look_is_noted_with_the_team(app: Flask, cast: Cast, client_of: ClientOf) -> None:
    client_of("manager").get("/data-quality")
    (own,) = entries(app, Kind.QUALITY_LOOKED_AT)
    assert (own.chain_id, own.actor_id) == (cast.manager.team_id, cast.manager.user_id)
    assert own.reason == "leads_team"
    client_of("analyst").get("/data-quality/teams")
    teams = {entry.chain_id for entry in entries(app, Kind.QUALITY_LOOKED_AT)}
    assert teams == {cast.manager.team_id, cast.other_manager.team_id}


@pytest.mark.usefixtures("without_sex")
def test_a_list_of_cases_is_noted_too(app: Flask, client_of: ClientOf) -> None:
    client_of("manager").get(SEX)
    (entry,) = entries(app, Kind.CASES_LISTED)
    assert entry.detail == '{"cases":1}'


def test_a_record_that_cannot_be_opened_is_a_line_of_its_own_and_hides_no_other(
    app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    with app.app_context(), transaction():
        damaged = open_a_case(cast.assigned_advocate, given_name="Damla", family_name="Ersoy")
        db.session.flush()
        statement = "UPDATE cases SET risk_level = 'medium' WHERE id = ?"
        db.session.connection().exec_driver_sql(statement, (damaged.id.hex,))
    page = client_of("manager").get("/data-quality").text
    row = page.split("tell your administrator")[1].split("</tr>")[0]
    assert "1 of 2" in row


def test_a_large_team_is_counted_behind_the_page_and_shown_when_it_is_ready(
    app: Flask, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "AT_ONCE", 0)
    manager = client_of("manager")
    first = manager.get("/data-quality")
    assert "Counting what is missing" in first.text
    assert first.headers["Refresh"] == "3"
    wait_for_the_count()
    assert "Counted on" in manager.get("/data-quality").text


def test_a_count_that_fails_is_said_and_not_begun_again_and_again(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(counts, "AT_ONCE", 0)
    monkeypatch.setattr(counts, "count_team", fail)
    manager = client_of("manager")
    manager.get("/data-quality")
    wait_for_the_count()
    answer = manager.get("/data-quality")
    assert answer.status_code == 503
    assert "could not be counted" in answer.text


def test_more_cases_do_not_need_more_statements(app: Flask, cast: Cast) -> None:
    team_id = cast.assigned_advocate.team_id
    assert team_id

    def statements() -> int:
        with app.app_context(), read_snapshot() as session, counted_statements() as made:
            count_team(session, team_id)
        return len(made)

    statements()  # the first one opens connections and fetches keys
    before = statements()
    with app.app_context(), transaction():
        for number in range(5):
            open_a_case(cast.assigned_advocate, given_name=f"Person {number}")
    assert statements() <= before
