import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.web.errors import install_errors

BOOK = "word " * 2_000_000


def test_ten_megabytes_of_text_are_refused_with_a_page_that_says_how_much_is_too_much(
    client: FlaskClient,
) -> None:
    answer = client.post("/note", data={"text": BOOK})
    assert answer.status_code == 413
    assert "10.0 MB" in answer.text
    assert "1.0 MB" in answer.text
    assert "nothing that was stored has changed" in answer.text


def test_a_long_text_below_the_bound_is_answered_beside_its_question(client: FlaskClient) -> None:
    answer = client.post("/note", data={"text": BOOK[:900_000]})
    assert answer.status_code == 200
    assert "must be 500 characters or fewer" in answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/octet-stream"])
def test_no_other_kind_of_body_gets_round_the_bound(client: FlaskClient, kind: str) -> None:
    with client.application.test_request_context(
        "/note", method="POST", data=BOOK, content_type=kind
    ) as context:
        assert context.request.max_content_length == 1_000_000


def test_text_in_the_parts_of_an_upload_is_bounded_too(client: FlaskClient) -> None:
    part = 'Content-Disposition: form-data; name="text"'
    body = f"--x\r\n{part}\r\n\r\n{BOOK}\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    assert client.post("/note", data=body, content_type=kind).status_code == 413


def test_an_upload_may_be_larger_than_a_form(gallery: Flask) -> None:
    gallery.config["MAX_CONTENT_LENGTH"] = 25_000_000
    with gallery.test_request_context(
        "/note", method="POST", data=BOOK, content_type="multipart/form-data; boundary=x"
    ) as context:
        assert context.request.max_content_length == 25_000_000


def test_a_bound_that_somebody_set_on_purpose_stays() -> None:
    app = Flask("bounded")
    app.config["MAX_FORM_MEMORY_SIZE"] = 2_000_000
    install_errors(app)
    assert app.config["MAX_FORM_MEMORY_SIZE"] == 2_000_000
