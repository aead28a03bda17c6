"""Choosing the pictures of a plan through the door, as each of the cast."""

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.plans import actions
from caseapp.plans.models import (
    Place,
    Plan,
    PlanVersion,
    SafePerson,
    SectionWords,
    Step,
    VersionBody,
    VersionHead,
)
from tests.cast import Cast, open_a_case
from tests.unit.plans.conftest import version_head
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
LONG = "One two three four five six seven eight nine ten eleven twelve words and three more here."
BODY = VersionBody(
    sections=(
        SectionWords(code="home", own=f"I go to my aunt. {LONG}", worker="She knows."),
        SectionWords(code="online", own="I go to my aunt."),
    ),
    child=(SectionWords(code="safe_place", own="Under the stairs."),),
    steps=(Step(when="he shouts", then="I leave by the window"),),
    places=(Place(kind="safe_place", words="The library"),),
    people=(SafePerson(who="Gran", reach="07700 900 456"),),
)


@pytest.fixture(autouse=True)
def frozen() -> object:
    with time_machine.travel("2026-05-04 12:00", tick=False):
        yield


@pytest.fixture
def plan_url(app: Flask, cast: Cast) -> str:
    return write(app, cast, BODY)


def write(app: Flask, cast: Cast, body: VersionBody, head: VersionHead | None = None) -> str:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        version = actions.write_first_version(
            uuid4(), case, "youth_violence", head or version_head(), body, cast.assigned_advocate
        )
        return f"/cases/{case.id}/plans/{version.plan_id}"


def question(page: TestResponse, sentence: str) -> str:
    """The name of the list beside a sentence."""
    text = unescape(page.text)
    found = re.search(
        rf"beside: {re.escape(sentence[:40])}.*?<select[^>]*name=\"(\w+)\"", text, re.DOTALL
    )
    assert found, sentence
    return found[1]


def choose(client: FlaskClient, plan_url: str, sentence: str, code: str) -> TestResponse:
    name = question(client.get(f"{plan_url}/words"), sentence)
    return send(client, f"{plan_url}/words", **{name: code})


class Kept(NamedTuple):
    number: int
    head: VersionHead
    body: VersionBody


def versions(app: Flask) -> list[Kept]:
    with app.app_context():
        found = db.session.query(PlanVersion).order_by(PlanVersion.number).all()
        return [Kept(version.number, version.head, version.body) for version in found]


def test_each_idea_of_the_plan_stands_once_with_a_picture(
    client_of: ClientOf, plan_url: str
) -> None:
    page = client_of("assigned_advocate").get(f"{plan_url}/words")
    rows = re.findall(r"data-suggested=\"(\w+)\"", page.text)
    pictures = ["family", "communication", "home", "leave", "book", "grandparents", "stairs"]
    assert sorted(rows) == sorted(pictures)  # that of the section beside "She knows."
    for words in ("he shouts", "I leave by the window", "The library", "07700 900 456"):
        assert words in page.text


def test_a_long_sentence_is_counted_and_leads_to_its_box(
    client_of: ClientOf, plan_url: str
) -> None:
    page = client_of("assigned_advocate").get(f"{plan_url}/words").text
    assert page.count("try two sentences") == 1
    assert "17 words: try two sentences" in page
    assert f'href="{plan_url}/edit#own_home"' in page
    assert 'id="own_home"' in client_of("assigned_advocate").get(f"{plan_url}/edit").text
    shown = client_of("assigned_advocate").get(plan_url).text
    assert "1 row has a sentence of more than 15 words" in shown.replace("</strong>", "")
    assert f'href="{plan_url}/words"' in shown


def test_every_box_that_a_warning_leads_to_is_in_the_form(
    client_of: ClientOf, app: Flask, cast: Cast
) -> None:
    body = VersionBody(
        sections=(SectionWords(code="home", worker=f"A {LONG}"),),
        child=(SectionWords(code="safe_place", own=f"B {LONG}"),),
        steps=(Step(when="short", then=f"C {LONG}"),),
        places=(Place(kind="safe_place", words=f"D {LONG}"),),
        people=(SafePerson(who=f"E {LONG}"),),
    )
    plan_url, client = write(app, cast, body), client_of("assigned_advocate")
    links = re.findall(r"/edit#([\w-]+)\"", client.get(f"{plan_url}/words").text)
    form = client.get(f"{plan_url}/edit").text
    assert len(links) == 5
    assert [link for link in links if f'id="{link}"' not in form] == []


def test_a_choice_is_the_next_version_with_the_same_words_and_agreement(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    saved = choose(client_of("assigned_advocate"), plan_url, "I go to my aunt.", "key")
    assert (saved.status_code, saved.location) == (302, plan_url)
    first, second = versions(app)
    assert second.number == 2
    assert second.body.pictures == {"I go to my aunt.": "key"}
    assert (second.body.sections, second.body.child) == (BODY.sections, BODY.child)
    assert (second.body.steps, second.body.places, second.body.people) == (
        BODY.steps,
        BODY.places,
        BODY.people,
    )
    assert second.head.is_agreed is first.head.is_agreed is True
    assert second.head.review_on == first.head.review_on
    assert second.head.written_at != first.head.written_at


def test_a_choice_is_shown_and_can_be_taken_back(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    client = client_of("assigned_advocate")
    choose(client, plan_url, "I go to my aunt.", "key")
    assert '<option value="key" selected>' in client.get(f"{plan_url}/words").text
    choose(client, plan_url, "I go to my aunt.", "")
    assert versions(app)[-1].body.pictures == {}


def test_a_save_without_another_choice_writes_no_version(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    client = client_of("assigned_advocate")
    assert send(client, f"{plan_url}/words").location == plan_url
    assert "No other picture was chosen" in client.get(plan_url).text
    assert len(versions(app)) == 1


def test_a_picture_that_is_not_in_the_library_is_refused(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    for forged in ("no_such", "../../etc/passwd", "key.svg", "<script>"):
        refused = choose(client_of("assigned_advocate"), plan_url, "I go to my aunt.", forged)
        assert refused.status_code == 422
        assert "from the list" in refused.text
    assert len(versions(app)) == 1


def test_a_picture_for_a_sentence_that_is_not_in_the_plan_is_passed_over(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    send(client_of("assigned_advocate"), f"{plan_url}/words", picture_0123456789abcdef="key")
    assert len(versions(app)) == 1


def test_sending_twice_makes_one_version(client_of: ClientOf, app: Flask, plan_url: str) -> None:
    client = client_of("assigned_advocate")
    page = client.get(f"{plan_url}/words")
    data = {**hidden_fields(page), question(page, "I go to my aunt."): "key"}
    first = client.post(f"{plan_url}/words", data=data)
    again = client.post(f"{plan_url}/words", data=data)
    assert first.location == again.location == plan_url
    assert len(versions(app)) == 2


def test_two_people_who_choose_for_one_sentence_are_asked(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    hers, his = (one.get(f"{plan_url}/words") for one in (advocate, manager))
    name = question(hers, "I go to my aunt.")
    quick = advocate.post(f"{plan_url}/words", data={**hidden_fields(hers), name: "key"})
    slow = manager.post(f"{plan_url}/words", data={**hidden_fields(his), name: "bag"})
    assert (quick.status_code, slow.status_code) == (302, 409)
    assert "which one do you keep?" in slow.text
    assert versions(app)[-1].body.pictures == {"I go to my aunt.": "key"}
    settled = {**hidden_fields(slow), name: "bag", f"merge-{name}": "mine"}
    assert manager.post(f"{plan_url}/words", data=settled).status_code == 302
    assert versions(app)[-1].body.pictures == {"I go to my aunt.": "bag"}


def test_words_that_changed_meanwhile_lose_no_choice(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    advocate, manager = client_of("assigned_advocate"), client_of("manager")
    his = manager.get(f"{plan_url}/words")
    choose(advocate, plan_url, "She knows.", "heart")
    name = question(his, "I go to my aunt.")
    slow = manager.post(f"{plan_url}/words", data={**hidden_fields(his), name: "bag"})
    assert slow.status_code == 409
    again = {
        **hidden_fields(slow),
        name: "bag",
        question(slow, "She knows."): "heart",
    }
    assert manager.post(f"{plan_url}/words", data=again).status_code == 302
    chosen = {"I go to my aunt.": "bag", "She knows.": "heart"}
    assert versions(app)[-1].body.pictures == chosen


def test_a_choice_whose_sentence_moved_to_the_next_page_meanwhile_is_kept(
    client_of: ClientOf, app: Flask, cast: Cast
) -> None:
    lines = [f"This is line {n}." for n in range(40)]
    plan_url, client = write(app, cast, of_lines(lines)), client_of("assigned_advocate")
    page = client.get(f"{plan_url}/words")
    name = question(page, lines[-1])
    with app.app_context(), transaction():
        case, plan = db.session.get_one(Case, cast.case_id), db.session.query(Plan).one()
        longer, by = of_lines(["A new first line.", *lines]), cast.manager
        actions.write_version(uuid4(), case, plan, version_head(), longer, by)
    met = client.post(f"{plan_url}/words", data={**hidden_fields(page), name: "bed"})
    assert met.status_code == 409
    client.post(f"{plan_url}/words", data={**hidden_fields(met), name: "bed"})
    assert versions(app)[-1].body.pictures == {lines[-1]: "bed"}


def of_lines(lines: list[str]) -> VersionBody:
    return VersionBody(sections=(SectionWords(code="home", own="\n".join(lines)),))


def test_a_sentence_that_the_page_did_not_have_keeps_its_picture(
    client_of: ClientOf, app: Flask, plan_url: str
) -> None:
    client = client_of("assigned_advocate")
    choose(client, plan_url, "She knows.", "heart")
    choose(client, plan_url, "I go to my aunt.", "bag")  # and sends nothing for the other one
    chosen = {"I go to my aunt.": "bag", "She knows.": "heart"}
    assert versions(app)[-1].body.pictures == chosen


def test_a_plan_of_another_case_is_not_found_under_this_one(
    client_of: ClientOf, app: Flask, cast: Cast, plan_url: str
) -> None:
    with app.app_context(), transaction():
        other = open_a_case(cast.assigned_advocate, family_name="Otherwise").id
    plan_id = plan_url.rpartition("/")[2]
    answer = client_of("assigned_advocate").get(f"/cases/{other}/plans/{plan_id}/words")
    assert answer.status_code == 404


def test_a_closed_case_takes_no_picture(client_of: ClientOf, app: Flask, plan_url: str) -> None:
    client = client_of("assigned_advocate")
    closing = {"reason": "needs_met", "risk_level": "high"}
    on = {"on-day": "4", "on-month": "5", "on-year": "2026"}
    case_url = plan_url.partition("/plans")[0]
    closed = send(client_of("manager"), f"{case_url}/close", **closing, **on)
    refused = choose(client, plan_url, "I go to my aunt.", "key")
    assert (closed.status_code, refused.status_code) == (302, 422)
    assert "This case is closed" in refused.text
    assert '<option value="key" selected>' in refused.text
    assert len(versions(app)) == 1


@pytest.mark.parametrize(
    "who", ["colleague", "other_team", "other_manager", "analyst", "administrator"]
)
def test_who_may_not_write_the_plan_is_told_that_there_is_none(
    client_of: ClientOf, app: Flask, plan_url: str, who: str
) -> None:
    stranger = client_of(who)
    missing = stranger.get(f"/cases/{uuid4()}/plans/{uuid4()}/words").text
    for answer in (
        stranger.get(f"{plan_url}/words"),
        send(stranger, f"{plan_url}/words", shown_at="/account"),
    ):
        assert (answer.status_code, answer.text) == (404, missing)
    assert len(versions(app)) == 1


def test_a_very_long_plan_comes_in_pages_and_each_keeps_the_choices_of_the_others(
    client_of: ClientOf, app: Flask, cast: Cast
) -> None:
    words = " ".join(f"This is sentence {n}." for n in range(100))
    body = VersionBody(
        sections=(SectionWords(code="home", own=words),), pictures={"This is sentence 3.": "key"}
    )
    plan_url, client = write(app, cast, body), client_of("assigned_advocate")
    last = client.get(f"{plan_url}/words?page=3")
    assert last.text.count("data-picture-choice") == 20
    name = question(last, "This is sentence 99.")
    sent = client.post(f"{plan_url}/words?page=3", data={**hidden_fields(last), name: "bag"})
    assert sent.status_code == 302
    chosen = {"This is sentence 3.": "key", "This is sentence 99.": "bag"}
    assert versions(app)[-1].body.pictures == chosen
    for beyond in ("0", "9999", "99999999", "-1", "x", "٣"):
        assert client.get(f"{plan_url}/words?page={beyond}").status_code == 200


def test_words_on_the_page_never_become_markup(client_of: ClientOf, app: Flask, cast: Cast) -> None:
    own = '<img src=x onerror=alert(1)> "quoted" & {{ 7 * 7 }}.'
    plan_url = write(app, cast, VersionBody(sections=(SectionWords(code="home", own=own),)))
    page = client_of("assigned_advocate").get(f"{plan_url}/words").text
    assert "<img src=x" not in page
    assert "{{ 7 * 7 }}" in page
