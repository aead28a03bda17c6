"""What a case is about changes while it is open, where it was read, and two people meet over it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.cases.rules import themes_with
from caseapp.database import db, transaction
from tests.cast import Cast
from tests.closings import close
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

BOTH = ["youth_violence", "domestic_abuse"]


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/themes"


def themes_of(app: Flask, case_id: UUID) -> tuple[str, ...]:
    with app.app_context():
        return db.session.get_one(Case, case_id).head.themes


def test_a_theme_is_added_from_the_page_of_the_case_and_the_lists_know_it(
    app: Flask, client_of: ClientOf, cast: Cast, path: str
) -> None:
    advocate, place = client_of("assigned_advocate"), f"/cases/{cast.case_id}"
    assert f'href="{path}"' in advocate.get(place).text
    of_abuse = "/cases?theme=domestic_abuse"
    assert "Quillfeather" not in advocate.get(of_abuse).text
    form = hidden_fields(advocate.get(path))
    assert advocate.post(path, data={**form, "themes": BOTH}).location == place
    assert themes_of(app, cast.case_id) == tuple(BOTH)
    assert "Quillfeather" in advocate.get(of_abuse).text
    with app.app_context():
        kinds = db.session.scalars(
            select(AuditEntry.kind).where(AuditEntry.case_id == cast.case_id)
        ).all()
    assert "case_changed" in kinds


def test_a_case_keeps_at_least_one_theme(
    app: Flask, client_of: ClientOf, cast: Cast, path: str
) -> None:
    advocate = client_of("assigned_advocate")
    for themes in ([], ["boredom"]):
        form = hidden_fields(advocate.get(path))
        assert advocate.post(path, data={**form, "themes": themes}).status_code == 422
    assert themes_of(app, cast.case_id) == ("youth_violence",)


def test_themes_from_an_old_page_show_what_changed_instead(
    app: Flask, client_of: ClientOf, cast: Cast, path: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    seen = hidden_fields(manager.get(path))
    send(advocate, path, themes="domestic_abuse")
    met = manager.post(path, data={**seen, "themes": "sexual_violence"})
    assert met.status_code == 409
    assert "Somebody else changed this record" in met.text
    assert themes_of(app, cast.case_id) == ("domestic_abuse",)


def test_the_themes_of_a_closed_case_stay_and_the_page_offers_no_change(
    app: Flask, client_of: ClientOf, cast: Cast, path: str
) -> None:
    with app.app_context(), transaction():
        close(db.session.get_one(Case, cast.case_id), cast.manager)
    advocate = client_of("assigned_advocate")
    assert f'href="{path}"' not in advocate.get(f"/cases/{cast.case_id}").text
    page = send(advocate, path, themes="domestic_abuse")
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert themes_of(app, cast.case_id) == ("youth_violence",)


def test_another_team_is_told_that_there_are_no_such_themes(client_of: ClientOf, path: str) -> None:
    stranger = client_of("other_team")
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize(
    ("service", "themes"),
    [
        ("idva", ("youth_violence", "domestic_abuse")),
        ("youth_violence", ("youth_violence",)),
        ("of_our_own", ("youth_violence",)),
    ],
)
def test_the_theme_of_a_service_comes_to_those_that_are_known(
    service: str, themes: tuple[str, ...]
) -> None:
    assert themes_with(("youth_violence",), service) == themes
