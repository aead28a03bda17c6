"""Where people arrive after signing in."""

import pytest
from flask import Flask

from caseapp.access.actors import Role
from caseapp.accounts.destinations import home_endpoint, is_page_of_ours


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_that_is_there(app: Flask, role: Role) -> None:
    with app.test_request_context("/"):
        assert home_endpoint(role) in app.view_functions


@pytest.mark.parametrize("path", ["/cases", "/account", "/cases/search"])
def test_pages_of_ours_are_known(app: Flask, path: str) -> None:
    with app.test_request_context("/"):
        assert is_page_of_ours(path)


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/cases",
        "//evil.example/cases",
        "///evil.example/cases",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/",
        "/no-such-page",
        "/sign-out",
        "/static/caseapp.css",
        "/cases\r\nSet-Cookie: a=b",
        "/cases/../..//evil.example",
    ],
)
def test_nothing_else_is_ever_gone_to(app: Flask, path: str) -> None:
    with app.test_request_context("/"):
        assert not is_page_of_ours(path)
