"""The door of a case: who is let in is written down, and who is not learns nothing."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db
from tests.cast import Cast

ClientOf = Callable[[str], FlaskClient]


def entries(app: Flask, kind: Kind) -> list[AuditEntry]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind)))


@pytest.mark.parametrize(
    ("who", "reason"),
    [("assigned_advocate", "assigned"), ("colleague", "same_team"), ("manager", "supervises")],
)
def test_each_reading_is_written_down_with_its_reason(
    app: Flask, client_of: ClientOf, cast: Cast, who: str, reason: str
) -> None:
    assert client_of(who).get(f"/cases/{cast.case_id}").status_code == 200
    (entry,) = entries(app, Kind.CASE_OPENED)
    assert (entry.case_id, entry.actor_id) == (cast.case_id, cast.actors[who].user_id)
    assert entry.reason == reason


@pytest.mark.parametrize("who", ["other_team", "other_manager", "analyst", "administrator"])
def test_a_foreign_case_and_a_missing_one_are_answered_and_written_down_alike(
    app: Flask, client_of: ClientOf, cast: Cast, who: str
) -> None:
    client = client_of(who)
    missing = uuid4()
    answers = [client.get(f"/cases/{case_id}") for case_id in (cast.case_id, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data
    assert entries(app, Kind.CASE_OPENED) == []
    refused = entries(app, Kind.CASE_REFUSED)
    assert {entry.case_id for entry in refused} == {cast.case_id, missing}
    assert {entry.chain_id for entry in refused} == {UUID(int=0)}
    assert len({(entry.kind, entry.reason, entry.detail, entry.writes) for entry in refused}) == 1


def test_no_part_of_another_case_is_reached_through_ones_own(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    client = client_of("assigned_advocate")
    for path in (f"incidents/{uuid4()}", f"flags/{uuid4()}", "flags/new/no_such_list"):
        assert client.get(f"/cases/{cast.case_id}/{path}").status_code == 404
