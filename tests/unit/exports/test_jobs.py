"""Work on a release in the background: how far it is, what came of it, and ending it early."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.database import db, transaction
from caseapp.exports import inputs, jobs
from caseapp.exports.jobs import CHANGED, STEPS
from caseapp.exports.models import ReleaseJob
from caseapp.exports.queries import ledger
from caseapp.web.looking_again import BY_ITSELF
from tests.cast import Cast, open_a_case
from tests.homes import signed_in_client
from tests.unit.exports.conftest import ignore
from tests.visits import send

ALONE = {BY_ITSELF: "yes"}


@pytest.fixture
def analyst(entered_app: Flask, cast: Cast) -> FlaskClient:
    """The analyst, where May and June are in the ledger."""
    return signed_in_client(entered_app, cast.analyst)


def a_job(app: Flask, cast: Cast, period: str = "2026-07", **values: str) -> str:
    with app.app_context(), transaction():
        job = jobs.new_job(cast.case_id, period, cast.analyst)
        for name, value in values.items():
            setattr(job, name, value)
    return f"/releases/jobs/{cast.case_id}"


def run(app: Flask, cast: Cast, period: str) -> ReleaseJob:
    """The job of this cast, after it has run."""
    jobs.run_in_background(app, cast.case_id, period, cast.analyst).join(300)
    with app.app_context():
        return db.session.get_one(ReleaseJob, cast.case_id)


def test_a_running_job_is_shown_and_says_by_itself_how_far_it_is(
    entered_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    path = a_job(entered_app, cast, step="Attacking: 20 of 400")
    page = analyst.get(path)
    assert "Step 3 of 5. Attacking: 20 of 400" in page.text
    assert f'href="{path}" data-look-again' in page.text  # the way without a script
    assert "Refresh" not in page.headers  # nobody's place on the page is taken away
    alone = analyst.get(path, headers=ALONE)
    assert (alone.text, alone.headers["X-Done"]) == ("Step 3 of 5. Attacking: 20 of 400", "2")
    assert "July 2026 is being made" in analyst.get("/releases").text


def test_every_step_that_is_told_is_one_of_the_steps_of_the_page(
    entered_app: Flask, cast: Cast
) -> None:
    a_job(entered_app, cast)
    with entered_app.app_context():
        signs, seen = jobs._Signs(cast.case_id), []
        for step in STEPS:
            signs.show(step, 5, 1000)
            job = db.session.get_one(ReleaseJob, cast.case_id, populate_existing=True)
            seen.append((job.step, jobs.steps_done(job)))
    assert seen == [(f"{step}: 5 of 1,000", n) for n, step in enumerate(STEPS)]


def test_while_one_release_is_made_no_second_one_begins(
    entered_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    path = a_job(entered_app, cast)
    sent = send(analyst, "/releases", shown_at="/releases/2026-05", month="2026-06")
    assert sent.location == path


def test_a_job_that_failed_says_why_in_one_line(
    entered_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    path = a_job(entered_app, cast, state="failed", problem="No release: too fine.")
    assert "No release: too fine." in analyst.get(path).text
    assert analyst.get(path, headers=ALONE).status_code == 204


def test_a_page_that_looks_by_itself_hears_that_the_release_is_made_and_no_more(
    entered_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    answer = analyst.get(a_job(entered_app, cast, state="done"), headers=ALONE)
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_job_whose_server_was_killed_is_said_to_have_stopped(
    entered_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    page = analyst.get(a_job(entered_app, cast, updated_at="2026-07-01T00:00:00+00:00"))
    assert "It stopped before it was done" in page.text
    assert "Make the release" in analyst.get("/releases").text


def test_a_problem_ends_the_job_with_its_line(entered_app: Flask, cast: Cast) -> None:
    a_job(entered_app, cast)
    job = run(entered_app, cast, "2099-06")
    assert (job.state, "not over yet" in job.problem) == ("failed", True)


def test_a_cancelled_job_ends_at_its_next_sign_and_releases_nothing(
    entered_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    path = a_job(entered_app, cast)
    sent = send(analyst, f"{path}/cancel", shown_at=path)
    assert "It was cancelled. Nothing of it is released." in analyst.get(sent.location).text
    job = run(entered_app, cast, "2026-07")
    assert job.state == "cancelled"
    with entered_app.app_context():
        assert len(ledger(db.session())) == 2


@pytest.mark.parametrize("stands", [{"state": "done"}, {"step": "Writing"}])
def test_what_has_ended_or_is_being_written_cannot_be_cancelled(
    entered_app: Flask, analyst: FlaskClient, cast: Cast, stands: dict[str, str]
) -> None:
    """Else somebody would read that nothing was released, of what is."""
    path = a_job(entered_app, cast, **stands)
    send(analyst, f"{path}/cancel", shown_at="/releases")
    with entered_app.app_context():
        assert db.session.get_one(ReleaseJob, cast.case_id).state != "cancelled"


def test_a_month_of_the_ledger_is_only_counted_and_its_page_says_that_cases_changed(
    entered_app: Flask, analyst: FlaskClient, cast: Cast
) -> None:
    """Its figures were invented, so the cases of this home are others."""
    a_job(entered_app, cast, "2026-05")
    assert "Cases have changed since" not in analyst.get("/releases/2026-05").text
    assert run(entered_app, cast, "2026-05").step == CHANGED
    assert "Cases have changed since" in analyst.get("/releases/2026-05").text
    with entered_app.app_context():
        assert len(ledger(db.session())) == 2


def test_the_inputs_of_a_month_are_the_same_until_a_case_changes(
    released_app: Flask, cast: Cast
) -> None:
    with released_app.app_context():
        (release,) = ledger(db.session())
        assert inputs.have_changed(release, None, ignore) is False
        with transaction():
            open_a_case(cast.assigned_advocate)
        assert inputs.have_changed(release, None, ignore) is True
