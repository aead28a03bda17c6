"""Recording an alleged perpetrator as an advocate does it, and who sees nothing of it."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.perpetrators.blueprint import THE_PERSON
from tests.cast import Cast, open_a_case
from tests.unit.perpetrators.conftest import (
    ANSWERS,
    Add,
    ClientOf,
    how_many,
    kinds_noted,
    the_perpetrator,
)
from tests.visits import hidden_fields, send

FACT = {
    "what": "bail",
    "text": "Not to go to Golborne Road",
    "source": "police",
    "confidence": "confirmed",
}
PROGRAMME = {
    "programme": "Turning point",
    "offered_on-day": "4",
    "offered_on-month": "5",
    "offered_on-year": "2026",
    "result": "referred",
}


def test_each_detail_is_kept_with_who_said_so_and_how_sure_they_are(
    app: Flask, recorded: str
) -> None:
    facts = {fact.what: fact for fact in the_perpetrator(app).body.facts}
    assert facts.keys() == {"name", "date_of_birth", "relationship", "violence_types"}
    assert facts["date_of_birth"].text == "3 February 1990"
    assert facts["relationship"].text == "Intimate personal relationship, former"
    assert {(fact.source, fact.confidence) for fact in facts.values()} == {("person", "likely")}


def test_a_change_keeps_what_was_said_before_and_leaves_the_rest_its_source(
    app: Flask, advocate: FlaskClient, recorded: str
) -> None:
    answers = {**ANSWERS, "family_name": "Grimsby", "source": "police", "confidence": "confirmed"}
    assert send(advocate, f"{recorded}/edit", **answers).status_code == 302
    names = [fact for fact in the_perpetrator(app).body.facts if fact.what == "name"]
    assert [(fact.text, fact.source, bool(fact.ended_on)) for fact in names] == [
        ("Torvald Grimshaw", "person", True),
        ("Torvald Grimsby", "police", False),
    ]
    born = [fact for fact in the_perpetrator(app).body.facts if fact.what == "date_of_birth"]
    assert [fact.source for fact in born] == ["person"]


def test_one_row_adds_a_fact_and_a_button_ends_it_without_losing_it(
    app: Flask, advocate: FlaskClient, recorded: str
) -> None:
    assert send(advocate, recorded, **FACT).location == recorded
    page = advocate.get(recorded)
    assert "Not to go to Golborne Road" in page.text
    fact = the_perpetrator(app).body.facts[-1]
    send(advocate, f"{recorded}/facts/{fact.id}/end", shown_at=recorded)
    ended = the_perpetrator(app).body.facts[-1]
    assert (ended.text, ended.ended_on) == (FACT["text"], date(2026, 5, 20))
    assert "What was said before" in advocate.get(recorded).text


def test_the_same_form_sent_twice_makes_one(app: Flask, advocate: FlaskClient, place: str) -> None:
    data = {**hidden_fields(advocate.get(f"{place}/new")), **ANSWERS}
    first = advocate.post(f"{place}/new", data=data)
    assert advocate.post(f"{place}/new", data=data).location == first.location
    assert how_many(app) == 1


def test_the_same_fact_sent_twice_is_kept_once(
    app: Flask, advocate: FlaskClient, recorded: str
) -> None:
    data = {**hidden_fields(advocate.get(recorded)), **FACT}
    for _ in range(2):
        advocate.post(recorded, data=data)
    assert [fact.text for fact in the_perpetrator(app).body.facts].count(FACT["text"]) == 1


def test_two_people_who_edit_meet_on_a_page_that_keeps_both(
    app: Flask, advocate: FlaskClient, manager: FlaskClient, recorded: str
) -> None:
    shown = hidden_fields(advocate.get(f"{recorded}/edit"))
    send(manager, f"{recorded}/edit", **{**ANSWERS, "given_name": "Thorvald"})
    met = advocate.post(f"{recorded}/edit", data={**shown, **ANSWERS, "given_name": "Torvold"})
    assert met.status_code == 409
    assert "Thorvald" in met.text
    assert "Torvold" in met.text
    assert the_perpetrator(app).head.given_name == "Thorvald"


def test_somebody_unknown_is_recorded_by_the_violence_alone(app: Flask, add: Add) -> None:
    blank = dict.fromkeys(
        [key for key in ANSWERS if key.startswith(("date_of_birth", "given", "family"))], ""
    )
    assert add(**{**blank, "is_known": "no", "relationship": "stranger"}).status_code == 302
    head = the_perpetrator(app).head
    assert (head.is_known, head.full_name, head.violence_types) == (False, "", ("physical",))


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"given_name": "", "family_name": ""}, "Enter a name, or say that it is not known"),
        ({"is_known": "no"}, "You entered a name"),
        ({"violence_types": "unheard_of"}, "Choose types of violence from the list"),
        ({"source": ""}, "Choose who said so"),
        ({"confidence": "certain"}, "from the list"),
        ({"date_of_birth-year": "2990"}, "Date of birth"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_typed_is_lost(
    app: Flask, add: Add, answers: dict[str, str], message: str
) -> None:
    page = add(**answers)
    assert page.status_code == 422
    assert message in page.text
    assert how_many(app) == 0
    kept = {**ANSWERS, **answers}["family_name"]
    assert f'value="{kept}"' in page.text


def test_the_victims_own_name_and_birth_date_are_not_taken_for_the_perpetrators(
    app: Flask, add: Add
) -> None:
    page = add(
        **{
            "given_name": "ZALIKA",
            "family_name": "Quillfeather",
            "date_of_birth-day": "27",
            "date_of_birth-month": "3",
            "date_of_birth-year": "2009",
        }
    )
    assert page.status_code == 422
    assert THE_PERSON in page.text
    assert 'value="ZALIKA"' in page.text
    assert how_many(app) == 0


@pytest.mark.parametrize("who", ["colleague", "other_team", "analyst", "administrator"])
def test_nobody_but_the_advocate_and_the_manager_sees_anything_of_them(
    cast: Cast, client_of: ClientOf, recorded: str, place: str, who: str
) -> None:
    client = client_of(who)
    for path in (place, recorded, f"{recorded}/edit", f"{recorded}/programmes/new"):
        assert client.get(path).status_code == 404
    case = client.get(f"/cases/{cast.case_id}")
    assert not re.search("Torvald|Grimshaw|lleged", case.text)


def test_the_timeline_says_that_somebody_was_recorded_and_never_who(
    cast: Cast, advocate: FlaskClient, recorded: str
) -> None:
    case = advocate.get(f"/cases/{cast.case_id}")
    assert "Alleged perpetrator recorded" in case.text
    assert "Grimshaw" not in case.text


def test_every_page_that_shows_them_leaves_an_entry_of_its_own_kind(
    app: Flask, advocate: FlaskClient, recorded: str, place: str
) -> None:
    for path in (place, recorded, f"{recorded}/edit", f"{recorded}/programmes/new"):
        before = kinds_noted(app).count(Kind.PERPETRATORS_READ)
        advocate.get(path)
        assert kinds_noted(app).count(Kind.PERPETRATORS_READ) == before + 1, path


def test_a_programme_asks_for_the_support_of_the_victim(
    advocate: FlaskClient, recorded: str
) -> None:
    path = f"{recorded}/programmes/new"
    for answers, message in (
        ({}, "Choose who supports the victim"),
        ({"victim_support": "by_us"}, "Enter since when the victim is supported"),
        ({"victim_support": "by_others"}, "Enter who supports the victim"),
        ({"victim_support": "not_supported"}, "Enter why the victim is not supported"),
    ):
        page = send(advocate, path, **PROGRAMME, **answers)
        assert page.status_code == 422
        assert message in page.text
        assert 'value="Turning point"' in page.text
    reason = {"victim_support": "not_supported", "why_not_supported": "She moved to Leeds"}
    assert send(advocate, path, **PROGRAMME, **reason).status_code == 302
    shown = advocate.get(recorded).text
    assert "She moved to Leeds" in shown


def test_two_people_who_edit_a_programme_meet_on_a_page_that_keeps_both(
    advocate: FlaskClient, manager: FlaskClient, recorded: str
) -> None:
    reason = {"victim_support": "not_supported", "why_not_supported": "Refused"}
    send(advocate, f"{recorded}/programmes/new", **PROGRAMME, **reason)
    found = re.search(r'/programmes/([0-9a-f-]{36})"', advocate.get(recorded).text)
    assert found
    path = f"{recorded}/programmes/{found[1]}"
    shown = hidden_fields(advocate.get(path))
    send(manager, path, **{**PROGRAMME, "programme": "Old hands"}, **reason)
    met = advocate.post(path, data={**shown, **PROGRAMME, **reason, "programme": "New start"})
    assert met.status_code == 409
    assert "New start" in met.text
    assert "Old hands" in met.text


def test_nothing_is_added_to_a_closed_case(
    app: Flask, cast: Cast, advocate: FlaskClient, recorded: str, place: str
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        case.status = "closed"
        record(Kind.CASE_CLOSED, actor=None, case_id=case.id)
    for path, answers in ((f"{place}/new", ANSWERS), (f"{recorded}/edit", ANSWERS)):
        page = send(advocate, path, **answers)
        assert page.status_code == 422
        assert "This case is closed" in page.text
    page = advocate.post(recorded, data={**hidden_fields(advocate.get(f"{place}/new")), **FACT})
    assert "This case is closed" in page.text
    assert how_many(app) == 1


def test_a_perpetrator_of_another_case_is_not_found_through_ones_own(
    cast: Cast, app: Flask, client_of: ClientOf, recorded: str
) -> None:
    with app.app_context(), transaction():
        foreign = open_a_case(cast.other_team).id
    mine = client_of("other_team")
    own = recorded.rsplit("/", 1)[1]
    assert mine.get(f"/cases/{foreign}/perpetrators/{own}").status_code == 404


def test_a_referral_that_names_who_did_it_is_saved_with_a_warning(
    cast: Cast, advocate: FlaskClient, recorded: str
) -> None:
    path = f"/cases/{cast.case_id}/referrals/new"
    answers = {
        "kind": "counselling",
        "made_on-day": "4",
        "made_on-month": "5",
        "made_on-year": "2026",
        "agency": "The clinic",
        "need": "Talking",
        "consent": "given",
        "consent_basis": "agreed",
        "person_told": "yes",
        "safe_contact": "Torvald may answer",
    }
    page = advocate.get(path)
    saved = advocate.post(path, data={**hidden_fields(page), **answers})
    shown = advocate.get(saved.location).text
    assert "names an alleged perpetrator" in shown
    assert "Torvald may answer" in shown
