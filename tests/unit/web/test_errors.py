import errno
import logging

import pytest
from flask import Flask, Request, abort
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from caseapp.vault.errors import KeyTaken, StoreProblem
from tests.unit.web.conftest import SAME_SITE

NAME = "Layla Haddad"
TYPED = "She told me that she is safe at her aunt’s."


def fails_with(gallery: Flask, failure: BaseException) -> FlaskClient:
    def view() -> str:
        raise failure

    gallery.add_url_rule("/breaks", "breaks", view, methods=["GET", "POST"])
    return gallery.test_client()


@pytest.mark.parametrize("status", [400, 401, 404, 405, 409, 413, 429, 503])
def test_each_error_has_a_page_of_ours(client: FlaskClient, status: int) -> None:
    answer = client.get(f"/failing?status={status}")
    assert answer.status_code == status
    assert "<h1" in answer.text
    assert "– caseapp</title>" in answer.text


def test_an_error_without_a_page_of_its_own_keeps_its_number(client: FlaskClient) -> None:
    assert client.get("/failing?status=418").status_code == 418
    assert client.get("/failing?status=502").status_code == 502


def test_what_is_refused_and_what_is_missing_look_alike(client: FlaskClient) -> None:
    refused, missing = client.get("/failing?status=403"), client.get("/failing?status=404")
    assert refused.status_code == missing.status_code == 404
    assert refused.data == missing.data == client.get("/nothing").data
    assert dict(refused.headers) == dict(missing.headers)


def test_a_failure_tells_the_visitor_a_number_and_no_more(client: FlaskClient) -> None:
    answer = client.get("/failing")
    assert answer.status_code == 500
    assert NAME not in answer.text
    assert "RuntimeError" not in answer.text


def test_the_log_has_the_number_and_the_place_but_no_text_of_a_case(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = client.get("/failing").text
    assert NAME not in caplog.text
    number = next(word for word in caplog.text.split() if word.strip(":").isdigit()).strip(":")
    assert number in page
    assert "RuntimeError in failing" in caplog.text


def test_a_failing_commit_is_logged_without_text_of_a_case(
    gallery: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_response: object) -> None:
        raise RuntimeError(NAME)

    gallery.after_request(fail)
    with caplog.at_level(logging.DEBUG):
        assert gallery.test_client().get("/components").status_code == 500
    assert NAME not in caplog.text


@pytest.mark.parametrize(
    "failure",
    [
        OperationalError("INSERT INTO notes", {"text": NAME}, Exception(NAME)),
        OSError(errno.ENOSPC, "No space left on device"),
        StoreProblem("the database file is damaged"),
    ],
)
def test_a_full_disk_is_told_as_one_and_nothing_more(gallery: Flask, failure: Exception) -> None:
    answer = fails_with(gallery, failure).get("/breaks")
    assert answer.status_code == 503
    assert "disk may be full" in answer.text
    assert NAME not in answer.text


def test_another_error_of_a_file_is_a_fault_of_the_program(gallery: Flask) -> None:
    assert fails_with(gallery, FileNotFoundError("x")).get("/breaks").status_code == 500


def test_two_editors_of_one_record_meet_a_conflict_and_not_a_failure(gallery: Flask) -> None:
    answer = fails_with(gallery, StaleDataError("UPDATE notes")).post(
        "/breaks", data={"text": TYPED}, headers=SAME_SITE
    )
    assert answer.status_code == 409
    assert TYPED in answer.text
    assert "Try to save again" not in answer.text


class Sqlstate(Exception):
    sqlstate = "23505"


@pytest.mark.parametrize(
    "failure",
    [
        IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed: notes.id")),
        IntegrityError("INSERT", {}, Sqlstate(NAME)),
        KeyTaken(),
    ],
)
def test_an_id_that_is_taken_is_a_conflict_and_not_a_failure(
    gallery: Flask, failure: Exception
) -> None:
    answer = fails_with(gallery, failure).post("/breaks", data={"text": TYPED}, headers=SAME_SITE)
    assert answer.status_code == 409
    assert TYPED in answer.text
    assert NAME not in answer.text


def test_another_broken_rule_of_the_database_is_a_fault_of_the_program(gallery: Flask) -> None:
    failure = IntegrityError("INSERT", {}, Exception("NOT NULL constraint failed: notes.id"))
    assert fails_with(gallery, failure).get("/breaks").status_code == 500


def test_nothing_of_a_failed_request_is_stored(gallery: Flask) -> None:
    class Session:
        was_undone = False

        def rollback(self) -> None:
            self.was_undone = True

    session = Session()
    gallery.extensions["sqlalchemy"] = type("Extension", (), {"session": session})
    gallery.test_client().get("/nothing")
    assert session.was_undone


def test_a_wait_is_told_in_seconds_to_reader_and_browser(client: FlaskClient) -> None:
    answer = client.get("/too_often")
    assert "Wait 30 seconds" in answer.text
    assert answer.headers["Retry-After"] == "30"


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.get("/out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_an_answer_that_a_view_made_itself_is_left_alone(gallery: Flask) -> None:
    def view() -> str:
        abort(gallery.make_response(("mine", 409)))

    gallery.add_url_rule("/own", "own", view)
    answer = gallery.test_client().get("/own")
    assert (answer.status_code, answer.text) == (409, "mine")


def test_in_tests_a_fault_is_shown_as_it_is_unless_the_page_is_wanted(gallery: Flask) -> None:
    gallery.config.update(PROPAGATE_EXCEPTIONS=None, TESTING=True)
    with pytest.raises(RuntimeError):
        gallery.test_client().get("/failing")


def test_a_database_that_cannot_even_give_the_session_is_told_kindly(gallery: Flask) -> None:
    class NoSession(SecureCookieSessionInterface):
        def open_session(self, app: Flask, request: Request) -> None:  # noqa: ARG002
            raise OperationalError("SELECT", {}, Exception(NAME))

    gallery.session_interface = NoSession()
    answer = gallery.test_client().get("/components")
    assert answer.status_code == 503
    assert "disk may be full" in answer.text
