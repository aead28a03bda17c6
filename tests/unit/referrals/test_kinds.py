"""Kinds of referral with rules of their own: the NRM, and those that have a form of their own."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.referrals.actions import make_referral
from caseapp.referrals.models import ReferralBody, ReferralHead
from tests.cast import Cast
from tests.unit.referrals.test_routes import (
    WITHOUT,
    ClientOf,
    correct,
    how_many,
    make,
    the_referral,
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/referrals"


def test_a_child_referred_to_the_nrm_without_consent_can_be_corrected_once_grown_up(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, place: str
) -> None:
    make(advocate, place, **WITHOUT, kind="nrm", first_responder="The council")
    assert the_referral(app).body.first_responder
    with time_machine.travel("2027-04-01 09:00Z"):  # eighteen since 27 March
        answers = {**WITHOUT, "kind": "nrm", "first_responder": "The police", "need": "Safety"}
        assert correct(client_of("assigned_advocate"), app, place, **answers).location == place
    assert the_referral(app).body.need == "Safety"


def test_who_was_grown_up_on_the_day_of_the_referral_has_to_agree_to_the_nrm(
    app: Flask, client_of: ClientOf, place: str
) -> None:
    with time_machine.travel("2027-04-01 09:00Z"):
        advocate = client_of("assigned_advocate")
        nrm = {**WITHOUT, "kind": "nrm", "first_responder": "The council"}
        grown_up = {"made_on-day": "27", "made_on-month": "3", "made_on-year": "2027"}
        page = make(advocate, place, **nrm, **grown_up)
        assert page.status_code == 422
        assert "An adult has to agree" in page.text
        assert make(advocate, place, **nrm, **grown_up | {"made_on-day": "26"}).location == place


@pytest.mark.parametrize("kind", ["marac", "perpetrator_programme"])
def test_what_has_a_form_of_its_own_is_not_referred_with_less(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, kind: str
) -> None:
    page = make(advocate, place, kind=kind)
    assert page.status_code == 422
    assert "from the list" in page.text
    assert how_many(app) == 0
    shown = advocate.get(f"{place}/new").text
    assert f'value="{kind}"' not in shown
    for form in ("marac/new", "perpetrators"):
        assert f'href="/cases/{cast.case_id}/{form}">' in shown


def test_an_old_referral_of_such_a_kind_can_still_be_corrected(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    head = ReferralHead(made_on=date(2026, 5, 4), kind="marac", agency="MARAC")
    body = ReferralBody(need="A meeting", consent_basis="agreed", consent="given")
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        make_referral(UUID(int=4), case, head, body, cast.assigned_advocate)
    assert correct(advocate, app, place, kind="marac", need="Two meetings").location == place
    assert the_referral(app).body.need == "Two meetings"
