"""What a referral to the MARAC says of the record that it was filled in from."""

from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.perpetrators.models import AllegedPerpetrator, Fact, PerpetratorBody
from caseapp.sharing.actions import correct_sharing
from caseapp.sharing.queries import sharing_of
from tests.cast import Cast
from tests.shown_forms import shown_form


def test_what_is_known_of_the_perpetrator_is_told_with_who_said_so_and_how_sure_we_are(
    app: Flask, advocate: FlaskClient, known: UUID, place: str
) -> None:
    with app.app_context(), transaction():
        one = db.session.get_one(AllegedPerpetrator, known)
        facts = tuple(
            Fact(id=uuid4(), what=what, text=text, source=source, confidence=sure,
                 noted_on=today(), by=one.author_id)
            for what, text, source, sure in (
                ("name", "Bertram Vossberg", "police", "confirmed"),
                ("bail", "Not to go near the flat", "family_or_friend", "unsure"),
            )
        )  # fmt: skip
        one.body = PerpetratorBody(facts=facts)
        record(Kind.PERPETRATOR_CHANGED, actor=None, case_id=one.case_id)
    told = shown_form(advocate.get(f"{place}/new"))["perpetrator"]
    assert "Bertram Vossberg [Police: confirmed]" in told
    assert "Not to go near the flat [Family or friend: not sure]" in told


def test_an_agency_that_was_written_down_by_mistake_is_not_said_to_know_the_family(
    app: Flask, advocate: FlaskClient, cast: Cast, known: UUID, place: str
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        (wrong,) = sharing_of(case)
        right = replace(wrong.head, with_whom="School nurse")
        correct_sharing(uuid4(), case, wrong, right, wrong.body, cast.assigned_advocate)
    told = shown_form(advocate.get(f"{place}/new"))["agencies"]
    assert told == "School nurse"
