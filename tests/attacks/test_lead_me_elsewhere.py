"""The attacker wants a fresh sign-in to end on a page of theirs, where it is asked for again."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.visits import give_second_factor, sign_in

ELSEWHERE = [
    "//evil.example/cases",
    "/\\evil.example/cases",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/cases//evil.example",
    "/https://evil.example",
    "/cases;@evil.example",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_path_that_looks_like_another_host_is_never_gone_to(
    app: Flask, cast: Cast, path: str
) -> None:
    give_second_factor(app, cast.assigned_advocate)
    client = app.test_client()
    client.get(path)
    client.get("/cases")
    client.get(path)
    assert sign_in(client, cast.email("assigned_advocate")).location == "/cases"


@pytest.mark.parametrize("name", ["next", "next_path", "url", "return_to"])
def test_no_parameter_says_where_to_go(app: Flask, cast: Cast, name: str) -> None:
    give_second_factor(app, cast.assigned_advocate)
    client = app.test_client()
    client.get(f"/sign-in?{name}=https://evil.example")
    assert sign_in(client, cast.email("assigned_advocate")).location == "/today"


def test_a_forged_host_stays_out_of_the_way_that_is_gone(app: Flask, cast: Cast) -> None:
    give_second_factor(app, cast.assigned_advocate)
    answer = app.test_client().get("/cases", headers={"Host": "evil.example"})
    assert answer.location == "/sign-in"
