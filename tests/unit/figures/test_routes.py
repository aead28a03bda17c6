"""The pages of figures: one entered, corrected, withdrawn; the people of the borough replaced."""

import html
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.figures.catalogue import census, figure_specs
from caseapp.figures.models import EnteredFigure
from caseapp.figures.queries import figures_for, populations
from tests.cast import Cast
from tests.visits import hidden_fields, send

YEAR = "2026-27"
PAGE = f"/figures/{YEAR}/police_da_victims"
PEOPLE = f"/populations/{YEAR}"
DATE = {"dated_on-day": "4", "dated_on-month": "5", "dated_on-year": "2026"}
ANSWERS = {"value": "812", "source": "Police dashboard", **DATE}
TABLE = {
    **{f"group_{each.code}": str(each.people) for each in census().groups},
    "source": "Council estimate",
    "counted_in": "2025",
    **DATE,
}


def values(app: Flask, year: str = YEAR) -> dict[str, float]:
    with app.app_context():
        return {code: each.value for code, each in figures_for(db.session(), year).items()}


def words(page: TestResponse) -> str:
    return " ".join(html.unescape(page.text).split())


def test_a_year_shows_what_is_entered_and_what_is_missing(analyst: FlaskClient) -> None:
    send(analyst, PAGE, **ANSWERS)
    page = words(analyst.get("/figures"))
    assert f"1 of {len(figure_specs())} figures are entered for 2026-27" in page
    assert page.count(">Missing<") == len(figure_specs()) - 1
    assert "Police dashboard" in page
    assert "4 May 2026" in page
    assert "0 of" in words(analyst.get("/figures?year=2025-26"))
    assert "for 2026-27" in words(analyst.get("/figures?year=2099-00"))


def test_a_correction_keeps_what_was_entered_before_with_who_and_when(
    app: Flask, analyst: FlaskClient
) -> None:
    assert send(analyst, PAGE, **ANSWERS).location == f"/figures?year={YEAR}"
    send(analyst, PAGE, **{**ANSWERS, "value": "820", "note": "Late reports"})
    assert values(app) == {"police_da_victims": 820}
    page = words(analyst.get(PAGE))
    assert page.index(">820<") < page.index(">812<")
    assert "Late reports" in page
    assert page.count("20 May 2026 at 10:00am, by <bdi>Analyst") == 2


def test_a_form_sent_twice_makes_one_version(app: Flask, analyst: FlaskClient) -> None:
    data = {**hidden_fields(analyst.get(PAGE)), **ANSWERS}
    for _ in range(2):
        assert analyst.post(PAGE, data=data).status_code == 302
    with app.app_context():
        assert len(db.session.scalars(select(EnteredFigure)).all()) == 1


def test_two_analysts_who_enter_one_figure_meet_and_neither_is_lost(
    app: Flask, analyst: FlaskClient
) -> None:
    shown = hidden_fields(analyst.get(PAGE))
    send(analyst, PAGE, **ANSWERS)
    met = analyst.post(PAGE, data={**shown, **ANSWERS, "value": "999"})
    assert met.status_code == 409
    assert "812" in met.text
    assert "999" in met.text
    assert values(app) == {"police_da_victims": 812}
    again = {**hidden_fields(met), **ANSWERS, "value": "999", "merge-value": "mine"}
    assert analyst.post(PAGE, data=again).status_code == 302
    assert values(app) == {"police_da_victims": 999}


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"value": ""}, "Enter the value"),
        ({"value": "1,234.5"}, "Value must be a number without commas, like 1234"),
        ({"value": "n/a"}, "Value must be a number, like 12"),
        ({"value": "5th"}, "Value must be a number, like 12"),
        ({"value": "12.5"}, "Value must be a whole number"),
        ({"source": ""}, "Enter the source"),
        ({"source": "=1+1"}, "Source must not begin with ="),
        ({"dated_on-year": "2027"}, "Date of the source must be today or in the past"),
        ({"dated_on-day": "31", "dated_on-month": "2"}, "must be a real date"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_typed_is_lost(
    app: Flask, analyst: FlaskClient, answers: dict[str, str], message: str
) -> None:
    page = send(analyst, PAGE, **{**ANSWERS, "note": "Seen again", **answers})
    assert page.status_code == 422
    assert message in words(page)
    assert "Seen again" in page.text
    assert values(app) == {}


@pytest.mark.parametrize(
    "path",
    [
        "/figures/2026/police_da_victims",
        "/figures/2026-2027/police_da_victims",
        "/figures/2027-28/police_da_victims",
        "/figures/2026-27/police_cats",
        "/populations/2027-28",
        "/figures/2027-28.csv",
    ],
)
def test_a_year_or_a_figure_that_there_is_not_is_not_found(analyst: FlaskClient, path: str) -> None:
    assert analyst.get(path).status_code == 404


def test_a_figure_is_withdrawn_once_and_counts_as_missing(app: Flask, analyst: FlaskClient) -> None:
    send(analyst, PAGE, **ANSWERS)
    for _ in range(2):
        send(analyst, f"{PAGE}/withdraw", shown_at=PAGE)
    assert values(app) == {}
    page = words(analyst.get(PAGE))
    assert page.count(">Withdrawn<") == 1
    assert ">812<" in page
    assert "Withdraw the figure" not in page


def test_a_part_above_its_whole_is_warned_of(analyst: FlaskClient) -> None:
    send(analyst, f"/figures/{YEAR}/police_da_outcomes", **{**ANSWERS, "value": "10"})
    send(analyst, f"/figures/{YEAR}/police_da_detections", **{**ANSWERS, "value": "11"})
    assert "cannot be more than" in words(analyst.get("/figures"))


def test_a_table_of_people_replaces_the_census_from_its_year_on(
    app: Flask, analyst: FlaskClient
) -> None:
    assert "Census 2021" in words(analyst.get(PEOPLE))
    send(analyst, "/populations/2025-26", **{**TABLE, "group_all": "143400"})
    with app.app_context():
        assert populations(db.session(), YEAR).groups["all"] == 143_400
        assert populations(db.session(), "2024-25").year == "2021"
    page = words(analyst.get("/populations/2025-26"))
    assert "Council estimate" in page
    assert "Correct the table of 2025-26" in page
    assert 'value="143400"' in page
    assert 'value="143400"' not in analyst.get(PEOPLE).text  # no old number under a new source


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"group_white": "0"}, "White must be from 1 to"),
        ({"group_black": "-5"}, "Caribbean or African must be from 1 to"),
        ({"group_all": ""}, "Enter how many people: Everybody"),
        ({"group_mixed": "many"}, "must be a whole number"),
        ({"group_female": "200000"}, "Female cannot be more than everybody"),
        ({"counted_in": "soon"}, "Year of the count must be a year"),
        ({"counted_in": "2027"}, "Year of the count must not be in the future"),
        ({"source": ""}, "Enter the source"),
    ],
)
def test_a_table_that_no_rate_could_be_worked_out_in_is_refused(
    app: Flask, analyst: FlaskClient, answers: dict[str, str], message: str
) -> None:
    page = send(analyst, PEOPLE, **{**TABLE, **answers})
    assert page.status_code == 422
    assert message in words(page)
    assert "Council estimate" in page.text or "source" in answers
    with app.app_context():
        assert populations(db.session(), YEAR).year == "2021"


def test_groups_that_do_not_add_up_are_saved_and_warned_of(analyst: FlaskClient) -> None:
    assert send(analyst, PEOPLE, **{**TABLE, "group_white": "80000"}).status_code == 302
    assert "fewer than everybody" in words(analyst.get(PEOPLE))


def test_two_analysts_who_replace_the_table_meet(app: Flask, analyst: FlaskClient) -> None:
    data = {**hidden_fields(analyst.get(PEOPLE)), **TABLE}
    for _ in range(2):
        assert analyst.post(PEOPLE, data=data).status_code == 302
    other = {**hidden_fields(analyst.get(PEOPLE)), "record_id": ""}
    send(analyst, PEOPLE, **{**TABLE, "group_all": "143500"})
    met = analyst.post(PEOPLE, data={**other, **TABLE, "group_all": "143600"})
    assert met.status_code == 409
    with app.app_context():
        assert populations(db.session(), YEAR).groups["all"] == 143_500


def test_each_change_is_in_the_audit_with_codes_alone(
    app: Flask, cast: Cast, analyst: FlaskClient
) -> None:
    send(analyst, PAGE, **ANSWERS)
    send(analyst, f"{PAGE}/withdraw", shown_at=PAGE)
    send(analyst, PEOPLE, **TABLE)
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.kind == Kind.FIGURES_ENTERED)
        entries = db.session.scalars(query.order_by(AuditEntry.number)).all()
        assert [entry.detail for entry in entries] == [
            '{"code":"police_da_victims","what":"figure","year":"2026-27"}',
            '{"code":"police_da_victims","what":"withdrawn","year":"2026-27"}',
            '{"what":"population","year":"2026-27"}',
        ]
        assert {entry.actor_id for entry in entries} == {cast.analyst.user_id}
        assert all("figure" in entry.writes or "population" in entry.writes for entry in entries)


def test_nobody_but_the_analyst_sees_or_enters_figures(
    client_of: Callable[[str], FlaskClient],
) -> None:
    for name in ("manager", "assigned_advocate", "administrator"):
        client = client_of(name)
        assert client.get("/figures").status_code == 404
        assert send(client, PAGE, shown_at="/account", **ANSWERS).status_code == 404


@pytest.mark.parametrize(("asked", "shown"), [("", YEAR), ("?year=2024-25", "2024-25")])
def test_the_question_for_the_year_shows_the_year_that_is_listed(
    analyst: FlaskClient, asked: str, shown: str
) -> None:
    page = analyst.get(f"/figures{asked}").text
    assert f'<option value="{shown}" selected' in page
    assert f"Figures of {shown}" in page
