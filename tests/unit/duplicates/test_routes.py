"""The pages of a merge, as the manager meets them: and nobody else."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.access.actors import Role
from caseapp.access.permissions import Permission
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import Team
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.duplicates.models import PersonMerge
from caseapp.people.models import Person
from tests.cast import Cast, open_a_case
from tests.closings import close
from tests.homes import signed_in_client
from tests.statements import counted_statements
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
DUPLICATES = "/people/duplicates"


@pytest.fixture
def pair(app: Flask, cast: Cast) -> tuple[UUID, UUID]:
    """The person of the one case, and the same person entered again; the second case is closed."""
    with app.app_context(), transaction():
        again = open_a_case(cast.assigned_advocate, given_name="Zaleeka")
        close(again, cast.manager)
        return cast.person_id, again.person_id


def merge_url(pair: tuple[UUID, UUID]) -> str:
    return f"/people/{pair[0]}/merge/{pair[1]}"


def merge(client: FlaskClient, pair: tuple[UUID, UUID], **answers: str) -> TestResponse:
    chosen = {"keep_given_name": "second", "sure": "yes"}
    return send(client, merge_url(pair), **(chosen | answers))


def given_name(app: Flask, person_id: UUID) -> str:
    with app.app_context():
        return db.session.get_one(Person, person_id).head.given_name


def merges(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(PersonMerge.status)))


def test_a_duplicate_is_found_by_what_it_shares_and_merged_as_chosen(
    app: Flask, client_of: ClientOf, pair: tuple[UUID, UUID]
) -> None:
    client = client_of("manager")
    found = client.get(DUPLICATES).text
    assert "Family name and date of birth".lower() in found
    assert merge_url(pair) in found or merge_url((pair[1], pair[0])) in found
    answer = merge(client, pair)
    assert answer.status_code == 302
    assert given_name(app, pair[0]) == "Zaleeka"
    shown = client.get(answer.location).text
    assert "Two records became one" in shown
    assert "Undo the merge" in shown
    assert merge_url(pair) not in client.get(DUPLICATES).text


def test_a_merge_is_taken_back_from_its_page(
    app: Flask, client_of: ClientOf, pair: tuple[UUID, UUID]
) -> None:
    client = client_of("manager")
    place = merge(client, pair).location
    assert send(client, f"{place}/undo").status_code == 422
    assert merges(app) == ["merged"]
    assert send(client, f"{place}/undo", sure="yes").status_code == 302
    assert (given_name(app, pair[0]), given_name(app, pair[1])) == ("Zalika", "Zaleeka")
    again = send(client, f"{place}/undo", sure="yes")
    assert again.status_code == 422
    assert "taken apart already" in again.text


def test_what_differs_has_to_be_decided_and_the_tick_given(
    app: Flask, client_of: ClientOf, pair: tuple[UUID, UUID]
) -> None:
    answer = send(client_of("manager"), merge_url(pair))
    assert answer.status_code == 422
    assert "Choose what is right: First name" in answer.text
    assert "Tick the box when you have checked" in answer.text
    assert merges(app) == []


def test_a_form_that_is_sent_twice_makes_one_merge(
    app: Flask, client_of: ClientOf, pair: tuple[UUID, UUID]
) -> None:
    client = client_of("manager")
    answers = hidden_fields(client.get(merge_url(pair))) | {
        "keep_given_name": "first",
        "sure": "yes",
    }
    first, second = (client.post(merge_url(pair), data=answers) for _ in range(2))
    assert first.location == second.location
    assert merges(app) == ["merged"]


def second_manager(app: Flask, cast: Cast) -> FlaskClient:
    with app.app_context(), transaction():
        team = db.session.get_one(Team, cast.manager.team_id)
        user = create_user(
            "Second", "second@cast.example", Role.MANAGER, team, "none", second_factor_off=True
        )
        actor = user.actor
    return signed_in_client(app, actor)


def test_of_two_managers_who_merge_at_once_the_second_is_told_and_nothing_is_lost(
    app: Flask, client_of: ClientOf, cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    one, other = client_of("manager"), second_manager(app, cast)
    backwards = pair[1], pair[0]
    sent = hidden_fields(other.get(merge_url(backwards)))
    done = merge(one, pair)
    late = other.post(
        merge_url(backwards), data=sent | {"keep_given_name": "second", "sure": "yes"}
    )
    assert late.location == done.location
    assert "These two records are one already" in other.get(late.location).text
    assert merges(app) == ["merged"]


def test_who_merges_one_that_was_merged_elsewhere_meanwhile_is_told(
    app: Flask, client_of: ClientOf, cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    with app.app_context(), transaction():
        third_case = open_a_case(cast.assigned_advocate, given_name="Third")
        close(third_case, cast.manager)
        third = third_case.person_id
    one, other = client_of("manager"), second_manager(app, cast)
    sent = hidden_fields(other.get(merge_url((third, pair[1]))))
    merge(one, pair)
    late = other.post(
        merge_url((third, pair[1])), data=sent | {"keep_given_name": "first", "sure": "yes"}
    )
    assert late.location == DUPLICATES
    assert "merged with another one meanwhile" in other.get(DUPLICATES).text
    assert merges(app) == ["merged"]


def test_a_record_that_changed_under_the_managers_eyes_is_shown_again(
    app: Flask, client_of: ClientOf, cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    client = client_of("manager")
    sent = hidden_fields(client.get(merge_url(pair)))
    person = f"/cases/{cast.case_id}/person/edit"
    changed = send(client_of("assigned_advocate"), person, **details("Zalikah"))
    assert changed.status_code == 302
    late = client.post(merge_url(pair), data=sent | {"keep_given_name": "second", "sure": "yes"})
    assert late.status_code == 409
    assert "Zalikah" in late.text
    assert "was changed while you looked" in late.text
    assert re.search(r'name="keep_given_name"[^>]*value="second"[^>]* checked', late.text)
    assert merges(app) == []
    asked = set(re.findall(r'name="(keep_\w+)"', late.text))
    again = hidden_fields(late) | dict.fromkeys(asked, "first") | {"sure": "yes"}
    assert client.post(merge_url(pair), data=again).status_code == 302
    assert given_name(app, pair[0]) == "Zalikah"


def details(given_name: str) -> dict[str, str]:
    """What the form of a person needs, with everything else left as it is on the page."""
    return {
        "given_name": given_name,
        "family_name": "Quillfeather",
        "date_of_birth-day": "27",
        "date_of_birth-month": "3",
        "date_of_birth-year": "2009",
        "sex": "female",
        "ethnicity": "black_caribbean",
        "ward": "E05009394",
        "residence": "in_borough",
        "address": "9 Heronsgate Walk",
        "postcode": "W10 9ZZ",
        "phone": "07700 900123",
        "hours": "school days, 4 to 5pm",
    }


def reopen(app: Flask, person_id: UUID, service: str) -> str:
    with app.app_context(), transaction():
        case = db.session.scalars(select(Case).where(Case.person_id == person_id)).one()
        case.status, case.service = "open", service
        note_act(Kind.CASE_REOPENED, case, None, Permission.CLOSE_CASE)
        return case.head.reference


def test_two_open_cases_in_one_service_wait_for_a_decision(
    app: Flask, client_of: ClientOf, pair: tuple[UUID, UUID]
) -> None:
    reference = reopen(app, pair[1], "youth_violence")
    client = client_of("manager")
    page = client.get(merge_url(pair))
    assert "Decide which case goes on" in page.text
    assert f"Close the case {reference}" in page.text
    answer = client.post(merge_url(pair), data=hidden_fields(client.get("/account")))
    assert answer.status_code == 422
    assert merges(app) == []


def test_two_open_cases_in_two_services_need_a_word_that_both_go_on(
    app: Flask, client_of: ClientOf, pair: tuple[UUID, UUID]
) -> None:
    reopen(app, pair[1], "idva")
    client = client_of("manager")
    refused = merge(client, pair)
    assert refused.status_code == 422
    assert "when both open cases shall go on" in refused.text
    assert merge(client, pair, both_go_on="yes").status_code == 302
    assert merges(app) == ["merged"]


def test_somebody_known_to_another_team_is_refused_without_a_word_about_it(
    app: Flask, client_of: ClientOf, cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    with app.app_context(), transaction():
        foreign = open_a_case(cast.other_team, family_name="Elsewhere")
        foreign.person_id, reference = pair[1], foreign.head.reference
        note_act(Kind.CASE_CHANGED, foreign, None, Permission.EDIT_CASE)
    client = client_of("manager")
    page = client.get(merge_url(pair)).text
    assert "part of them is not in your hands. Speak to your manager" in page
    for secret in (reference, "Domestic abuse", "Other Team", "another team"):
        assert secret not in page
    answer = client.post(merge_url(pair), data=hidden_fields(client.get("/account")))
    assert answer.status_code == 422
    assert merges(app) == []


def test_a_person_of_another_team_is_answered_as_one_who_is_not_there(
    app: Flask, client_of: ClientOf, cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    with app.app_context(), transaction():
        foreign = open_a_case(cast.other_team, family_name="Quillfeather").person_id
    client = client_of("manager")
    missing = UUID(int=7)
    answers = [client.get(merge_url((pair[0], each))) for each in (foreign, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert str(foreign) not in client.get(DUPLICATES).text
    with app.app_context():
        kind = AuditEntry.kind == Kind.CASE_REFUSED.value
        traces = db.session.execute(
            select(AuditEntry.case_id, AuditEntry.subject_id, AuditEntry.detail).where(kind)
        ).all()
    assert len(traces) == 2
    assert traces[0] == traces[1]


def test_two_people_who_look_alike_are_kept_apart_and_not_proposed_again(
    app: Flask, client_of: ClientOf, pair: tuple[UUID, UUID]
) -> None:
    client = client_of("manager")
    answer = send(client, f"/people/{pair[0]}/apart/{pair[1]}", shown_at=DUPLICATES)
    assert answer.status_code == 302
    assert "They are kept as two people" in client.get(DUPLICATES).text
    assert "Nobody in your team looks entered twice" in client.get(DUPLICATES).text
    assert merges(app) == ["apart"]


def test_a_manager_names_the_other_case_by_its_reference(
    app: Flask, client_of: ClientOf, cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    with app.app_context(), transaction():
        other = db.session.scalars(select(Case).where(Case.person_id == pair[1])).one()
        foreign = open_a_case(cast.other_team)
        reference, hidden = other.head.reference, foreign.head.reference
        own = db.session.get_one(Case, cast.case_id).head.reference
    client, place = client_of("manager"), f"/cases/{cast.case_id}/same-person"
    assert send(client, place, reference=reference).location == merge_url(pair)
    assert "no case with this reference" in send(client, place, reference=hidden).text
    assert "of one record already" in send(client, place, reference=own).text


@pytest.mark.parametrize(
    "who", ["assigned_advocate", "colleague", "other_manager", "administrator"]
)
def test_nobody_but_the_manager_of_the_team_comes_near_a_merge(
    client_of: ClientOf, pair: tuple[UUID, UUID], who: str
) -> None:
    place = merge(client_of("manager"), pair).location
    client = client_of(who)
    for path in (merge_url(pair), place, f"{place}/undo"):
        assert client.get(path).status_code == 404


def test_the_list_of_duplicates_asks_no_more_of_the_database_for_more_of_them(
    app: Flask, client_of: ClientOf, cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    client = client_of("manager")

    def asked() -> int:
        client.get(DUPLICATES)
        with app.app_context(), counted_statements() as seen:
            assert client.get(DUPLICATES).status_code == 200
        return len(seen)

    few = asked()
    with app.app_context(), transaction():
        for number in range(8):
            open_a_case(cast.colleague, family_name=f"Crowd{number // 2}")
    assert asked() == few
