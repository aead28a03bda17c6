"""The readable store of answers: batches of nobody in particular, each at least ten."""

from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import inspect, select

from caseapp.audit.models import AuditEntry
from caseapp.database import db, read_snapshot, transaction
from caseapp.reference import code_list
from caseapp.surveys.actions import BatchRefused, release_batch
from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.queries import responses
from caseapp.surveys.responses import Response
from caseapp.surveys.rules import why_refused
from caseapp.vault.errors import CannotOpen
from tests.cast import Cast

ONE = Response(
    stage="exit", service="idva", theme=("domestic_abuse",), justice_outcome="no",
    age_band="over_24", sex="female", ethnicity="black",
    answers=(("feels_safer", "agree"), ("copes", "rather_not_say")),
    helped=("safety_plan",),
)  # fmt: skip
POINTS = [entry.code for entry in code_list("survey_answer").active]
MANY = [
    replace(ONE, stage=stage, answers=(("feels_safer", point), ("copes", other)))
    for stage, point, other in product(("intake", "review", "exit"), POINTS, POINTS)
]


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def read(since: str, until: str) -> list[Response]:
    with read_snapshot() as session:
        return responses(session, since, until)


def test_what_was_said_comes_back_whole_on_either_engine(each_engine: tuple[Flask, Cast]) -> None:
    with each_engine[0].app_context():
        with transaction():
            release_batch("2026-05", MANY)
        assert sorted(read("2026-05", "2026-05"), key=repr) == sorted(MANY, key=repr)


def test_the_order_in_which_answers_came_is_lost(in_app: None) -> None:
    with transaction():
        release_batch("2026-05", MANY)
    assert read("2026-05", "2026-05") != MANY  # one chance in 108! that it is the same


def test_months_are_read_from_the_first_to_the_last_and_no_others(in_app: None) -> None:
    with transaction():
        for month, stage in (("2026-03", "intake"), ("2026-04", "review"), ("2026-06", "exit")):
            release_batch(month, [replace(ONE, stage=stage)] * 10)
    assert {each.stage for each in read("2026-04", "2026-05")} == {"review"}
    assert len(read("2026-03", "2026-06")) == 30
    assert read("2025-03", "2026-02") == []


def test_nine_answers_wait_and_ten_go(in_app: None) -> None:
    with pytest.raises(BatchRefused, match="10 answers or more"), transaction():
        release_batch("2026-05", [ONE] * 9)
    assert read("2026-05", "2026-05") == []
    with transaction():
        release_batch("2026-05", [ONE] * 10)
    assert len(read("2026-05", "2026-05")) == 10


@pytest.mark.parametrize("month", ["", "2026-13", "2026-5", "26-05", "2026-05-01", "2026-05\n"])
def test_a_batch_has_a_month_and_no_day(in_app: None, month: str) -> None:
    with pytest.raises(BatchRefused, match="month"):
        release_batch(month, [ONE] * 10)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ONE, stage="somewhere"),
        replace(ONE, service="none"),
        replace(ONE, theme=("domestic_abuse", "domestic_abuse")),
        replace(ONE, theme=("other",)),
        replace(ONE, justice_outcome="maybe"),
        replace(ONE, age_band="16"),
        replace(ONE, sex="f"),
        replace(ONE, ethnicity="black_caribbean"),  # a group, and nothing finer
        replace(ONE, answers=(("feels_safer", "Yes, Sagal"),)),
        replace(ONE, answers=(("name", "agree"),)),
        replace(ONE, answers=(("copes", "agree"), ("copes", "disagree"))),
        replace(ONE, helped=("Sagal",)),
    ],
)
def test_nothing_but_known_codes_comes_in_and_the_refusal_repeats_nothing(
    in_app: None, wrong: Response
) -> None:
    with pytest.raises(BatchRefused) as refused:
        release_batch("2026-05", [*[ONE] * 20, wrong])
    assert "Sagal" not in str(refused.value)


@given(st.integers(min_value=0, max_value=30))
def test_a_batch_is_refused_under_ten_whatever_it_holds(size: int) -> None:
    assert (why_refused("2026-05", [ONE] * size) is None) is (size >= 10)


def test_the_audit_learns_the_month_and_nothing_else(in_app: None) -> None:
    with transaction():
        release_batch("2026-05", MANY)
    last = select(AuditEntry).where(AuditEntry.kind == "answers_released")
    entry = db.session.scalars(last).one()
    assert entry.detail == '{"month":"2026-05"}'
    assert (entry.actor_id, entry.role, entry.reason) == (None, None, None)
    assert (entry.case_id, entry.subject_id) == (None, None)


def test_no_column_of_the_store_leads_to_anybody(in_app: None) -> None:
    """An id of a case, a team, a worker or a single answer, or a day, would have to stand here."""
    columns = {column.name for column in SurveyBatch.__table__.columns}
    assert columns == {
        "id", "revision", "month", "answers", "sealed_head", "sealed_body", "row_seal",
    }  # fmt: skip
    assert not SurveyBatch.__table__.foreign_keys
    tables = inspect(db.engine).get_table_names()
    ours = {name for name in tables if "survey" in name or "answer" in name} - {"survey_offers"}
    assert ours == {"survey_batches", "survey_codes", "survey_waiting"}
    assert set(Response.__struct_fields__) == {
        "stage", "service", "theme", "justice_outcome", "age_band", "sex", "ethnicity", "answers",
        "helped",
    }  # fmt: skip


def test_a_month_that_was_changed_by_sql_is_found(in_app: None) -> None:
    with transaction():
        release_batch("2026-05", MANY)
    db.session.connection().exec_driver_sql("UPDATE survey_batches SET month = '2026-04'")
    db.session.commit()
    db.session.remove()
    with pytest.raises(CannotOpen):
        read("2026-04", "2026-04")
