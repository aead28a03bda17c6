"""A file of figures: looked at, then all of it or nothing, and once."""

import io

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from caseapp.database import db
from caseapp.figures.models import EnteredFigure
from tests.shown_forms import shown_form
from tests.unit.figures.test_routes import ANSWERS, PAGE, values, words
from tests.visits import hidden_fields, send

HEAD = "code,year,value,source,dated_on"
GOOD = (
    "police_da_victims,2026-27,812,Police “dashboard”,2026-05-04",
    "injury_trend,2026-27,-3.5,Police,4/5/2026",
    "advocates,2025-26,6,Council,2026-05-04",
)


def look(analyst: FlaskClient, *lines: str) -> TestResponse:
    fields = hidden_fields(analyst.get("/figures/file"))
    file = (io.BytesIO("\r\n".join([HEAD, *lines]).encode()), "figures.csv")
    return analyst.post("/figures/file", data={**fields, "file": file})


def save(analyst: FlaskClient, page: TestResponse) -> TestResponse:
    return analyst.post("/figures/save-file", data=shown_form(page))


def test_a_file_is_shown_before_anything_is_entered_and_then_entered_whole(
    app: Flask, analyst: FlaskClient
) -> None:
    page = look(analyst, *GOOD)
    assert page.status_code == 200
    assert words(page).count("New </td>") == 3
    assert values(app) == {}
    assert save(analyst, page).location == "/figures?year=2026-27"
    assert values(app) == {"police_da_victims": 812, "injury_trend": -3.5}
    assert values(app, "2025-26") == {"advocates": 6}
    assert "Police “dashboard”" in words(analyst.get("/figures"))


def test_one_faulty_line_keeps_the_whole_file_out(app: Flask, analyst: FlaskClient) -> None:
    page = look(analyst, *GOOD, "convicted_children,2026-27,n/a,Youth justice,2026-05-04")
    assert page.status_code == 422
    assert "1 line has a fault, so nothing was entered" in words(page)
    assert "value must be a number, like 12" in words(page)
    assert "Enter 4 figures" not in page.text
    assert values(app) == {}


def test_a_preview_that_somebody_rewrote_enters_nothing_faulty(
    app: Flask, analyst: FlaskClient
) -> None:
    form = MultiDict(shown_form(look(analyst, *GOOD)))
    form["content"] = form["content"].replace("812", "=812")
    assert analyst.post("/figures/save-file", data=form).status_code == 422
    form["content"] = "\x00"
    assert analyst.post("/figures/save-file", data=form).location == "/figures/file"
    assert values(app) == {}


def test_a_file_sent_twice_is_entered_once(app: Flask, analyst: FlaskClient) -> None:
    page = look(analyst, *GOOD)
    first, second = save(analyst, page), save(analyst, page)
    assert first.location == second.location
    with app.app_context():
        assert len(db.session.scalars(select(EnteredFigure)).all()) == 3


def test_a_figure_entered_meanwhile_is_looked_at_again_first(
    app: Flask, analyst: FlaskClient
) -> None:
    page = look(analyst, *GOOD)
    send(analyst, PAGE, **{**ANSWERS, "value": "700"})
    met = save(analyst, page)
    assert met.status_code == 409
    assert "Corrects 700" in words(met)
    assert values(app) == {"police_da_victims": 700}
    assert save(analyst, met).status_code == 302
    assert values(app)["police_da_victims"] == 812


def test_what_is_entered_already_is_left_as_it_is(app: Flask, analyst: FlaskClient) -> None:
    save(analyst, look(analyst, *GOOD))
    page = look(analyst, *GOOD)
    assert "All of it is entered already" in words(page)
    more = look(analyst, *GOOD[:2], GOOD[2].replace(",6,", ",5,"))
    assert "Enter 1 figure" in words(more)
    save(analyst, more)
    with app.app_context():
        assert len(db.session.scalars(select(EnteredFigure)).all()) == 4
    assert values(app, "2025-26") == {"advocates": 5}


def test_what_was_downloaded_can_be_filled_in_and_loaded(app: Flask, analyst: FlaskClient) -> None:
    send(analyst, PAGE, **ANSWERS)
    download = analyst.get("/figures/2026-27.csv")
    assert download.mimetype == "text/csv"
    lines = download.data.decode("utf-8-sig").splitlines()
    filled = [
        line.replace(",,,", ",-3.5,Police,2026-05-04") if line.startswith("injury_trend") else line
        for line in lines
    ]
    fields = hidden_fields(analyst.get("/figures/file"))
    file = (io.BytesIO("\n".join(filled).encode()), "figures.csv")
    page = analyst.post("/figures/file", data={**fields, "file": file})
    assert "Enter 1 figure<" in words(page)
    save(analyst, page)
    assert values(app) == {"police_da_victims": 812, "injury_trend": -3.5}


def test_no_file_and_no_csv_are_refused_beside_the_field(analyst: FlaskClient) -> None:
    assert "Choose a CSV file" in words(send(analyst, "/figures/file"))
    fields = hidden_fields(analyst.get("/figures/file"))
    file = (io.BytesIO(b"PK\x03\x04"), "figures.xlsx")
    page = analyst.post("/figures/file", data={**fields, "file": file})
    assert page.status_code == 422
    assert "The file is a workbook" in words(page)
