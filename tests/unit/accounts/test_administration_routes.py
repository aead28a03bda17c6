"""What administrators do with accounts and teams."""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from caseapp.access.actors import Actor
from caseapp.accounts.models import Team, User
from caseapp.database import db
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.visits import enter_password, give_second_factor, hidden_fields, is_signed_in, send


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """The administrator, signed in."""
    return signed_in_client(app, cast.administrator)


def user_of(app: Flask, actor: Actor) -> User:
    with app.app_context():
        return db.session.get_one(User, actor.user_id)


def path_of(actor: Actor, what: str = "") -> str:
    return f"/accounts/{actor.user_id}{what}"


@pytest.mark.parametrize("name", ["assigned_advocate", "manager", "analyst"])
@pytest.mark.parametrize("path", ["/accounts", "/accounts/new", "/teams/new"])
def test_nobody_else_learns_that_there_are_such_pages(
    app: Flask, cast: Cast, name: str, path: str
) -> None:
    assert signed_in_client(app, cast.actors[name]).get(path).status_code == 404


def test_the_list_shows_every_account_and_team(client: FlaskClient, cast: Cast) -> None:
    page = client.get("/accounts").text
    for name in cast.actors:
        assert cast.email(name) in page
    assert "Disabled" in page
    assert "Domestic abuse" in page


def add(client: FlaskClient, **answers: str) -> str:
    """Add an account; returns the page that the browser ends on."""
    page = client.get("/accounts/new")
    sent = {"name": "Nadia Osei", "email": "nadia@cast.example", "role": "advocate", **answers}
    answer = client.post("/accounts/new", data={**hidden_fields(page), **sent})
    return client.get(answer.location).text if answer.location else answer.text


def test_a_form_that_is_sent_twice_makes_one_account(
    app: Flask, client: FlaskClient, team_id: str
) -> None:
    sent = {
        **hidden_fields(client.get("/accounts/new")),
        "name": "Nadia Osei",
        "email": "nadia@cast.example",
        "role": "advocate",
        "team": team_id,
    }
    first, second = (client.post("/accounts/new", data=sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    with app.app_context():
        count = db.session.scalar(select(func.count()).select_from(User))
    assert count == 9


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"team": ""}, "Choose a team"),
        ({"email": "manager@cast.example"}, "Another account uses this email address"),
        ({"email": "MANAGER@cast.example"}, "Another account uses this email address"),
        ({"email": "nadia"}, "in the correct format"),
        ({"name": " "}, "Enter the person’s name"),
        ({"role": "owner"}, "Choose role from the list"),
        ({"team": "00000000-0000-0000-0000-000000000000"}, "Choose team from the list"),
    ],
)
def test_bad_answers_are_refused_beside_their_field_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, team_id: str, answers: dict[str, str], message: str
) -> None:
    page = add(client, **{"team": team_id, **answers})
    assert message in page
    assert "Nadia Osei" in page or not answers.get("name", "x").strip()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 8


def test_a_team_left_chosen_for_an_analyst_is_not_stored(
    app: Flask, client: FlaskClient, team_id: str
) -> None:
    add(client, role="analyst", team=team_id)
    with app.app_context():
        analysts = db.session.scalars(select(User.team_id).where(User.role == "analyst")).all()
    assert analysts == [None, None]


def change(client: FlaskClient, actor: Actor, **answers: str) -> tuple[int, str]:
    page = client.get(path_of(actor))
    typed = dict(re.findall(r'name="(name|email)"[^>]*?value="([^"]*)"', page.text, re.DOTALL))
    answer = client.post(path_of(actor), data={**hidden_fields(page), **typed, **answers})
    return answer.status_code, answer.text


def test_a_change_of_role_and_team_counts_at_the_next_request(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    colleague = signed_in_client(app, cast.colleague)
    assert colleague.get(f"/cases/{cast.case_id}").status_code == 200
    assert change(client, cast.colleague, role="analyst", team="")[0] == 303
    assert colleague.get(f"/cases/{cast.case_id}").status_code == 404


def test_a_new_address_is_the_one_to_sign_in_with(
    app: Flask, cast: Cast, client: FlaskClient, team_id: str
) -> None:
    give_second_factor(app, cast.colleague)
    status, _ = change(
        client, cast.colleague, email="married@cast.example", role="advocate", team=team_id
    )
    assert status == 303
    assert enter_password(app.test_client(), "married@cast.example").status_code == 303
    assert enter_password(app.test_client(), cast.email("colleague")).status_code == 422


def test_two_administrators_who_change_one_account_do_not_overwrite_each_other(
    cast: Cast, client: FlaskClient, team_id: str
) -> None:
    page = client.get(path_of(cast.colleague))
    answers = {
        **hidden_fields(page),
        "name": "First",
        "email": "colleague@cast.example",
        "role": "advocate",
        "team": team_id,
    }
    assert client.post(path_of(cast.colleague), data=answers).status_code == 303
    second = client.post(path_of(cast.colleague), data={**answers, "name": "Second"})
    assert second.status_code == 409
    assert "First" in second.text
    assert "Second" in second.text


def test_a_disabled_account_is_out_at_once_and_can_be_let_in_again(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    give_second_factor(app, cast.colleague)
    colleague = signed_in_client(app, cast.colleague)
    send(client, path_of(cast.colleague, "/disable"), shown_at=path_of(cast.colleague))
    assert not is_signed_in(colleague)
    assert enter_password(app.test_client(), cast.email("colleague")).status_code == 422
    send(client, path_of(cast.colleague, "/enable"), shown_at=path_of(cast.colleague))
    assert enter_password(app.test_client(), cast.email("colleague")).status_code == 303
    assert not is_signed_in(colleague)


def test_the_last_administrator_cannot_be_disabled_or_given_another_role(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    path = path_of(cast.administrator)
    send(client, f"{path}/disable", shown_at=path)
    assert is_signed_in(client)
    status, page = change(client, cast.administrator, role="analyst", team="")
    assert status == 422
    assert "last administrator" in page
    assert user_of(app, cast.administrator).role == "administrator"


def test_one_of_two_administrators_can_be_disabled(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    change(client, cast.analyst, role="administrator", team="")
    path = path_of(cast.administrator)
    send(client, f"{path}/disable", shown_at=path)
    assert not is_signed_in(client)


def test_a_reset_second_factor_is_set_up_anew_and_ends_sessions(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    give_second_factor(app, cast.colleague)
    colleague = signed_in_client(app, cast.colleague)
    send(client, path_of(cast.colleague, "/second-factor"), shown_at=path_of(cast.colleague))
    assert not is_signed_in(colleague)
    answer = enter_password(app.test_client(), cast.email("colleague"))
    assert answer.location == "/sign-in/second-factor"


def test_a_team_is_added_once(app: Flask, client: FlaskClient) -> None:
    answers = {"name": "Sexual violence", "service": "sexual_violence"}
    assert send(client, "/teams/new", **answers).status_code == 303
    again = send(client, "/teams/new", **answers)
    assert again.status_code == 422
    assert "Another team has this name" in again.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Team)) == 3


def test_an_account_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"/accounts/{UUID(int=7)}").status_code == 404
