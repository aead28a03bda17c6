"""The pages of releases, as a browser without JavaScript sees them."""

import io
from collections.abc import Callable
from threading import enumerate as threads
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.exports.forms import months_over
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.queries import find_release, ledger
from tests.cast import Cast
from tests.homes import signed_in_client
from tests.small_year import choose_a_small_year
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]
MAY = "/releases/2026-05"


@pytest.fixture
def analyst(entered_app: Flask, cast: Cast) -> FlaskClient:
    """The analyst, who made May and June."""
    return signed_in_client(entered_app, cast.analyst)


@pytest.fixture
def manager(entered_app: Flask, cast: Cast) -> FlaskClient:
    """The second person."""
    return signed_in_client(entered_app, cast.manager)


def decide(client: FlaskClient, **answers: str) -> str:
    """The page that follows a decision on May."""
    sent = send(client, MAY, shown_at=MAY, **answers)
    assert sent.status_code == 302
    return client.get(sent.location).text


def wait_for_the_work() -> None:
    for thread in threads():
        if thread.name.startswith("release-"):
            thread.join(timeout=300)


def test_a_release_is_made_from_the_page_and_watched(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context():
        choose_a_small_year(cast.analyst)
    client = client_of("analyst")
    began = send(client, "/releases", month="2026-05")
    assert began.status_code == 302
    began.close()  # as a server does when the answer is sent
    watched = client.get(began.location)
    assert watched.status_code in {200, 302}
    wait_for_the_work()
    done = client.get(began.location)
    assert done.location == MAY
    page = client.get(done.location).text
    assert "Disclosure certificate" in page
    assert "not differential privacy" in page
    assert "waits for a signature" in page
    assert client.get(f"{MAY}/download").status_code == 302
    with app.app_context():
        assert [each.period for each in ledger(db.session())] == ["2026-05"]


def test_nothing_is_downloaded_before_a_second_person_has_signed(
    entered_app: Flask, analyst: FlaskClient, manager: FlaskClient
) -> None:
    page = analyst.get(MAY).text
    assert "a second person has to sign it" in page
    assert "Download the release" not in page
    for client in (analyst, manager):
        refused = client.get(f"{MAY}/download")
        assert refused.location == MAY
        assert "cannot be downloaded before" in client.get(MAY).text
    assert downloads(entered_app) == 0


def test_a_signed_release_is_downloaded_to_the_byte_and_that_is_audited(
    entered_app: Flask, analyst: FlaskClient, manager: FlaskClient
) -> None:
    assert "The release is signed" in decide(manager, agreed="yes")
    assert "Download the release" in analyst.get(MAY).text
    got = analyst.get(f"{MAY}/download")
    assert got.headers["Content-Disposition"] == 'attachment; filename="caseapp-2026-05.zip"'
    with entered_app.app_context(), ZipFile(io.BytesIO(got.data)) as file:
        release = find_release("2026-05")
        assert release is not None
        found = {name.removeprefix("2026-05/"): file.read(name) for name in file.namelist()}
        assert found == release.body.files
    assert downloads(entered_app) == 1


def downloads(app: Flask) -> int:
    """How often the audit says that a release was taken out."""
    with app.app_context():
        kinds = list(db.session.scalars(select(AuditEntry.kind)))
    return kinds.count("release_downloaded")


def test_a_refusal_is_shown_with_its_reason_and_nothing_leaves(
    analyst: FlaskClient, manager: FlaskClient
) -> None:
    assert "is refused" in decide(manager, agreed="no", reason="A <b>ward</b> is missing")
    page = analyst.get(MAY).text
    assert "A &lt;b&gt;ward&lt;/b&gt; is missing" in page
    assert "Refused by <bdi>Manager</bdi>" in analyst.get("/releases").text
    assert analyst.get(f"{MAY}/download").status_code == 302


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "Choose whether this release may leave"),
        ({"agreed": "no"}, "Enter why it must not leave"),
        ({"agreed": "no", "reason": " "}, "Enter why it must not leave"),
    ],
)
def test_half_a_decision_is_asked_again(
    manager: FlaskClient, answers: dict[str, str], says: str
) -> None:
    sent = send(manager, MAY, shown_at=MAY, **answers)
    assert sent.status_code == 422
    assert says in sent.text


def test_the_maker_cannot_sign_what_they_made(analyst: FlaskClient, cast: Cast) -> None:
    sent = send(analyst, MAY, shown_at="/releases", agreed="yes", head="x")
    assert sent.location == MAY
    assert "a second person has to sign it" in analyst.get(MAY).text
    assert "Download the release" not in analyst.get(MAY).text


def test_a_decision_on_another_edition_than_the_one_shown_is_not_taken(
    entered_app: Flask, manager: FlaskClient
) -> None:
    with entered_app.app_context():
        june = find_release("2026-06")
        assert june is not None
        head = entry_of(june).head
    assert "not the edition that you read" in decide(manager, agreed="yes", head=head)


def test_the_ledger_is_shown_with_heads_and_said_to_be_verified(
    entered_app: Flask, analyst: FlaskClient
) -> None:
    page = analyst.get("/releases").text
    assert "Verified just now: 2 entries" in page
    with entered_app.app_context():
        for release in ledger(db.session()):
            assert entry_of(release).head[:12] in page


def test_a_damaged_ledger_is_said_kindly_and_lets_nothing_out(
    entered_app: Flask, analyst: FlaskClient, manager: FlaskClient
) -> None:
    decide(manager, agreed="yes")
    with entered_app.app_context():
        db.session.execute(text("UPDATE releases SET solver = 'x' WHERE position = 2"))
        db.session.commit()
    page = analyst.get("/releases").text
    assert "damaged at entry 2" in page
    assert "Make the release" not in page
    assert analyst.get(f"{MAY}/download").location == MAY
    assert "nothing leaves" in analyst.get(MAY).text


def test_what_changed_is_told_against_the_edition_before_and_the_first_has_none(
    analyst: FlaskClient,
) -> None:
    page = analyst.get("/releases/2026-06/changes").text
    assert "June 2026: what changed since May 2026" in page
    assert "The two certificates" in page
    assert "first edition of its financial year" in analyst.get(f"{MAY}/changes").text


def test_a_month_that_is_not_over_cannot_be_chosen(client_of: ClientOf) -> None:
    sent = send(client_of("analyst"), "/releases", month="2999-01")
    assert sent.status_code == 422
    assert "Choose" in sent.text


@pytest.mark.parametrize("who", ["assigned_advocate", "other_team", "administrator"])
@pytest.mark.parametrize("path", ["/releases", MAY, f"{MAY}/download", f"{MAY}/changes"])
def test_nobody_but_analysts_and_managers_is_told_that_there_are_releases(
    entered_app: Flask, cast: Cast, who: str, path: str
) -> None:
    assert signed_in_client(entered_app, cast.actors[who]).get(path).status_code == 404


def test_a_manager_sees_releases_and_makes_none(manager: FlaskClient) -> None:
    assert "Make the release" not in manager.get("/releases").text
    assert send(manager, "/releases", shown_at=MAY, month="2026-05").status_code == 404


def test_an_unknown_month_or_job_is_no_page(client_of: ClientOf) -> None:
    client = client_of("analyst")
    for path in ("/releases/2026-09", "/releases/x", f"/releases/jobs/{'0' * 32}"):
        assert client.get(path).status_code == 404


@time_machine.travel("2026-07-15 12:00", tick=False)
def test_the_months_to_choose_from_are_over_and_of_this_year_or_the_last() -> None:
    from caseapp.clock import today

    months = months_over(today())
    assert (months[0], months[-1], len(months)) == ("2026-06", "2025-04", 15)
