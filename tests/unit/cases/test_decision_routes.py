"""Decisions that two people make at once, or about what is no longer so."""

import re
from collections.abc import Callable
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.models import Case
from caseapp.database import db
from tests.cast import Cast

ClientOf = Callable[[str], FlaskClient]


def hidden(client: FlaskClient, path: str) -> dict[str, str]:
    page = client.get(path).get_data(as_text=True)
    return dict(re.findall(r'name="(csrf_token|record_id|revision)"[^>]*value="([^"]*)"', page))


def advocate_of(app: Flask, case_id: UUID) -> UUID | None:
    with app.app_context():
        return db.session.get_one(Case, case_id).advocate_id


def test_an_allocation_from_an_old_page_shows_what_changed_instead(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    client = client_of("manager")
    path = f"/cases/{cast.case_id}/allocate"
    form = hidden(client, path)
    colleague = str(cast.colleague.user_id)
    assert client.post(path, data=form | {"advocate": colleague}).status_code == 302
    met = client.post(path, data=form | {"advocate": str(cast.assigned_advocate.user_id)})
    assert met.status_code == 409
    assert "Somebody else changed this record" in met.get_data(as_text=True)
    assert advocate_of(app, cast.case_id) == cast.colleague.user_id


def test_a_closed_case_is_allocated_to_nobody(app: Flask, client_of: ClientOf, cast: Cast) -> None:
    client = client_of("manager")
    path = f"/cases/{cast.case_id}"
    closing = hidden(client, f"{path}/close")
    day = {"on-day": "2", "on-month": "11", "on-year": "2026"}
    closed = client.post(
        f"{path}/close", data=closing | day | {"reason": "needs_met", "risk_level": "high"}
    )
    assert closed.status_code == 302
    form = hidden(client, f"{path}/allocate") | {"advocate": str(cast.colleague.user_id)}
    refused = client.post(f"{path}/allocate", data=form)
    assert refused.status_code == 422
    assert "Open it again" in refused.get_data(as_text=True)
    assert advocate_of(app, cast.case_id) == cast.assigned_advocate.user_id
