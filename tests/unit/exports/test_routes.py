"""The analyst's pages, as a browser without JavaScript sees them."""

import io
from collections.abc import Callable
from pathlib import Path
from threading import enumerate as threads
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.exports import jobs
from caseapp.exports.forms import months_over
from caseapp.exports.models import ReleaseJob
from caseapp.exports.queries import ledger
from caseapp.web.looking_again import BY_ITSELF
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]
IN_JULY = "2026-07-15 12:00"
ALONE = {BY_ITSELF: "yes"}


@pytest.fixture
def analyst(released_app: Flask, cast: Cast) -> FlaskClient:
    """The analyst, where May has been released."""
    return signed_in_client(released_app, cast.analyst)


def wait_for_the_work() -> None:
    for thread in threads():
        if thread.name.startswith("release-"):
            thread.join(timeout=120)


def test_a_release_is_made_from_the_page_watched_and_downloaded(
    app: Flask, client_of: ClientOf
) -> None:
    client = client_of("analyst")
    began = send(client, "/releases", month="2026-05")
    assert began.status_code == 302
    began.close()  # as a server does when the answer is sent
    watched = client.get(began.location)
    assert watched.status_code in {200, 302}
    wait_for_the_work()
    done = client.get(began.location)
    assert done.location == "/releases/2026-05"
    page = client.get(done.location).text
    assert "Disclosure certificate" in page
    assert "not differential privacy" in page
    assert "2026-05" in client.get("/releases").text
    with app.app_context():
        assert [each.period for each in ledger(db.session())] == ["2026-05"]


def test_the_download_is_the_folder_and_is_audited(
    released_app: Flask, analyst: FlaskClient, released_home: Path
) -> None:
    before = downloads(released_app)
    got = analyst.get("/releases/2026-05/download")
    assert got.headers["Content-Disposition"] == 'attachment; filename="caseapp-2026-05.zip"'
    with ZipFile(io.BytesIO(got.data)) as file:
        for name in file.namelist():
            assert file.read(name) == (released_home / "out" / name).read_bytes()
        assert "2026-05/certificate.json" in file.namelist()
    assert downloads(released_app) == before + 1


def downloads(app: Flask) -> int:
    """How often the audit says that a release was taken out."""
    with app.app_context():
        kinds = list(db.session.scalars(select(AuditEntry.kind)))
    return kinds.count("release_downloaded")


def test_a_month_that_is_released_already_is_shown_and_not_made_again(analyst: FlaskClient) -> None:
    sent = send(analyst, "/releases", month="2026-05")
    assert sent.location == "/releases/2026-05"


def test_a_month_that_is_not_over_cannot_be_chosen(client_of: ClientOf) -> None:
    sent = send(client_of("analyst"), "/releases", month="2999-01")
    assert sent.status_code == 422
    assert "Choose" in sent.text


@pytest.mark.parametrize("who", ["assigned_advocate", "manager", "other_team", "administrator"])
@pytest.mark.parametrize("path", ["/releases", "/releases/2026-05", "/releases/2026-05/download"])
def test_nobody_but_the_analyst_is_told_that_there_are_releases(
    released_app: Flask, cast: Cast, who: str, path: str
) -> None:
    assert signed_in_client(released_app, cast.actors[who]).get(path).status_code == 404


def test_an_unknown_month_or_job_is_no_page(client_of: ClientOf) -> None:
    client = client_of("analyst")
    for path in ("/releases/2026-09", "/releases/x", f"/releases/jobs/{'0' * 32}"):
        assert client.get(path).status_code == 404


def a_job(app: Flask, cast: Cast, **values: str) -> str:
    with app.app_context(), transaction():
        job = jobs.new_job(cast.case_id, "2026-06", cast.analyst)
        for name, value in values.items():
            setattr(job, name, value)
    return f"/releases/jobs/{cast.case_id}"


def test_a_running_job_is_shown_and_says_by_itself_how_far_it_is(
    released_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    path = a_job(released_app, cast, step="Attacking")
    page = analyst.get(path)
    assert "Now: Attacking" in page.text
    assert f'href="{path}" data-look-again' in page.text  # the way without a script
    assert "Refresh" not in page.headers  # nobody's place on the page is taken away
    assert analyst.get(path, headers=ALONE).text == "Now: Attacking"
    assert "June 2026 is being made" in analyst.get("/releases").text


def test_while_one_release_is_made_no_second_one_begins(
    released_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    path = a_job(released_app, cast)
    sent = send(analyst, "/releases", shown_at="/releases/2026-05", month="2026-06")
    assert sent.location == path


def test_a_job_that_failed_says_why_in_one_line(
    released_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    path = a_job(released_app, cast, state="failed", problem="No release: too fine.")
    assert "No release: too fine." in analyst.get(path).text
    assert analyst.get(path, headers=ALONE).status_code == 204


def test_a_page_that_looks_by_itself_hears_that_the_release_is_made_and_no_more(
    released_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    answer = analyst.get(a_job(released_app, cast, state="done"), headers=ALONE)
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_job_whose_server_was_killed_is_said_to_have_stopped(
    released_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    page = analyst.get(a_job(released_app, cast, updated_at="2026-07-01T00:00:00+00:00"))
    assert "It stopped before it was done" in page.text
    assert "Make the release" in analyst.get("/releases").text


def test_a_problem_ends_the_job_with_its_line(released_app: Flask, cast: Cast) -> None:
    a_job(released_app, cast)
    jobs.run_in_background(released_app, cast.case_id, "2099-06", cast.analyst).join(60)
    with released_app.app_context():
        job = db.session.get_one(ReleaseJob, cast.case_id)
        assert (job.state, "not over yet" in job.problem) == ("failed", True)


@time_machine.travel(IN_JULY, tick=False)
def test_the_months_to_choose_from_are_over_and_of_this_year_or_the_last() -> None:
    from caseapp.clock import today

    months = months_over(today())
    assert (months[0], months[-1], len(months)) == ("2026-06", "2025-04", 15)
