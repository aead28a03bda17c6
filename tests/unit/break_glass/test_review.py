"""After the glass was broken: the manager is told, looks at it, and says whether it was right."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.accounts.models import User
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.break_glass.contributions import dues_of
from caseapp.break_glass.rules import review_due
from caseapp.clock import today
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.unit.break_glass.emergencies import (
    WORDS,
    ClientOf,
    access,
    break_it,
    entries,
    reference_of,
)
from tests.visits import hidden_fields, send


def test_the_manager_of_the_team_is_told_at_once_and_nobody_elses(
    app: Flask, outsider: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    manager = client_of("manager")
    assert "in an emergency to review" not in manager.get("/cases").text
    break_it(app, outsider, cast)
    assert "1 opening in an emergency to review" in manager.get("/cases").text
    for who in ("assigned_advocate", "other_manager"):
        assert "to review" not in client_of(who).get("/cases").text
    with app.app_context():
        (due,) = dues_of(db.session(), [cast.case_id])
        assert (due.kind, due.for_manager, due.on) == ("break_glass", True, review_due(today()))
    page = manager.get(f"/cases/{cast.case_id}").text
    assert "Opened in an emergency by somebody of another team" in page


def test_the_manager_reads_what_was_done_and_says_whether_it_was_right(
    app: Flask, outsider: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    break_it(app, outsider, cast)
    outsider.get(f"/cases/{cast.case_id}")
    manager = client_of("manager")
    assert reference_of(app, cast) in manager.get("/emergency/reviews").text
    path = f"/emergency/reviews/{access(app).id}"
    page = manager.get(path).text
    assert WORDS in page
    assert "Case opened: 1" in page
    assert send(manager, path, verdict="justified", verdict_words="").status_code == 422
    words = "I rang the mother. It was right."
    assert send(manager, path, verdict="justified", verdict_words=words).status_code == 303
    assert words in manager.get(path).text
    assert "to review" not in manager.get("/cases").text
    (entry,) = entries(app, Kind.GLASS_REVIEWED)
    assert entry.actor_id == cast.manager.user_id
    with app.app_context():
        assert list(dues_of(db.session(), [cast.case_id])) == []


def test_a_verdict_is_not_replaced(
    app: Flask, outsider: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    break_it(app, outsider, cast)
    path, manager = f"/emergency/reviews/{access(app).id}", client_of("manager")
    first = manager.get(path)
    send(manager, path, verdict="not_justified", verdict_words="It was not urgent.")
    late = manager.post(
        path, data={**hidden_fields(first), "verdict": "justified", "verdict_words": "It was."}
    )
    assert late.status_code == 422
    assert "Their review stands" in late.text
    assert access(app).body.verdict == "not_justified"


def test_nobody_reviews_what_they_did_themselves(
    app: Flask, outsider: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    break_it(app, outsider, cast)
    with app.app_context(), transaction():  # they lead the team of the case by now
        user = db.session.get_one(User, cast.other_team.user_id)
        user.role, user.team_id = "manager", cast.manager.team_id
        record(Kind.ACCOUNT_CHANGED, actor=None, subject_id=user.id)
    path = f"/emergency/reviews/{access(app).id}"
    page = outsider.get(path)
    assert "Another manager" in page.text
    sent = {"verdict": "justified", "verdict_words": "I was right, of course."}
    assert outsider.post(path, data={**hidden_fields(page), **sent}).status_code in {400, 422}
    assert access(app).body.verdict == ""


@pytest.mark.parametrize("who", ["assigned_advocate", "other_manager", "administrator"])
def test_nobody_but_the_manager_of_the_team_finds_the_review(
    app: Flask, outsider: FlaskClient, client_of: ClientOf, cast: Cast, who: str
) -> None:
    break_it(app, outsider, cast)
    assert client_of(who).get(f"/emergency/reviews/{access(app).id}").status_code == 404


def test_a_review_is_overdue_after_one_working_day(
    app: Flask, outsider: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    break_it(app, outsider, cast)
    for day, overdue in (("2026-05-21", False), ("2026-05-22", True)):
        with time_machine.travel(f"{day} 09:00Z", tick=False):
            page = client_of("manager").get("/emergency/reviews").text
            assert ("Overdue" in page) is overdue
