"""The pages of a pack: whose they are, what they tell, what they refuse, and its download."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.access.actors import Role
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import Team
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.background import DONE
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.packs.files import path_of
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.statements import counted_statements
from tests.unit.packs.packing import (
    PASSWORD,
    choose,
    count_of,
    files_of,
    id_in,
    make,
    open_cases,
    press,
    send_options,
    state_of,
    wait_for_it,
    zip_of,
)
from tests.visits import hidden_fields

ClientOf = Callable[[str], FlaskClient]


@pytest.mark.parametrize("who", ["other_manager", "assigned_advocate", "administrator", "analyst"])
def test_nobody_else_is_told_that_the_pack_exists(
    app: Flask, cast: Cast, manager: FlaskClient, client_of: ClientOf, who: str
) -> None:
    place, stranger = make(manager, [cast.case_id]), client_of(who)
    for step in ("", "/options", "/download"):
        assert stranger.get(f"{place}{step}").status_code == 404
    token = {"csrf_token": hidden_fields(stranger.get("/account"))["csrf_token"]}
    for step in ("/options", "/cancel", "/again", "/remove"):
        assert stranger.post(f"{place}{step}", data=token).status_code == 404
    assert state_of(app, place) == DONE


def test_another_manager_of_the_team_sees_that_there_is_a_pack_and_cannot_open_it(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    with app.app_context(), transaction():
        team = db.session.get_one(Team, cast.manager.team_id)
        other = create_user("Second Manager", "second@cast.example", Role.MANAGER, team, "none")
        actor = other.actor
    place = make(manager, [cast.case_id])
    second = signed_in_client(app, actor)
    page = second.get("/packs").text
    assert "Ready" in page
    assert place not in page
    for step in ("", "/download"):
        assert second.get(f"{place}{step}").status_code == 404


def test_advocates_and_others_are_not_offered_packs(client_of: ClientOf) -> None:
    for who in ("assigned_advocate", "analyst", "administrator"):
        client = client_of(who)
        assert client.get("/packs").status_code == 404
        assert "Packs of plans" not in client.get("/account").text


def test_the_page_tells_which_number_is_whose_and_notes_that_it_did(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    place = make(manager, open_cases(app, cast, 2))
    before = count_of(app, Kind.CASES_LISTED)
    page = manager.get(place).text
    found = re.findall(r"(plan-\d+\.pdf)</th>.*?<bdi>([^<]+)</bdi>", page, re.DOTALL)
    assert [name for name, _ in found] == ["plan-001.pdf", "plan-002.pdf"]
    assert all("Kestrelwood" in who for _, who in found)
    assert count_of(app, Kind.CASES_LISTED) == before + 1


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"password": ""}, "Enter a password for the pack"),
        ({"password": "tiny-pw-9"}, "12 characters or more"),
        ({"password": "password1234"}, "easy to guess"),
        ({"password": "ж ю щ и э ъ ы ц д б " * 5}, "A PDF cannot take this password"),
        ({"unsafe": "because"}, "from the list"),
        ({"format": "braille"}, "from the list"),
        ({"language": "tlh"}, "from the list"),
        ({"shape": "rar"}, "from the list"),
    ],
)
def test_answers_that_do_not_fit_are_told_and_nothing_begins(
    app: Flask, cast: Cast, manager: FlaskClient, answers: dict[str, str], why: str
) -> None:
    options = choose(manager, [cast.case_id]).location
    page = send_options(manager, options, **answers)
    assert page.status_code == 422
    assert why in page.text
    assert state_of(app, options) == "waiting"
    if answers.get("password"):
        assert answers["password"] not in page.text


def test_sending_the_options_twice_makes_the_pack_once(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    cases = open_cases(app, cast, 1)
    options = choose(manager, cases).location
    form = {**hidden_fields(manager.get(options)), "format": "own", "language": "own"}
    form |= {"unsafe": "leave_out", "shape": "zip", "password": PASSWORD}
    for _ in range(2):
        with manager.post(options, data=form) as answer:
            assert answer.status_code == 303
    wait_for_it()
    assert count_of(app, Kind.PACK_BEGUN) == count_of(app, Kind.PLAN_PRINTED) == 1


def test_making_it_again_twice_makes_one_more(app: Flask, cast: Cast, manager: FlaskClient) -> None:
    place = make(manager, [cast.case_id])
    form = hidden_fields(manager.get(place))
    places = {manager.post(f"{place}/again", data=form).location for _ in range(2)}
    assert len(places) == 1


def test_the_manager_removes_a_pack_and_its_file_goes(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    place = make(manager, open_cases(app, cast, 1))
    assert press(manager, place, "remove").location == "/packs"
    assert files_of(app) == []
    assert manager.get(f"{place}/download").status_code == 404
    assert "This pack is removed" in manager.get(place).text
    assert count_of(app, Kind.PACK_REMOVED) == 1


def test_a_file_that_was_damaged_is_told_and_never_sent(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    place = make(manager, open_cases(app, cast, 1))
    with app.app_context():
        path = path_of(id_in(place))
        path.write_bytes(path.read_bytes()[:-1])
    assert manager.get(f"{place}/download").location == place
    assert "damaged" in manager.get(place).text


def test_a_pack_with_a_case_that_has_moved_to_another_team_is_not_handed_out(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    cases, other_team = open_cases(app, cast, 2), cast.other_manager.team_id
    assert other_team
    place = make(manager, cases)
    with app.app_context(), transaction():
        db.session.get_one(Case, cases[0]).team_id = other_team
        record(Kind.CASE_CHANGED, actor=None)
    answer = manager.get(f"{place}/download")
    assert (answer.status_code, answer.location) == (303, place)
    assert "no longer your team’s. Make the pack again" in manager.get(place).text
    assert count_of(app, Kind.PACK_DOWNLOADED) == 0
    place = press(manager, place, "again").location
    with send_options(manager, place) as begun:
        place = begun.location
    wait_for_it()
    assert zip_of(manager, place).namelist() == ["plan-001.pdf"]


def test_a_download_is_saved_and_never_shown_or_kept(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    place = make(manager, open_cases(app, cast, 1))
    with manager.get(f"{place}/download") as answer:
        assert answer.headers["Content-Disposition"] == "attachment; filename=plans.zip"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.content_length == len(answer.data)


def test_a_pack_of_the_demo_folder_is_readable_by_its_owner_alone(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    make(manager, open_cases(app, cast, 1))
    folder: Path = app.extensions["settings"].home / "packs"
    modes = [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())]
    assert modes == [0o700, 0o600]


def test_the_list_and_the_page_ask_as_much_of_the_database_for_many_as_for_few(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    def asked(path: str) -> int:
        vault = app.extensions["vault"]
        vault.drop_ciphers(list(vault._ciphers))
        with counted_statements(app) as statements:
            assert manager.get(path).status_code == 200
        return len(statements)

    cases = open_cases(app, cast, 6)
    one = make(manager, cases[:1])
    few = asked("/packs"), asked(one)
    many = make(manager, cases)
    assert (asked("/packs"), asked(many)) == few
