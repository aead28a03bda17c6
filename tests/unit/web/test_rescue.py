import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.unit.web.conftest import SAME_SITE

TYPED = "She told me that she is <safe> at her aunt’s."
FORM = {
    "text": TYPED,
    "needs": ["autism", "adhd"],
    "record_id": "6a2f41a3-c54c-fce8-32d2-0324e1c32e22",
    "csrf_token": "the token that was sent",
}


@pytest.fixture
def guarded(gallery: Flask) -> FlaskClient:
    gallery.config["WTF_CSRF_ENABLED"] = True
    return gallery.test_client()


def hidden(page: str) -> list[tuple[str, str]]:
    """What the button of the page would send."""
    form = page[page.index("<main") :]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return [(unescape(name), unescape(value)) for name, value in found]


def test_a_form_that_came_too_late_is_saved_by_one_more_press(guarded: FlaskClient) -> None:
    answer = guarded.post("/note", data=FORM, headers=SAME_SITE)
    assert answer.status_code == 400
    again = guarded.post("/note", data=dict(hidden(answer.text)), headers=SAME_SITE)
    assert again.status_code == 302


def test_everything_that_was_chosen_goes_along(gallery: Flask) -> None:
    answer = gallery.test_client().post("/failing?status=503", data=FORM, headers=SAME_SITE)
    assert sorted(hidden(answer.text)) == sorted(
        [
            ("text", TYPED),
            ("needs", "autism"),
            ("needs", "adhd"),
            ("record_id", FORM["record_id"]),
            ("csrf_token", FORM["csrf_token"]),
        ]
    )


def test_long_answers_can_be_read_and_copied_without_becoming_markup(client: FlaskClient) -> None:
    page = client.post("/failing?status=500", data=FORM, headers=SAME_SITE).text
    shown = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert [unescape(text) for text in shown] == [TYPED]


@pytest.mark.parametrize("sender", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_put_words_on_our_pages(
    guarded: FlaskClient, sender: dict[str, str]
) -> None:
    answer = guarded.post("/note", data={"text": "Call this number instead"}, headers=sender)
    assert answer.status_code == 400
    assert "Call this number" not in answer.text


@pytest.mark.parametrize("name", ["password", "new-password", "secret_code", "one-passphrase"])
def test_a_password_is_never_given_back(client: FlaskClient, name: str) -> None:
    sent = {"text": TYPED, name: "correct horse battery staple"}
    page = client.post("/failing?status=500", data=sent, headers=SAME_SITE).text
    assert "correct horse" not in page
    assert hidden(page) == []


def test_a_refused_record_gives_back_what_was_sent_and_tells_no_more_than_a_missing_one(
    client: FlaskClient,
) -> None:
    refused = client.post("/failing?status=403", data=FORM, headers=SAME_SITE)
    missing = client.post("/failing?status=404", data=FORM, headers=SAME_SITE)
    assert refused.data == missing.data
    assert TYPED in unescape(refused.text)
    assert client.post("/failing?status=403", data=FORM).data == client.get("/nothing").data
