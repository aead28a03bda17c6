"""No view without a policy: the app does not start with one, and would not serve it."""

from types import SimpleNamespace

import pytest
from flask import Flask

import caseapp.app
from caseapp.app import create_app
from caseapp.home import open_home
from caseapp.web.gate import UnmarkedView, mark_of, public, refuse_unmarked_views
from tests.cast import Cast
from tests.homes import running_app, signed_in_client


def bare_view(**_: object) -> str:
    return "everything about everybody"


def with_a_bare_view(app: Flask) -> None:
    app.add_url_rule("/everything", "everything", bare_view)


def test_every_view_says_who_may_come_in(app: Flask) -> None:
    assert [name for name, view in app.view_functions.items() if mark_of(view) is None] == []


def test_the_app_refuses_to_start_with_an_unmarked_view(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["settings"]
    careless_room = SimpleNamespace(install=with_a_bare_view)
    monkeypatch.setattr(caseapp.app, "ROOMS", (*caseapp.app.ROOMS, careless_room))
    with pytest.raises(UnmarkedView, match="everything"):
        create_app(settings, open_home(settings))


def test_the_refusal_names_the_views_and_nothing_else(app: Flask) -> None:
    with_a_bare_view(app)
    with pytest.raises(UnmarkedView, match=r"^no policy is declared for: everything$"):
        refuse_unmarked_views(app)


def test_an_unmarked_view_that_came_in_later_is_not_served(app: Flask, cast: Cast) -> None:
    with_a_bare_view(app)
    with running_app(app):
        for client in (app.test_client(), signed_in_client(app, cast.administrator)):
            answer = client.get("/everything")
            assert answer.status_code == 404
            assert b"everybody" not in answer.data


def test_a_view_of_a_case_can_only_be_reached_through_its_door(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        how = mark_of(app.view_functions[rule.endpoint])
        assert how
        assert how.opens_case is ("case_id" in rule.arguments), rule


def test_what_is_open_to_everybody_is_a_short_list(app: Flask) -> None:
    """Each name here was thought about: signing in, its steps, the files of the pages, and what
    the pages say of themselves."""
    views = app.view_functions
    open_to_all = {name for name, view in views.items() if mark_of(view) == mark_of(public(_any))}
    assert open_to_all <= {
        "static",
        "accounts.show_home",
        "accounts.sign_in",
        "accounts.enter_code",
        "accounts.choose_password",
        "accounts.set_up_second_factor",
        "accounts.sign_out",
        "web.show_accessibility",
        "web.show_privacy",
    }


def _any() -> None:
    """A view to compare with."""
