"""Writing into the sharing log, deciding on it and withdrawing agreement, as people do it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import Team
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.sharing.models import SharingEntry
from caseapp.sharing.queries import SharingRecord, due_decisions, sharing_of
from tests import closings
from tests.cast import Cast, open_a_case
from tests.homes import signed_in_client
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

AGREED = {
    "shared_on-day": "20",
    "shared_on-month": "5",
    "shared_on-year": "2026",
    "with_whom": "Kensington Academy, head of year",
    "what": "That she is followed on her way home",
    "purpose": "Somebody waits with her at the gate",
    "consent": "given",
    "consent_basis": "agreed",
    "person_told": "yes",
}
AGAINST = {
    **AGREED,
    "with_whom": "MASH",
    "consent": "refused",
    "consent_basis": "public_task",
    "why_without_consent": "He knows where she sleeps",
    "necessity": "The address alone",
}
DECISION = {"agrees": "yes", "words": "Right: ring her advocate on Friday"}
WITHDRAWN = {"on-day": "20", "on-month": "5", "on-year": "2026", "words": "The school was told"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 20, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def manager(client_of: ClientOf) -> FlaskClient:
    return client_of("manager")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}/sharing"


def write_down(client: FlaskClient, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/new", **{**AGREED, **answers})


def share_against(client: FlaskClient, place: str, **answers: str) -> TestResponse:
    return send(client, f"{place}/new", **{**AGAINST, **answers})


def log(app: Flask, cast: Cast) -> list[SharingRecord]:
    with app.app_context():
        records = list(sharing_of(db.session.get_one(Case, cast.case_id)))
        for record in records:
            for row in (*record.versions, *record.steps):
                _ = row.head, row.body  # opened while the session is there
        return records


def the_record(app: Flask, cast: Cast) -> SharingRecord:
    (record,) = log(app, cast)
    return record


def page_of(app: Flask, cast: Cast, place: str, what: str) -> str:
    return f"{place}/{the_record(app, cast).entry.id}/{what}"


def second_manager(app: Flask, cast: Cast) -> Actor:
    with app.app_context(), transaction():
        team = db.session.get_one(Team, cast.manager.team_id)
        user = create_user("Second", "second@cast.example", Role.MANAGER, team, "no password")
        return user.actor


def due(app: Flask, cast: Cast) -> list[tuple[str, date, bool]]:
    with app.app_context():
        found = due_decisions(db.session(), [cast.case_id])
        return [(d.kind, d.on, d.for_manager) for d in found]


def close(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        closings.close(db.session.get_one(Case, cast.case_id), cast.manager)


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


def test_a_manager_decides_with_words_and_it_is_due_no_longer(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    assert send(manager, path, **DECISION).location == place
    decision = the_record(app, cast).decision
    assert decision
    assert (decision.head.agrees, decision.body.words) == (True, DECISION["words"])
    assert due(app, cast) == []
    page = advocate.get(place).text
    assert "A senior agreed" in page
    assert DECISION["words"] in page


def test_a_manager_may_disagree(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    send(manager, page_of(app, cast, place, "decision"), **{**DECISION, "agrees": "no"})
    assert "A senior disagreed" in advocate.get(place).text
    assert (
        "A senior disagreed with sharing with MASH" in advocate.get(f"/cases/{cast.case_id}").text
    )


def test_a_decision_needs_words(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    page = send(manager, page_of(app, cast, place, "decision"), agrees="yes", words=" ")
    assert page.status_code == 422
    assert "Enter your reasons" in page.text
    assert the_record(app, cast).is_open


def test_a_decision_after_48_hours_is_shown_as_late(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    with time_machine.travel(datetime(2026, 5, 22, 9, 1, tzinfo=UTC), tick=False):
        advocate = client_of("assigned_advocate")
        assert "Late: a senior should have decided" in advocate.get(place).text
        send(client_of("manager"), page_of(app, cast, place, "decision"), **DECISION)
        page = advocate.get(place).text
    assert "A senior agreed" in page
    assert ">Late<" in page


def test_whoever_shared_it_does_not_decide_on_it(
    app: Flask, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(manager, place)
    path = page_of(app, cast, place, "decision")
    shown = manager.get(path)
    assert "another manager of the team has to decide" in shown.text
    assert "Save the decision" not in shown.text
    page = manager.post(path, data={**hidden_fields(shown), "revision": "1", **DECISION})
    assert page.status_code == 422
    assert DECISION["words"] in page.text
    assert the_record(app, cast).is_open
    assert due(app, cast) == [("sharing_decision", date(2026, 5, 22), True)]


def test_another_manager_decides_on_what_a_manager_shared(
    app: Flask, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(manager, place)
    second = signed_in_client(app, second_manager(app, cast))
    send(second, page_of(app, cast, place, "decision"), **DECISION)
    assert the_record(app, cast).decision


def test_whoever_corrected_it_does_not_decide_on_it_either(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    send(manager, page_of(app, cast, place, "correct"), **{**AGAINST, "what": "The road"})
    path = page_of(app, cast, place, "decision")
    sent = {**hidden_fields(manager.get(path)), "revision": "2", **DECISION}
    assert manager.post(path, data=sent).status_code == 422
    assert the_record(app, cast).is_open


@pytest.mark.parametrize("who", ["assigned_advocate", "colleague", "other_manager"])
def test_only_a_manager_of_the_team_decides(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, place: str, who: str
) -> None:
    share_against(advocate, place)
    assert client_of(who).get(page_of(app, cast, place, "decision")).status_code == 404


def test_of_two_managers_who_decide_at_once_the_second_is_told(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    second = signed_in_client(app, second_manager(app, cast))
    seen = hidden_fields(second.get(path))
    send(manager, path, **DECISION)
    page = second.post(path, data={**seen, "agrees": "no", "words": "She was not in danger"})
    assert page.status_code == 409
    assert "Another manager has decided" in page.text
    assert "She was not in danger" in page.text
    assert DECISION["words"] in page.text
    assert len(the_record(app, cast).steps) == 1


def test_a_decision_sent_twice_is_one_decision(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    sent = {**hidden_fields(manager.get(path)), **DECISION}
    assert [manager.post(path, data=sent).location for _ in range(2)] == [place] * 2
    assert len(the_record(app, cast).steps) == 1


def test_a_decision_is_made_on_what_the_entry_says_now(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    path = page_of(app, cast, place, "decision")
    seen = hidden_fields(manager.get(path))
    send(advocate, page_of(app, cast, place, "correct"), **{**AGAINST, "what": "All of it"})
    page = manager.post(path, data={**seen, **DECISION})
    assert page.status_code == 409
    assert "corrected this entry" in page.text
    assert "All of it" in page.text
    again = {**hidden_fields(page), **DECISION}
    assert manager.post(path, data=again).location == place
    assert the_record(app, cast).decision


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


def test_what_is_corrected_after_the_decision_is_decided_again(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    share_against(advocate, place)
    send(manager, page_of(app, cast, place, "decision"), **DECISION)
    send(advocate, page_of(app, cast, place, "correct"), **{**AGAINST, "what": "All of it"})
    record = the_record(app, cast)
    assert record.is_open
    assert record.decision_on(record.versions[0])
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


def test_a_closed_case_takes_no_entry_but_a_decision_and_a_withdrawal(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, cast: Cast, place: str
) -> None:
    write_down(advocate, place)
    share_against(advocate, place)
    close(app, cast)
    page = write_down(advocate, place)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert AGREED["what"] in page.text
    with_consent, without = sorted(log(app, cast), key=lambda r: r.entry.for_senior)
    assert send(manager, f"{place}/{without.entry.id}/decision", **DECISION).status_code == 302
    path = f"{place}/{with_consent.entry.id}/withdrawal"
    assert send(advocate, path, **WITHDRAWN).status_code == 302


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
