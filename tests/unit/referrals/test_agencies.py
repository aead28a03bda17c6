"""A referral goes to a service of the directory, and never to one that has closed."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.directory import actions
from caseapp.directory.entries import Entry
from caseapp.directory.models import Service
from caseapp.referrals.models import Referral
from caseapp.sharing.queries import sharing_of
from tests.cast import Cast
from tests.shown_forms import shown_form, with_answers
from tests.unit.referrals.test_routes import ANSWERS
from tests.visits import hidden_fields, send

NAME = "Westway Speech Clinic"


@pytest.fixture
def service_id(app: Flask, cast: Cast) -> UUID:
    return add_service(app, cast, NAME)


def add_service(app: Flask, cast: Cast, name: str) -> UUID:
    with app.app_context(), transaction():
        entry = Entry(id=uuid4(), name=name, organisation="NHS")
        return actions.add_service(entry, cast.manager).id


@pytest.fixture
def advocate(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/referrals"


def close(app: Flask, cast: Cast, service_id: UUID) -> None:
    with app.app_context(), transaction():
        service = db.session.get_one(Service, service_id)
        actions.close_service(service, cast.manager, is_open=False)


def make(client: FlaskClient, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/new", **{**ANSWERS, **answers})


def referrals(app: Flask) -> list[Referral]:
    with app.app_context():
        found = list(db.session.scalars(select(Referral)))
        for referral in found:
            _ = referral.head
        return found


def test_a_service_is_chosen_and_its_name_is_not_typed(
    app: Flask, advocate: FlaskClient, place: str, service_id: UUID
) -> None:
    assert make(advocate, place, service=str(service_id), agency="").location == place
    (referral,) = referrals(app)
    assert (referral.head.service_id, referral.head.agency) == (service_id, f"{NAME}, NHS")


def test_a_service_or_a_name_is_asked_for(advocate: FlaskClient, place: str) -> None:
    page = make(advocate, place, agency="")
    assert page.status_code == 422
    assert "Choose a service, or enter the name of the agency" in page.text


def test_a_service_that_closed_while_the_form_was_filled_in_is_refused_and_all_is_kept(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, service_id: UUID
) -> None:
    seen = hidden_fields(advocate.get(f"{place}/new"))
    close(app, cast, service_id)
    sent = {**seen, **ANSWERS, "service": str(service_id), "agency": ""}
    page = advocate.post(f"{place}/new", data=sent)
    assert page.status_code == 422
    assert f"{NAME} is closed in the directory" in page.text
    assert ANSWERS["need"] in page.text
    assert f'value="{service_id}" selected' in page.text
    assert referrals(app) == []


def test_a_closed_service_is_not_offered(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, service_id: UUID
) -> None:
    assert NAME in advocate.get(f"{place}/new").text
    close(app, cast, service_id)
    assert NAME not in advocate.get(f"{place}/new").text


@pytest.mark.parametrize("typed", [NAME, "westway  speech clinic"])
def test_the_name_of_a_closed_service_is_refused_where_it_is_typed(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, service_id: UUID, typed: str
) -> None:
    close(app, cast, service_id)
    page = make(advocate, place, agency=typed)
    assert page.status_code == 422
    assert "is closed in the directory" in page.text
    assert referrals(app) == []


@pytest.mark.parametrize("service", [str(UUID(int=5)), "nonsense"])
def test_a_service_that_does_not_exist_is_refused(
    app: Flask, advocate: FlaskClient, place: str, service: str
) -> None:
    page = make(advocate, place, service=service)
    assert page.status_code == 422
    assert "from the list" in page.text
    assert referrals(app) == []


def test_an_old_referral_to_a_service_that_has_closed_can_be_corrected(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, service_id: UUID
) -> None:
    make(advocate, place, service=str(service_id), agency="")
    close(app, cast, service_id)
    path = f"{place}/{referrals(app)[0].id}/edit"
    answers = {**ANSWERS, "service": str(service_id), "agency": "", "need": "Something else"}
    assert send(advocate, path, **answers).location == place
    assert referrals(app)[0].head.service_id == service_id


def move(client: FlaskClient, app: Flask, place: str, **answers: str) -> tuple[UUID | None, str]:
    """Correct where the only referral went, on the form as it is shown."""
    path = f"{place}/{referrals(app)[0].id}/edit"
    sent = client.post(path, data=with_answers(shown_form(client.get(path)), **answers))
    assert sent.location == place, sent.text
    head = referrals(app)[0].head
    return head.service_id, head.agency


def test_a_referral_that_is_moved_to_another_service_takes_its_name_too(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, service_id: UUID
) -> None:
    make(advocate, place, service=str(service_id), agency="")
    other = add_service(app, cast, "Eastway Speech Clinic")
    assert move(advocate, app, place, service=str(other)) == (other, "Eastway Speech Clinic, NHS")
    with app.app_context():
        (record,) = sharing_of(db.session.get_one(Case, cast.case_id))
        assert record.head.with_whom == "Eastway Speech Clinic, NHS"


def test_a_name_that_is_typed_with_the_other_service_is_kept(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, service_id: UUID
) -> None:
    make(advocate, place, service=str(service_id), agency="")
    other = add_service(app, cast, "Eastway Speech Clinic")
    typed = "Dr Osei at Eastway"
    assert move(advocate, app, place, service=str(other), agency=typed) == (other, typed)
    assert move(advocate, app, place, need="All of it") == (other, typed)
    assert move(advocate, app, place, service="") == (None, typed)
