"""Finding accounts and teams."""

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import NoResultFound

from caseapp.accounts import queries
from caseapp.accounts.models import Team
from caseapp.database import db
from tests.cast import Cast


def test_a_disabled_account_is_nobody(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert queries.load_signed_in(str(cast.nobody.user_id)) is None
        assert queries.load_signed_in(str(cast.colleague.user_id)) is not None


def test_an_unknown_address_finds_nobody(app: Flask) -> None:
    with app.app_context():
        assert queries.find_user_by_email("who-is-this@cast.example") is None


def test_accounts_are_listed_by_name_with_the_disabled_ones(app: Flask) -> None:
    with app.app_context():
        names = [user.display_name for user in queries.list_users()]
    assert names == sorted(names)
    assert "Nobody" in names
    assert len(names) == 8


def test_only_the_active_advocates_of_a_team_can_be_given_a_case(app: Flask, cast: Cast) -> None:
    team_id = cast.manager.team_id
    assert team_id is not None
    with app.app_context():
        advocates = queries.advocates_of_team(team_id)
    assert advocates == [
        (cast.assigned_advocate.user_id, "Assigned Advocate"),
        (cast.colleague.user_id, "Colleague"),
    ]


def test_names_of_many_ids_are_read_in_one_query_once_their_keys_are_warm(
    app: Flask, cast: Cast
) -> None:
    ids = [actor.user_id for actor in cast.actors.values()]
    with app.app_context():
        queries.names_of(ids)
        db.session.expunge_all()
        statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        names = queries.names_of(ids)
    assert names[cast.nobody.user_id] == "Nobody"
    assert len(names) == len(ids)
    assert len(statements) == 1


def test_no_ids_ask_nothing(app: Flask) -> None:
    with app.app_context():
        assert queries.names_of([]) == {}


def test_an_advocate_is_found_as_an_actor(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert queries.find_advocate(str(cast.colleague.user_id)) == cast.colleague
        with pytest.raises(NoResultFound):
            queries.find_advocate("00000000-0000-0000-0000-000000000000")


def test_teams_are_listed_by_name(app: Flask) -> None:
    with app.app_context():
        assert [team.name for team in queries.list_teams()] == ["Domestic abuse", "Youth violence"]
        assert db.session.scalars(select(Team)).first()
