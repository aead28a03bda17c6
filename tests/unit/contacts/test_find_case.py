"""A quick note begins with a few letters: who is found, and that no name leaves by an address."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.contacts.queries import MOST_FOUND, cases_to_note_on
from caseapp.database import db, transaction
from tests.cast import Cast, open_a_case
from tests.closings import close
from tests.statements import counted_statements
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
PLACE = "/notes/new"
JSON = {"Accept": "application/json"}


def suggested(client: FlaskClient, text: str) -> list[str]:
    token = hidden_fields(client.get(PLACE))
    page = client.post(PLACE, data={**token, "text": text}, headers=JSON)
    return [case["name"] for case in (page.json or {})["cases"]]


@pytest.fixture
def neighbours(app: Flask, cast: Cast) -> None:
    """More people whose names hold the same letters."""
    with app.app_context(), transaction():
        open_a_case(cast.colleague, given_name="Ada", family_name="Quillon")
        open_a_case(cast.assigned_advocate, given_name="Mia", family_name="Tranquil")
        open_a_case(cast.other_team, given_name="Foreign", family_name="Quilter")
        closed = open_a_case(cast.assigned_advocate, given_name="Old", family_name="Quillan")
        close(closed, cast.manager)


@pytest.mark.usefixtures("neighbours")
def test_ones_own_open_cases_come_first_and_no_other_teams_at_all(client_of: ClientOf) -> None:
    assert suggested(client_of("assigned_advocate"), "quil") == [
        "Zalika Quillfeather",
        "Mia Tranquil",
        "Ada Quillon",
    ]


@pytest.mark.usefixtures("neighbours")
def test_without_a_script_the_same_cases_are_links(client_of: ClientOf, cast: Cast) -> None:
    page = send(client_of("assigned_advocate"), PLACE, text="quil")
    assert page.status_code == 200
    assert f'href="/cases/{cast.case_id}/notes/new"' in page.text
    assert "Quilter" not in page.text
    assert "Quillan" not in page.text


def test_a_foreign_name_and_an_absent_one_are_answered_alike(
    client_of: ClientOf,
) -> None:
    other = client_of("other_team")
    pages = [send(other, PLACE, text=text) for text in ("Quillfeather", "Nobodyatall")]
    bodies = [
        page.text.replace(text, "")
        for page, text in zip(pages, ("Quillfeather", "Nobodyatall"), strict=True)
    ]
    without_ids = [
        [line for line in body.splitlines() if 'type="hidden"' not in line] for body in bodies
    ]
    assert without_ids[0] == without_ids[1]


def test_a_suggestion_tells_two_people_of_one_name_apart(client_of: ClientOf, cast: Cast) -> None:
    client = client_of("assigned_advocate")
    token = hidden_fields(client.get(PLACE))
    page = client.post(PLACE, data={**token, "text": "zalika"}, headers=JSON)
    (case,) = page.json["cases"]  # type: ignore[index]
    assert case["url"] == f"/cases/{cast.case_id}/notes/new"
    assert case["about"].startswith("age 17, high risk, ")


def test_ones_own_case_is_first_of_sixty_people_of_one_name(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        for number in range(60):
            open_a_case(cast.colleague, given_name=f"Anna{number:02}", family_name="Quilling")
        open_a_case(cast.assigned_advocate, given_name="Zoe", family_name="Quilling")
    found = suggested(client_of("assigned_advocate"), "quilling")
    assert found == ["Zoe Quilling", *(f"Anna{number:02} Quilling" for number in range(7))]


def test_closed_cases_of_a_name_take_no_open_ones_place(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        for number in range(55):
            given = {"given_name": f"Anna{number:02}", "family_name": "Quilling"}
            close(open_a_case(cast.colleague, **given), cast.manager)
        open_a_case(cast.colleague, given_name="Zoe", family_name="Quilling")
    assert suggested(client_of("assigned_advocate"), "quilling") == ["Zoe Quilling"]


def test_a_name_that_many_have_asks_the_database_no_more_often(app: Flask, cast: Cast) -> None:
    counts = []
    for many in (1, 60):
        with app.app_context():
            with transaction():
                for _ in range(many):
                    open_a_case(cast.colleague, family_name="Quilling")
            cases_to_note_on(cast.manager, "quilling")  # what was written since is read
            db.session.rollback()
            with counted_statements() as statements:
                found = cases_to_note_on(cast.manager, "quilling")
            counts.append(len(statements))
            db.session.rollback()
    assert len(found) == MOST_FOUND
    assert counts[0] == counts[1] <= 4


@pytest.mark.parametrize("text", ["", " ", "-", "\x00", "%", "quill" * 20, "ﷺ"])
def test_strange_letters_find_nobody_and_break_nothing(client_of: ClientOf, text: str) -> None:
    assert suggested(client_of("manager"), text) == []


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_each_search_is_audited_without_the_name(
    app: Flask, client_of: ClientOf, accept: str
) -> None:
    client = client_of("colleague")
    token = hidden_fields(client.get(PLACE))
    client.post(PLACE, data={**token, "text": "Quill"}, headers={"Accept": accept})
    with app.app_context():
        kind = AuditEntry.kind == "cases_searched"
        (entry,) = db.session.scalars(select(AuditEntry).where(kind)).all()
        assert "quill" not in str(entry.detail).lower()


def test_a_name_in_the_address_is_not_heeded(client_of: ClientOf) -> None:
    page = client_of("assigned_advocate").get(f"{PLACE}?text=Quillfeather")
    assert "Quillfeather" not in page.text


@pytest.mark.parametrize("name", ["analyst", "administrator"])
def test_nobody_but_caseworkers_comes_in(client_of: ClientOf, name: str) -> None:
    assert client_of(name).get(PLACE).status_code == 404


def test_nothing_typed_is_asked_for(client_of: ClientOf) -> None:
    page = send(client_of("colleague"), PLACE, text=" ")
    assert page.status_code == 422
    assert "Enter a few letters of the name" in page.text


def test_every_page_for_caseworkers_leads_to_the_quick_note_by_a_key(
    client_of: ClientOf, cast: Cast
) -> None:
    link = '<a class="govuk-service-navigation__link" href="/notes/new" accesskey="q">'
    for path in ("/cases", f"/cases/{cast.case_id}", "/account"):
        assert link in client_of("assigned_advocate").get(path).text, path
    assert "/notes/new" not in client_of("analyst").get("/account").text


def test_a_case_that_closed_meanwhile_is_found_no_more(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        close(db.session.get_one(Case, cast.case_id), cast.manager)
    assert suggested(client_of("assigned_advocate"), "quillf") == []


def test_a_page_about_a_case_stands_under_the_cases_in_the_menu(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of("assigned_advocate")
    here = ' aria-current="true"'
    assert f'href="/notes/new"{here}' in client.get(PLACE).text
    for path in ("/notes/new", "/tasks", "/contact"):
        page = client.get(f"/cases/{cast.case_id}{path}").text
        assert f'href="/cases"{here}' in page, path
        assert f'href="/notes/new"{here}' not in page, path
