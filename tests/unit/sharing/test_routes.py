"""Writing into the sharing log, correcting it and withdrawing agreement, as people do it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.sharing.models import SharingEntry
from tests.cast import Cast, open_a_case
from tests.unit.sharing.log_book import (
    AGREED,
    DECISION,
    WITHDRAWN,
    due,
    log,
    page_of,
    share_against,
    the_record,
    write_down,
)
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]


def test_a_sharing_is_kept_as_it_was_told(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    assert write_down(advocate, place, conditions="offences").location == place
    record = the_record(app, cast)
    assert (record.head.with_whom, record.head.shared_on) == (
        AGREED["with_whom"],
        date(2026, 5, 20),
    )
    assert (record.head.consent, record.head.basis) == ("given", "agreed")
    assert (record.body.what, record.body.purpose) == (AGREED["what"], AGREED["purpose"])
    assert record.body.conditions == ("offences",)
    assert record.body.person_told is True


def test_a_sharing_with_agreement_asks_no_senior(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    assert not the_record(app, cast).is_open
    assert due(app, cast) == []


def test_the_page_says_that_support_does_not_rest_on_agreement(
    advocate: FlaskClient, place: str
) -> None:
    assert "whoever withdraws it keeps their support" in advocate.get(place).text


@pytest.mark.parametrize("consent", ["refused", "no_answer", "not_asked"])
def test_a_sharing_without_agreement_is_due_for_a_manager_within_48_hours(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, consent: str
) -> None:
    share_against(advocate, place, consent=consent)
    assert due(app, cast) == [("sharing_decision", date(2026, 5, 22), True)]
    assert "A senior has to decide by 22 May 2026 at 10:00am" in " ".join(
        advocate.get(place).text.replace("</strong>", "").split()
    )


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"with_whom": " "}, "Enter with whom you shared it"),
        ({"what": ""}, "Enter what you shared"),
        ({"purpose": ""}, "Enter the purpose"),
        ({"shared_on-year": "2027"}, "must be today or in the past"),
        ({"consent": ""}, "Choose whether they agreed"),
        ({"consent": "not_needed"}, "from the list"),
        ({"consent": "refused"}, "Choose another basis"),
        ({"consent": "refused", "consent_basis": "public_task"}, "Say why you share this without"),
        ({"consent": "refused", "consent_basis": "public_task"}, "why less would not be enough"),
        ({"person_told": ""}, "Choose whether they know"),
        ({"person_told": "no"}, "Say why they are not told"),
        ({"what": "x" * 6501}, "6,500"),
    ],
)
def test_a_sharing_that_cannot_be_right_is_refused_beside_the_question(
    app: Flask,
    advocate: FlaskClient,
    cast: Cast,
    place: str,
    answers: dict[str, str],
    message: str,
) -> None:
    page = write_down(advocate, place, **answers)
    assert page.status_code == 422
    assert message in page.text
    assert answers.get("what", AGREED["what"]) in page.text
    assert log(app, cast) == []


def test_five_thousand_characters_are_kept_to_the_last(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place, what="é" * 5000)
    assert the_record(app, cast).body.what == "é" * 5000


def test_a_sharing_sent_twice_is_one_entry(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    sent = {**hidden_fields(advocate.get(f"{place}/new")), **AGREED}
    assert [advocate.post(f"{place}/new", data=sent).location for _ in range(2)] == [place] * 2
    assert len(log(app, cast)) == 1


def test_a_correction_follows_and_changes_nothing(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    first = the_record(app, cast).entry
    send(advocate, page_of(app, cast, place, "correct"), **{**AGREED, "what": "Only the road"})
    record = the_record(app, cast)
    assert [version.body.what for version in record.versions] == [AGREED["what"], "Only the road"]
    assert record.versions[0].id == first.id
    assert record.versions[0].revision == first.revision
    assert AGREED["what"] in advocate.get(place).text


def test_a_correction_is_no_way_round_the_senior(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    with time_machine.travel(datetime(2026, 5, 20, 9, 10, tzinfo=UTC), tick=False):
        send(advocate, page_of(app, cast, place, "correct"), **AGREED)
    record = the_record(app, cast)
    assert record.head.consent == "given"
    assert record.is_open
    assert record.head.decide_by == record.versions[0].head.decide_by
    assert len(due(app, cast)) == 1


def test_of_two_corrections_at_once_the_second_sees_both(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    path = page_of(app, cast, place, "correct")
    seen = hidden_fields(manager.get(path))
    send(advocate, path, **{**AGREED, "what": "Hers"})
    page = manager.post(path, data={**seen, **AGREED, "what": "Mine"})
    assert page.status_code == 409
    assert "Hers" in page.text
    assert "Mine" in page.text
    manager.post(path, data={**hidden_fields(page), **AGREED, "what": "Both"})
    assert [v.body.what for v in the_record(app, cast).versions][1:] == ["Hers", "Both"]


def test_agreement_is_withdrawn_from_a_day(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    path = page_of(app, cast, place, "withdrawal")
    assert send(advocate, path, **WITHDRAWN).location == place
    withdrawal = the_record(app, cast).withdrawal
    assert withdrawal
    assert withdrawal.head.on == date(2026, 5, 20)
    assert "Agreement withdrawn" in advocate.get(place).text
    again = send(advocate, path, **WITHDRAWN)
    assert again.status_code == 409
    assert "withdrawn before" in again.text


def test_agreement_is_not_withdrawn_before_it_was_given(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    path = page_of(app, cast, place, "withdrawal")
    page = send(advocate, path, **{**WITHDRAWN, "on-day": "19"})
    assert page.status_code == 422
    assert "before the day of the sharing" in page.text
    assert the_record(app, cast).withdrawal is None


def test_an_entry_is_not_reached_through_another_case(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    sharing_id = the_record(app, cast).entry.id
    with app.app_context(), transaction():
        other = open_a_case(cast.other_team, family_name="Otherwise").id
    stranger = client_of("other_team")
    for what in ("correct", "withdrawal"):
        page = stranger.get(f"/cases/{other}/sharing/{sharing_id}/{what}")
        missing = stranger.get(f"/cases/{other}/sharing/{UUID(int=1)}/{what}")
        assert (page.status_code, page.data) == (404, missing.data)


def test_each_step_is_written_into_the_audit(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    send(manager, page_of(app, cast, place, "decision"), **DECISION)
    with app.app_context():
        entry_id = db.session.scalars(select(SharingEntry.id)).one()
        mine = AuditEntry.subject_id == entry_id
        found = db.session.scalars(select(AuditEntry).where(mine).order_by("number")).all()
    assert [(e.kind, e.reason) for e in found] == [
        ("sharing_recorded", "assigned"),
        ("sharing_decided", "supervises"),
    ]
