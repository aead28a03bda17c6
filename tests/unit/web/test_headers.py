import re
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from tests.unit.web.conftest import SAME_SITE

PAGES = [
    "/components",
    "/nothing",
    "/failing",
    "/failing?status=503",
    "/static/caseapp.css",
    "/out",
]
REQUIRED = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert set(answer.headers.keys()) >= REQUIRED
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_an_answer_made_after_a_failing_commit_has_the_headers_too(gallery: Flask) -> None:
    answers = iter([RuntimeError("the commit failed")])

    def fail_once(response: Response) -> Response:
        for failure in answers:
            raise failure
        return response

    gallery.after_request(fail_once)
    answer = gallery.test_client().get("/components")
    assert answer.status_code == 500
    assert set(answer.headers.keys()) >= REQUIRED


def test_no_page_rests_in_a_browser(client: FlaskClient) -> None:
    for path in ("/components", "/nothing", "/failing", "/static/nothing.css"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_styles_may_rest_for_a_year_only_where_their_url_changes_with_them(
    client: FlaskClient,
) -> None:
    page = client.get("/components").text
    marked = re.search(r'href="(/static/caseapp\.css\?v=[0-9a-f]+)"', page)
    assert marked is not None
    with client.get(marked[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    with client.get("/static/caseapp.css") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_download_may_have_a_stricter_policy_of_its_own_but_is_not_kept(gallery: Flask) -> None:
    own = {"Content-Security-Policy": "sandbox", "Cache-Control": "public, max-age=3600"}
    gallery.add_url_rule("/file", "file", lambda: Response("x", headers=own))
    answer = gallery.test_client().get("/file")
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox"]
    assert answer.headers.getlist("Cache-Control") == ["no-store"]


def test_browsers_are_held_to_https_only_where_it_is_there(gallery: Flask) -> None:
    client = gallery.test_client()
    assert "Strict-Transport-Security" not in client.get("/components").headers
    gallery.config["SESSION_COOKIE_SECURE"] = True
    assert "max-age=31536000" in client.get("/components").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("sender", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(client: FlaskClient, sender: str) -> None:
    answer = client.post("/note", data={"text": "x"}, headers={"Sec-Fetch-Site": sender})
    assert answer.status_code == 400


def test_a_form_from_a_page_of_ours_is_taken(client: FlaskClient) -> None:
    assert client.post("/note", data={"text": "x"}, headers=SAME_SITE).status_code == 302
    assert client.post("/note", data={"text": "x"}).status_code == 302


def _pages(client: FlaskClient) -> Iterator[str]:
    for path in ("/components?done=1", "/every_question", "/note", "/sign_in", "/nothing"):
        yield client.get(path).text


def test_no_page_has_anything_that_its_policy_forbids(client: FlaskClient) -> None:
    for page in _pages(client):
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\s(?:style|on[a-z]+)=\"", page)
        assert "<style" not in page
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
