"""What the sharing log says of a referral to the MARAC, when either of the two is corrected."""

from datetime import date
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.sharing.queries import SharingRecord, sharing_of
from tests.cast import Cast
from tests.unit.marac.test_routes import day, refer, send


def log(app: Flask, cast: Cast) -> SharingRecord:
    with app.app_context():
        records = sharing_of(db.session.get_one(Case, cast.case_id))
        (record,) = (each for each in records if each.head.with_whom == "MARAC")
        assert record.body.what
        return record


def test_a_correction_of_the_log_outlives_one_of_the_day_of_the_referral(
    advocate: FlaskClient, known: UUID, place: str, app: Flask, cast: Cast
) -> None:
    edit = f"{refer(advocate, place)}/edit"
    correct = f"{place.removesuffix('/marac')}/sharing/{log(app, cast).entry.id}/correct"
    against = {"why_without_consent": "He has a key.", "necessity": "Nothing less helps."}
    assert send(advocate, correct, consent="refused", consent_basis="public_task", **against) == 302
    assert send(advocate, edit, **day("referred_on", date(2026, 5, 1))) == 302
    record = log(app, cast)
    assert (record.head.shared_on, record.head.consent) == (date(2026, 5, 1), "refused")
    assert record.body.why_without_consent == "He has a key."
    assert record.is_open
