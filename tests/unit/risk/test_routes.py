"""Judging risk as a worker does: what is refused, and what is proposed."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.risk.models import DashResult, RiskJudgement, YouthJudgement
from caseapp.risk.youth import domains
from tests.cast import Cast
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

ON = {"on-day": "20", "on-month": "11", "on-year": "2026"}
MODELS: dict[str, type[Any]] = {
    "risk": RiskJudgement,
    "risk/dash": DashResult,
    "risk/youth": YouthJudgement,
}
CONCERNS = {f"concern_{domain.code}": "none" for domain in domains()}


@pytest.fixture
def abuse(abuse_id: UUID) -> str:
    return f"/cases/{abuse_id}"


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


def the_dash(app: Flask) -> DashResult:
    with app.app_context():
        found = db.session.scalars(select(DashResult)).one()
        _ = found.head, found.body
        return found


def how_many(app: Flask, model: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(model.id))) or 0


def level_of(app: Flask, place: str) -> str:
    with app.app_context():
        return db.session.get_one(Case, UUID(place.split("/")[2])).risk_level


def test_typed_items_make_the_score_and_the_level(
    app: Flask, idva: FlaskClient, abuse: str
) -> None:
    page = send(idva, f"{abuse}/risk/dash", items="1 3, 5-8 12 20-24 15 16", **ON)
    assert page.location == abuse
    head = the_dash(app).head
    assert head.items == (1, 3, 5, 6, 7, 8, 12, 15, 16, 20, 21, 22, 23, 24)
    assert (head.score, head.level_by_score, head.level) == (14, "high", "high")
    assert (head.on, head.by_judgement) == (date(2026, 11, 20), False)
    assert level_of(app, abuse) == "high"


def test_ticked_items_and_a_score_alone_are_as_good(
    app: Flask, idva: FlaskClient, abuse: str
) -> None:
    form = hidden_fields(idva.get(f"{abuse}/risk/dash"))
    idva.post(f"{abuse}/risk/dash", data={**form, **ON, "ticked": ["2", "9"], "score": "2"})
    assert the_dash(app).head.items == (2, 9)
    page = send(idva, f"{abuse}/risk/dash", score="0", **ON)
    assert page.location == abuse
    assert level_of(app, abuse) == "standard"


def test_judgement_raises_the_level_with_its_reason(
    app: Flask, idva: FlaskClient, abuse: str
) -> None:
    send(idva, f"{abuse}/risk/dash", score="11", level="high", reasons="She is afraid.", **ON)
    result = the_dash(app)
    assert (result.head.level, result.head.level_by_score) == ("high", "medium")
    assert result.head.by_judgement
    assert result.body.reasons == "She is afraid."
    assert level_of(app, abuse) == "high"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"items": "25"}, "There is no item 25"),
        ({"items": "4 4"}, "Item 4 is there twice"),
        ({"items": "one"}, "Enter the numbers of the items"),
        ({"items": "1 2 3", "score": "4"}, "The score is 4, but 3 items are answered yes"),
        ({"items": "1 2 3", "ticked": "4"}, "Type the items or tick them"),
        ({"ticked": "25"}, "from the list"),
        ({"score": "25"}, "Score must be from 0 to 24"),
        ({"score": "-1"}, "Score must be from 0 to 24"),
        ({}, "Enter the items answered yes, or the score"),
        ({"score": "14", "level": "medium"}, "Judgement may raise it, never lower it"),
        ({"score": "14", "level": "standard", "reasons": "x"}, "never lower it"),
        ({"score": "9", "level": "high"}, "Say why you raise the level"),
        ({"score": "9", "on-year": "2027"}, "today or in the past"),
        ({"score": "9", "on-day": "31"}, "Date of the DASH"),
    ],
)
def test_a_dash_that_cannot_be_right_is_refused_and_what_was_typed_stays(
    app: Flask, idva: FlaskClient, abuse: str, answers: dict[str, str], message: str
) -> None:
    page = send(idva, f"{abuse}/risk/dash", **{**ON, **answers})
    assert page.status_code == 422
    assert message in page.text
    assert how_many(app, DashResult) == 0
    for name in ("items", "score"):
        if answers.get(name):
            assert f'value="{answers[name]}"' in page.text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"reasons": ""}, "Say why"),
        ({"level": ""}, "Choose a level of risk"),
        ({"level": "extreme"}, "from the list"),
        ({"judged_on-day": "24", "judged_on-month": "11", "judged_on-year": "2026"}, "today or in"),
    ],
)
def test_a_judgement_that_cannot_be_right_is_refused(
    app: Flask, advocate: FlaskClient, place: str, answers: dict[str, str], message: str
) -> None:
    before = how_many(app, RiskJudgement)
    told = {"level": "medium", "reasons": "He has moved away."}
    page = send(advocate, f"{place}/risk", **{**told, **answers})
    assert page.status_code == 422
    assert message in page.text
    assert how_many(app, RiskJudgement) == before


@pytest.mark.parametrize(
    ("tool", "answers", "day"),
    [
        ("risk", {"level": "standard", "reasons": "He has moved away."}, "judged_on"),
        ("risk/youth", {**CONCERNS, "level": "standard"}, "on"),
    ],
)
def test_no_other_judgement_lowers_the_score_of_a_dash_until_there_is_a_newer_one(
    app: Flask, idva: FlaskClient, abuse: str, tool: str, answers: dict[str, str], day: str
) -> None:
    send(idva, f"{abuse}/risk/dash", score="15", **ON)
    known = how_many(app, MODELS[tool])
    sent = {**answers, **{day + name.removeprefix("on"): value for name, value in ON.items()}}
    page = send(idva, f"{abuse}/{tool}", **sent)
    assert page.status_code == 422
    assert "A score of 15 is high. Judgement may raise it, never lower it" in page.text
    assert "a newer DASH than that of 20 November 2026" in page.text
    assert (how_many(app, MODELS[tool]), level_of(app, abuse)) == (known, "high")
    send(idva, f"{abuse}/risk/dash", score="4", **{**ON, "on-day": "21"})
    before = send(idva, f"{abuse}/{tool}", **sent)
    assert before.status_code == 422
    assert send(idva, f"{abuse}/{tool}", **{**sent, f"{day}-day": "21"}).location == abuse
    assert level_of(app, abuse) == "standard"


def test_items_and_ticks_that_are_both_wrong_do_not_break_the_page(
    idva: FlaskClient, abuse: str
) -> None:
    page = send(idva, f"{abuse}/risk/dash", items="x", ticked="y", score="z", level="?", **ON)
    assert page.status_code == 422


def test_the_youth_judgement_proposes_a_level_and_the_worker_decides(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    path = f"{place}/risk/youth"
    answers = {**CONCERNS, **ON, "concern_weapons": "high", "words_weapons": "A knife at home."}
    proposal = send(advocate, path, **answers)
    assert proposal.status_code == 200
    assert "The answers point to: high" in proposal.text
    assert "A knife at home." in proposal.text
    assert how_many(app, YouthJudgement) == 0
    sent = {**hidden_fields(proposal), **answers}
    refused = advocate.post(path, data={**sent, "level": "medium"})
    assert refused.status_code == 422
    assert "The answers point to high. Say why you judge otherwise" in refused.text
    saved = advocate.post(path, data={**sent, "level": "medium", "reasons": "He gave it up."})
    assert saved.location == place
    with app.app_context():
        judgement = db.session.scalars(select(YouthJudgement)).one()
        assert (judgement.head.proposed, judgement.head.level) == ("high", "medium")
        assert judgement.body.words == (("weapons", "A knife at home."),)
        assert judgement.body.reasons == "He gave it up."
    assert level_of(app, place) == "medium"
    page = advocate.get(f"{place}/risk/course")
    assert "A knife at home." in page.text


def test_a_part_that_was_not_answered_is_asked_for_before_anything_is_proposed(
    advocate: FlaskClient, place: str
) -> None:
    answers = {**CONCERNS, **ON}
    del answers["concern_online"]
    page = send(advocate, f"{place}/risk/youth", **answers)
    assert page.status_code == 422
    assert "Online: choose how much concern there is" in page.text
    assert "The answers point to" not in page.text


@pytest.mark.parametrize(
    ("tool", "answers"),
    [
        ("risk", {"level": "medium", "reasons": "He has moved away."}),
        ("risk/dash", {"score": "5", **ON}),
        ("risk/youth", {**CONCERNS, **ON, "level": "standard"}),
    ],
)
def test_what_is_sent_twice_is_saved_once_and_a_closed_case_takes_nothing(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, tool: str, answers: dict[str, str]
) -> None:
    model = MODELS[tool]
    before = how_many(app, model)
    sent = {**hidden_fields(advocate.get(f"{place}/{tool}")), **answers}
    pages = [advocate.post(f"{place}/{tool}", data=sent) for _ in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert how_many(app, model) == before + 1
    close(app, cast)
    page = send(advocate, f"{place}/{tool}", **answers)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert how_many(app, model) == before + 1


def close(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        case.status = "closed"
        note_act(Kind.CASE_CLOSED, case, cast.manager, Permission.CLOSE_CASE)


def test_a_youth_case_is_offered_the_youth_judgement_first_and_an_abuse_case_the_dash(
    advocate: FlaskClient, idva: FlaskClient, place: str, abuse: str
) -> None:
    assert advocate.get(f"{place}/risk/new").location == f"{place}/risk/youth"
    assert idva.get(f"{abuse}/risk/new").location == f"{abuse}/risk/dash"
    page = advocate.get(f"{place}/risk/youth").text
    assert f'href="{place}/risk/dash"' in page
    assert f'href="{place}/risk"' in page
