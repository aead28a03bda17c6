"""Telling the person what the MARAC said: again and again, and never before it was said."""

from datetime import timedelta
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.marac.models import MaracReferral
from tests.cast import Cast
from tests.shown_forms import shown_form, with_answers
from tests.unit.marac.test_routes import day, refer, referral, send


def test_telling_them_again_keeps_what_they_were_told_before(
    app: Flask, advocate: FlaskClient, cast: Cast, known: UUID, place: str
) -> None:
    url = refer(advocate, place, **day("referred_on", today() - timedelta(days=9)))
    held = day("meeting_on", today() - timedelta(days=5))
    assert send(advocate, f"{url}/meeting", was_heard="yes", **held) == 302
    how = {"channel": "in_person_at_ours", "why_not_safe": "She came to us."}
    first = day("on", today() - timedelta(days=3))
    assert send(advocate, f"{url}/feedback", words="Of the locks.", **how, **first) == 302
    form = shown_form(advocate.get(f"{url}/feedback"))
    again = with_answers(form, words="Of the court.", **how)
    for _ in range(2):  # the same form sent twice is one
        assert advocate.post(f"{url}/feedback", data=again).status_code == 302
    made = referral(app)
    assert [each.words.split("\n")[0] for each in made.feedbacks] == [
        "Of the locks.",
        "Of the court.",
    ]
    page = advocate.get(url).text
    assert "Of the locks." in page
    assert "Of the court." in page
    assert advocate.get(f"/cases/{cast.case_id}").text.count("Told what the MARAC said") == 2


def test_what_they_were_told_before_it_was_kept_one_by_one_is_still_shown(
    app: Flask, advocate: FlaskClient, known: UUID, place: str
) -> None:
    url = refer(advocate, place)
    with app.app_context(), transaction():
        stored = db.session.scalars(select(MaracReferral)).one()
        stored.head = replace(stored.head, heard_on=today(), fed_back_on=today())
        stored.body = replace(stored.body, feedback="Of the locks.", feedback_channel="phone")
        record(Kind.MARAC_CHANGED, actor=None, case_id=stored.case_id)
    how = {"channel": "in_person_at_ours", "why_not_safe": "She came to us."}
    assert send(advocate, f"{url}/feedback", words="Of the court.", **how) == 302
    page = advocate.get(url).text
    assert page.index("Of the locks.") < page.index("Of the court.")


def test_nobody_is_told_of_a_meeting_before_it_was_held(
    advocate: FlaskClient, known: UUID, place: str
) -> None:
    url = refer(advocate, place, **day("referred_on", today() - timedelta(days=9)))
    held = day("meeting_on", today() - timedelta(days=5))
    assert send(advocate, f"{url}/meeting", was_heard="yes", **held) == 302
    how = {"channel": "in_person_at_ours", "words": "Of the locks.", "why_not_safe": "She came."}
    form = shown_form(advocate.get(f"{url}/feedback"))
    early = with_answers(form, **how, **day("on", today() - timedelta(days=6)))
    page = advocate.post(f"{url}/feedback", data=early)
    assert page.status_code == 422
    assert "They cannot have been told before the meeting" in page.text


def test_the_reminder_to_tell_them_says_how_they_are_reached_safely(
    advocate: FlaskClient, known: UUID, place: str
) -> None:
    url = refer(advocate, place)
    assert send(advocate, f"{url}/meeting", was_heard="yes", **day("meeting_on", today())) == 302
    line = advocate.get("/today").text.split("Tell the person what the MARAC said")[1]
    assert "school days, 4 to 5pm" in line.split("Tell the person")[0]
