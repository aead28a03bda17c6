"""Abuse again within 12 months of a referral: because of whom, and in whichever episode."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from caseapp.access.permissions import Permission
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.marac.models import MaracBody, MaracHead, MaracReferral
from caseapp.perpetrators.models import AllegedPerpetrator, PerpetratorBody, PerpetratorHead
from tests.cast import Cast, open_a_case
from tests.shown_forms import shown_form

ONE, OTHER = uuid4(), uuid4()


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Case:
    """A case of domestic abuse with two alleged perpetrators."""
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        case.head = replace(case.head, themes=("domestic_abuse",))
        for perpetrator_id in (ONE, OTHER):
            head = PerpetratorHead(is_known=False, recorded_on=today())
            db.session.add(
                AllegedPerpetrator(
                    id=perpetrator_id,
                    case_id=case.id,
                    author_id=cast.assigned_advocate.user_id,
                    head=head,
                    body=PerpetratorBody(),
                )
            )
        note_act(Kind.CASE_CHANGED, case, cast.assigned_advocate, Permission.EDIT_CASE)
        db.session.flush()
        db.session.expunge(case)
    return case


def refer(app: Flask, cast: Cast, case_id: UUID, days: int, because_of: UUID | None) -> None:
    with app.app_context(), transaction():
        head = MaracHead(
            referred_on=days_ago(days),
            criteria=("professional_judgement",),
            is_repeat=False,
            perpetrator_id=because_of,
        )
        by = cast.assigned_advocate
        db.session.add(
            MaracReferral(case_id=case_id, author_id=by.user_id, head=head, body=MaracBody())
        )
        record(Kind.MARAC_REFERRED, actor=by, team_id=by.team_id, case_id=case_id)


def harm(app: Flask, cast: Cast, days: int, by: UUID | None) -> None:
    with app.app_context(), transaction():
        head = IncidentHead(
            happened_on=days_ago(days),
            offence="actual_bodily_harm",
            is_domestic=True,
            perpetrator_id=by,
        )
        case = db.session.get_one(Case, cast.case_id)
        add_incident(uuid4(), case, head, IncidentBody(), cast.assigned_advocate)


def asked(client: FlaskClient, place: str) -> tuple[bool, str | None]:
    """(whether a repeat is proposed, what is answered to whether it is one)."""
    form = shown_form(client.get(f"{place}/new"))
    return "repeat" in form.getlist("criteria"), form.get("is_repeat")


def test_a_newer_referral_because_of_another_hides_no_repeat(
    app: Flask, cast: Cast, case: Case, advocate: FlaskClient, place: str
) -> None:
    refer(app, cast, case.id, 200, ONE)
    refer(app, cast, case.id, 100, OTHER)
    harm(app, cast, 5, ONE)
    assert asked(advocate, place) == (True, "yes")


def test_a_referral_in_an_earlier_episode_makes_it_a_repeat_too(
    app: Flask, cast: Cast, case: Case, advocate: FlaskClient, place: str
) -> None:
    with app.app_context(), transaction():
        earlier = open_a_case(cast.assigned_advocate)
        earlier.person_id = case.person_id
        record(Kind.CASE_CHANGED, actor=None, team_id=earlier.team_id, case_id=earlier.id)
        earlier_id = earlier.id
    refer(app, cast, earlier_id, 200, uuid4())
    harm(app, cast, 5, ONE)
    assert asked(advocate, place) == (True, "yes")
    page = advocate.get(f"{place}/new").text
    assert "Last referred to the MARAC on" in page


def test_a_referral_of_another_team_is_not_told_here(
    app: Flask, cast: Cast, case: Case, advocate: FlaskClient, place: str
) -> None:
    with app.app_context(), transaction():
        theirs = open_a_case(cast.other_team)
        theirs.person_id = case.person_id
        record(Kind.CASE_CHANGED, actor=None, team_id=theirs.team_id, case_id=theirs.id)
        their_id = theirs.id
    refer(app, cast, their_id, 200, None)
    harm(app, cast, 5, ONE)
    assert asked(advocate, place) == (False, None)


def test_whether_it_is_a_repeat_is_never_answered_with_no_for_the_worker(
    app: Flask, cast: Cast, case: Case, advocate: FlaskClient, place: str
) -> None:
    harm(app, cast, 5, ONE)
    assert asked(advocate, place) == (False, None)
    refer(app, cast, case.id, 100, OTHER)
    assert asked(advocate, place) == (False, None)
