"""Asking for somebody's voice: what the case may note of it, and what it may never."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.offers.models import OfferHead, SurveyOffer
from tests.cast import Cast
from tests.closings import close
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
OFFERED = {"is_safe": "yes", "said": "offered"}
DECLINED = {"is_safe": "yes", "said": "declined", "ask_again": "no"}


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/voice"


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 20, 9, tzinfo=UTC)):
        yield


def noted(app: Flask) -> list[OfferHead]:
    with app.app_context():
        return [offer.head for offer in db.session.scalars(select(SurveyOffer))]


def audited(app: Flask, kind: str) -> list[tuple[UUID | None, UUID | None, str]]:
    with app.app_context():
        found = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind))
        return [(entry.case_id, entry.actor_id, entry.detail) for entry in found]


def test_an_offer_is_noted_with_its_day_and_leads_to_the_survey_without_the_case(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    answer = send(advocate, place, **OFFERED)
    assert answer.location == f"{place}/offered"
    assert noted(app) == [OfferHead(on=date(2026, 5, 20), declined=False)]
    (entry,) = audited(app, "survey_offered")
    assert entry[:2] == (cast.case_id, cast.assigned_advocate.user_id)
    assert 'href="/give"' in advocate.get(answer.location).text


def test_a_refusal_is_noted_with_whether_they_may_be_asked_again(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    assert send(advocate, place, **DECLINED).location == f"/cases/{cast.case_id}"
    assert [(head.declined, head.ask_again) for head in noted(app)] == [(True, False)]
    assert [entry[0] for entry in audited(app, "survey_declined")] == [cast.case_id]
    assert audited(app, "survey_offered") == []
    assert "They asked not to be asked again" in advocate.get(place).text


def test_the_timeline_tells_that_they_were_asked(
    advocate: FlaskClient, cast: Cast, place: str
) -> None:
    send(advocate, place, **OFFERED)
    send(advocate, place, **{**DECLINED, "ask_again": "yes"})
    page = advocate.get(f"/cases/{cast.case_id}").text
    assert "Asked for their voice: offered" in page
    assert "Asked for their voice: declined; they may be asked again" in page


def test_the_page_lists_when_they_were_asked_the_newest_first(
    client_of: ClientOf, place: str
) -> None:
    for day in (20, 22, 21):
        with time_machine.travel(datetime(2026, 5, day, 9, tzinfo=UTC)):
            send(client_of("assigned_advocate"), place, **OFFERED)
    page = client_of("assigned_advocate").get(place).text
    listed = [page.index(f"{day} May 2026: offered") for day in (22, 21, 20)]
    assert listed == sorted(listed)


def test_the_case_page_leads_to_the_question(advocate: FlaskClient, cast: Cast, place: str) -> None:
    assert f'href="{place}"' in advocate.get(f"/cases/{cast.case_id}").text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Choose whether it is safe to ask now"),
        ({"is_safe": "no"}, "Do not ask them now"),
        ({"is_safe": "no", "said": "offered"}, "Do not ask them now"),
        ({"is_safe": "yes"}, "Choose whether it was offered or declined"),
        ({"is_safe": "yes", "said": "answered"}, "Choose what did they say? from the list"),
        ({"is_safe": "yes", "said": "declined"}, "Choose whether we may ask them again"),
    ],
)
def test_what_is_unsafe_or_unclear_is_refused_and_nothing_is_noted(
    app: Flask, advocate: FlaskClient, place: str, answers: dict[str, str], message: str
) -> None:
    page = send(advocate, place, **answers)
    assert page.status_code == 422
    assert message in page.text
    assert noted(app) == []


def test_the_page_says_when_it_is_safe_and_never_to_ask_before_the_perpetrator(
    advocate: FlaskClient, place: str
) -> None:
    page = advocate.get(place).text
    assert "school days, 4 to 5pm" in page
    assert "Never ask in front of the person who harmed them" in page
    assert "07700 900123" not in page


def test_an_offer_sent_twice_is_noted_once(app: Flask, advocate: FlaskClient, place: str) -> None:
    sent = {**hidden_fields(advocate.get(place)), **OFFERED}
    places = [advocate.post(place, data=sent).location for _ in range(2)]
    assert places == [f"{place}/offered"] * 2
    assert len(noted(app)) == 1


def test_nobody_is_asked_on_a_closed_case(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    with app.app_context(), transaction():
        close(db.session.get_one(Case, cast.case_id), cast.manager)
    page = send(advocate, place, **OFFERED)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert noted(app) == []


def test_other_team_is_told_the_case_does_not_exist(client_of: ClientOf, place: str) -> None:
    for name in ("other_team", "other_manager", "analyst", "administrator"):
        stranger = client_of(name)
        assert stranger.get(place).status_code == 404
        assert stranger.get(f"{place}/offered").status_code == 404
