from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.access.actors import Role
from caseapp.access.permissions import Permission
from caseapp.web import navigation
from tests.browser.gallery import app as gallery_app


def links(gallery: Flask, path: str) -> list[tuple[str, bool]]:
    with gallery.test_request_context(path):
        return [(link.label, link.is_current) for link in navigation.navigation()]


def test_only_links_that_the_policy_grants_are_shown(gallery: Flask) -> None:
    assert [label for label, _ in links(gallery, "/nothing")] == ["My cases", "Open a new case"]


def test_the_link_of_the_present_page_is_marked(gallery: Flask) -> None:
    assert links(gallery, "/every_question") == [("My cases", False), ("Open a new case", True)]


def test_a_link_to_a_room_that_is_not_there_is_left_out(gallery: Flask) -> None:
    navigation.register_navigation("Surveys", "surveys.list_surveys", Permission.SEE_CASES)
    assert "Surveys" not in dict(links(gallery, "/components"))


def test_another_role_sees_other_links() -> None:
    analyst = gallery_app.Person()
    analyst.actor = replace(analyst.actor, role=Role.ANALYST)
    gallery = gallery_app.create_gallery({"PERSON": analyst})
    assert [label for label, _ in links(gallery, "/components")] == ["Monthly release"]


def test_a_stranger_sees_no_link_and_no_name() -> None:
    page = gallery_app.create_gallery({"STRANGER": True}).test_client().get("/components").text
    assert "govuk-service-navigation" not in page
    assert "Sign out" not in page


def test_the_bar_names_who_is_signed_in_and_signs_out_by_a_form(client: FlaskClient) -> None:
    page = client.get("/components").text
    assert "<bdi>Amina Yusuf</bdi>, advocate" in page
    assert '<form method="post" action="/out"' in page


def fold_away(many: int) -> None:
    for endpoint in list(navigation._navigation)[:many]:
        place = navigation._navigation[endpoint]
        navigation._navigation[endpoint] = place._replace(is_seldom=True)


def test_nothing_is_folded_away_where_the_bar_has_room(gallery: Flask) -> None:
    fold_away(1)
    assert dict(links(gallery, "/nothing")).keys() == {"My cases", "Open a new case"}
    with gallery.test_request_context("/nothing"):
        assert navigation.navigation(seldom=True) == []


def test_seldom_links_are_folded_away_from_whoever_has_many(
    gallery: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "ROOM_IN_THE_BAR", 1)
    fold_away(1)
    assert dict(links(gallery, "/nothing")).keys() == {"Open a new case"}
    with gallery.test_request_context("/nothing"):
        assert [link.label for link in navigation.navigation(seldom=True)] == ["My cases"]
