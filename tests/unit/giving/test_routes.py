"""Handing a survey over: codes are shown once, with broad facts alone."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.documents.printer import Printer
from caseapp.documents.problems import RenderTookTooLong
from caseapp.questionnaires.standard import standard_questionnaires
from caseapp.surveys.codes import CodesRefused, Facts, draw
from caseapp.surveys.models import SurveyCode
from tests.cast import Cast
from tests.shown_forms import shown_form
from tests.unit.giving.codes import CODE, FACTS, codes_on
from tests.visits import hidden_fields, is_signed_in, send

ClientOf = Callable[[str], FlaskClient]
GIVE, CARDS, DEVICE = "/give", "/give/cards", "/give/device"


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[Facts]:
    """The facts of each code that is drawn; it is drawn all the same."""
    found: list[Facts] = []

    def listening(facts: Facts, number: int = 1) -> list[str]:
        found.append(facts)
        return draw(facts, number)

    monkeypatch.setattr("caseapp.giving.actions.draw", listening)
    return found


def given(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        wanted = AuditEntry.kind == "survey_given"
        return list(db.session.scalars(select(AuditEntry).where(wanted)))


def good_codes(app: Flask) -> list[bytes]:
    """The hashes of those that were given and were not used."""
    with app.app_context():
        given_out = select(SurveyCode.code_hash).where(SurveyCode.expires.is_not(None))
        return list(db.session.scalars(given_out))


def test_a_code_comes_as_a_link_a_square_and_to_be_typed(advocate: FlaskClient) -> None:
    page = send(advocate, GIVE, **FACTS)
    assert page.status_code == 200
    (code,) = codes_on(page)
    assert re.search(rf'value="http[^"]*/s/{code}"', page.text)
    assert "<svg" in page.text
    assert "localhost/s</p>" in page.text
    assert f">{code}</p>" in page.text


def test_the_page_with_a_code_needs_no_style_that_our_policy_forbids(
    advocate: FlaskClient,
) -> None:
    page = send(advocate, GIVE, **FACTS).text
    assert " style=" not in page
    assert "<style" not in page
    assert "data:" not in page


def test_a_code_goes_with_nothing_that_the_person_left_out(
    advocate: FlaskClient, asked_for: list[Facts]
) -> None:
    send(advocate, GIVE, **FACTS)
    (facts,) = asked_for
    said = (facts.age_band, facts.sex, facts.ethnicity, facts.justice_outcome)
    assert said == ("not_said",) * 4
    assert (facts.stage, facts.service, facts.theme) == ("exit", "idva", ("domestic_abuse",))


def test_a_code_goes_with_the_broad_facts_that_the_person_agreed_to(
    advocate: FlaskClient, asked_for: list[Facts]
) -> None:
    broad = {"age_band": "under_25", "sex": "female", "ethnicity": "black"}
    send(advocate, GIVE, **FACTS, **broad, justice_outcome="no")
    (facts,) = asked_for
    said = (facts.age_band, facts.sex, facts.ethnicity, facts.justice_outcome)
    assert said == ("under_25", "female", "black", "no")


def test_a_survey_of_the_community_may_be_about_nothing_in_particular(
    advocate: FlaskClient, asked_for: list[Facts]
) -> None:
    community = {"questionnaire": "community", "service": "none"}
    assert codes_on(send(advocate, GIVE, **community))
    (facts,) = asked_for
    assert (facts.stage, facts.service, facts.theme) == ("community", "", ())


def test_the_five_groups_are_offered_and_none_finer(advocate: FlaskClient) -> None:
    page = advocate.get(GIVE).text
    offered = set(re.findall(r'name="ethnicity"[^>]*value="(\w+)"', page))
    assert offered == {"not_said", "white", "mixed", "asian", "black", "other"}


def test_no_question_names_anybody(advocate: FlaskClient) -> None:
    """What the pages ask at most: a new question here is a new way to be recognised."""
    asked = set(
        re.findall(r'<(?:input|select|textarea)[^>]*\bname="(\w+)"', advocate.get(GIVE).text)
    )
    ours = {"csrf_token", "record_id", "revision", "seen"}
    assert asked - ours == {
        "questionnaire", "service", "themes", "age_band", "sex", "ethnicity", "justice_outcome",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"questionnaire": ""}, "Choose the survey"),
        ({"questionnaire": "long_retired"}, "Choose the survey from the list"),
        ({"service": ""}, "Choose the service"),
        ({"service": "police"}, "Choose the service it is about from the list"),
        ({"themes": ""}, "Choose what it is about"),
        ({"themes": "burglary"}, "Choose what it is about from the list"),
        ({"age_band": "17"}, "Choose their age from the list"),
        ({"sex": "unsure"}, "Choose their sex from the list"),
        ({"ethnicity": "black_caribbean"}, "Choose their ethnic group from the list"),
        ({"ethnicity": "unknown"}, "Choose their ethnic group from the list"),
        ({"justice_outcome": "14"}, "from the list"),
    ],
)
def test_what_cannot_be_right_is_refused_and_no_code_is_spent(
    app: Flask,
    advocate: FlaskClient,
    asked_for: list[Facts],
    answers: dict[str, str],
    message: str,
) -> None:
    for place in (GIVE, CARDS):
        page = send(advocate, place, **{**FACTS, "number": "2", **answers})
        assert page.status_code == 422
        assert message in page.text
        assert not codes_on(page)
    assert asked_for == []
    assert given(app) == []


def test_a_form_sent_again_shows_no_code_and_spends_none(
    app: Flask, advocate: FlaskClient, asked_for: list[Facts]
) -> None:
    sent = {**hidden_fields(advocate.get(GIVE)), **FACTS}
    assert codes_on(advocate.post(GIVE, data=sent))
    again = advocate.post(GIVE, data=sent)
    assert again.status_code == 409
    assert "is shown once, and never again" in again.text
    assert not codes_on(again)
    assert len(asked_for) == len(given(app)) == 1


def test_the_form_that_says_so_can_be_sent_and_keeps_what_was_chosen(
    advocate: FlaskClient,
) -> None:
    sent = {**hidden_fields(advocate.get(GIVE)), **FACTS}
    first = codes_on(advocate.post(GIVE, data=sent))
    again = advocate.post(GIVE, data=sent)
    assert re.search(r'value="idva"[^>]* checked', again.text)
    second = codes_on(advocate.post(GIVE, data={**hidden_fields(again), **FACTS}))
    assert len(first | second) == 2


def test_a_code_stands_in_no_address_session_or_audit(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    page = send(advocate, GIVE, **FACTS)
    (code,) = codes_on(page)
    assert "Location" not in page.headers
    with advocate.session_transaction() as session:
        assert code.replace("-", "") not in str(dict(session)).replace("-", "")
    (entry,) = given(app)
    assert entry.actor_id == cast.assigned_advocate.user_id
    assert (entry.case_id, entry.subject_id) == (None, None)
    assert entry.detail == '{"codes":1}'
    assert advocate.get(GIVE).text.count(code) == 0


def test_no_code_is_given_when_there_is_none_left(
    app: Flask, advocate: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_facts: Facts, _number: int = 1) -> list[str]:
        raise CodesRefused("There are no codes left this month")

    monkeypatch.setattr("caseapp.giving.actions.draw", nothing)
    page = send(advocate, GIVE, **FACTS)
    assert page.status_code == 422
    assert "There are no codes left this month" in page.text
    assert given(app) == []


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("", "Enter the number of cards"),
        ("0", "Number of cards must be from 1 to 200"),
        ("201", "Number of cards must be from 1 to 200"),
        ("-3", "Number of cards must be from 1 to 200"),
        ("a few", "must be a whole number"),
    ],
)
def test_no_cards_and_too_many_cards_are_refused(
    app: Flask, advocate: FlaskClient, number: str, message: str
) -> None:
    page = send(advocate, CARDS, **FACTS, number=number)
    assert page.status_code == 422
    assert message in page.text
    assert given(app) == []


def test_as_many_cards_are_printed_as_were_asked_for_each_with_its_own_code(
    app: Flask, advocate: FlaskClient
) -> None:
    page = send(advocate, CARDS, **FACTS, number="200")
    assert page.headers["Content-Disposition"] == 'attachment; filename="cards.pdf"'
    with pypdfium2.PdfDocument(io.BytesIO(page.data)) as document:
        assert len(document) == 25
        printed = [CODE.findall(sheet.get_textpage().get_text_bounded()) for sheet in document]
    assert len({code for codes in printed for code in codes}) == 200
    assert [entry.detail for entry in given(app)] == ['{"codes":200}']


def test_cards_that_could_not_be_printed_leave_no_code_that_opens_anything(
    app: Flask, advocate: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(_printer: Printer, _html: str) -> bytes:
        assert len(good_codes(app)) == 3  # so that what is printed is good already
        raise RenderTookTooLong

    with monkeypatch.context() as patch:
        patch.setattr(Printer, "print", too_slow)
        page = send(advocate, CARDS, **FACTS, number="3")
    assert page.status_code == 503
    assert "took too long" in page.text
    assert "No card was made" in page.text
    assert not codes_on(page)
    assert good_codes(app) == []
    assert sorted(entry.detail for entry in given(app)) == ['{"codes":3}', '{"taken_back":3}']
    again = advocate.post(CARDS, data=shown_form(page))
    assert again.mimetype == "application/pdf"
    assert len(good_codes(app)) == 3


def test_handing_the_device_over_signs_the_worker_out_and_begins_a_visit(
    app: Flask, advocate: FlaskClient, cast: Cast
) -> None:
    shown = send(advocate, GIVE, **FACTS)
    answer = advocate.post(DEVICE, data=hidden_fields(shown))
    assert answer.status_code == 303
    assert answer.location.startswith("/s")
    (code,) = codes_on(shown)
    assert code.replace("-", "") not in answer.location.replace("-", "")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_signed_in(advocate)
    assert advocate.get(f"/cases/{cast.case_id}").location == "/sign-in"
    with app.app_context():
        kinds = list(db.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.at)))
    assert kinds[-1] == "signed_out"


def test_the_visit_on_the_device_leads_to_the_first_question(advocate: FlaskClient) -> None:
    shown = send(advocate, GIVE, **FACTS)
    answer = advocate.post(DEVICE, data=hidden_fields(shown))
    start = advocate.get(answer.location)
    assert "A few questions" in start.text
    assert not codes_on(start)
    first = advocate.get(advocate.post(answer.location).location)
    asked = next(each for each in standard_questionnaires() if each.code == FACTS["questionnaire"])
    assert asked.questions[0].words["en"] in first.text


def test_a_code_that_was_used_meanwhile_leads_the_device_to_a_page_that_says_so(
    advocate: FlaskClient,
) -> None:
    sent = hidden_fields(send(advocate, GIVE, **FACTS))
    answer = advocate.post(DEVICE, data={**sent, "survey_code": "0000111122223333"})
    closed = advocate.get(advocate.post(answer.location).location)
    assert closed.status_code == 200
    assert not is_signed_in(advocate)


def test_a_device_sent_again_after_it_was_handed_over_asks_to_sign_in(
    advocate: FlaskClient,
) -> None:
    sent = hidden_fields(send(advocate, GIVE, **FACTS))
    advocate.post(DEVICE, data=sent)
    for place in (DEVICE, GIVE):
        assert advocate.post(place, data={**sent, **FACTS}).location == "/sign-in"


def test_who_may_not_give_surveys_is_told_there_is_no_such_page(client_of: ClientOf) -> None:
    administrator = client_of("administrator")
    assert [administrator.get(place).status_code for place in (GIVE, CARDS)] == [404, 404]
    assert client_of("analyst").get(CARDS).status_code == 200
    assert client_of("manager").get(GIVE).status_code == 200
