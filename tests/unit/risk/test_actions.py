"""Every way to judge gives the case its level by the same rule, and leaves its word."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.risk.actions import judge_risk, judge_youth_risk, record_dash
from caseapp.risk.models import (
    DashBody,
    DashHead,
    RiskHead,
    RiskJudgement,
    YouthBody,
    YouthHead,
)
from caseapp.risk.queries import course_of, newest_dash
from caseapp.risk.rules import DASH, PLAIN, YOUTH, level_by_score
from tests.cast import Cast

DAY, LATE = date(2026, 11, 2), date(2026, 4, 1)  # the case's first judgement is of 4 May


@pytest.fixture
def case(each_engine: tuple[Flask, Cast]) -> Iterator[tuple[Case, Cast]]:
    app, cast = each_engine
    with app.app_context():
        yield db.session.get_one(Case, cast.case_id), cast


def judge(case: Case, cast: Cast, on: date, level: str) -> None:
    head = RiskHead(judged_on=on, level=level)
    judge_risk(uuid4(), case, head, "Because.", cast.assigned_advocate)


def dash(case: Case, cast: Cast, on: date, score: int) -> None:
    level = level_by_score(score)
    head = DashHead(on=on, score=score, level_by_score=level, level=level)
    record_dash(uuid4(), case, head, DashBody(), cast.assigned_advocate)


def youth(case: Case, cast: Cast, on: date, level: str) -> None:
    head = YouthHead(on=on, concerns=(("weapons", "high"),), proposed="high", level=level)
    judge_youth_risk(uuid4(), case, head, YouthBody(), cast.assigned_advocate)


WAYS: dict[str, Callable[[Case, Cast, date], None]] = {
    "judgement": lambda case, cast, on: judge(case, cast, on, "medium"),
    "dash": lambda case, cast, on: dash(case, cast, on, 12),
    "youth": lambda case, cast, on: youth(case, cast, on, "medium"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_newest_judgement_gives_the_level_and_moves_the_next_review(
    case: tuple[Case, Cast], way: str
) -> None:
    record, cast = case
    WAYS[way](record, cast, DAY)
    db.session.commit()
    assert record.risk_level == "medium"
    assert record.head.next_review_on == date(2027, 1, 25)


@pytest.mark.parametrize("way", WAYS)
def test_a_judgement_that_is_written_down_late_changes_neither_level_nor_review(
    case: tuple[Case, Cast], way: str
) -> None:
    record, cast = case
    WAYS[way](record, cast, LATE)
    db.session.commit()
    assert (record.risk_level, record.head.next_review_on) == ("high", date(2026, 6, 1))


def test_a_dash_that_is_written_down_late_is_not_undercut_by_a_judgement_of_a_later_day(
    case: tuple[Case, Cast],
) -> None:
    record, cast = case
    judge(record, cast, DAY, "standard")
    dash(record, cast, LATE, 12)
    assert record.risk_level == "medium"
    dash(record, cast, DAY, 3)
    dash(record, cast, LATE, 20)
    assert record.risk_level == "standard"


@pytest.mark.parametrize("earlier", WAYS)
@pytest.mark.parametrize("way", WAYS)
def test_each_way_heeds_what_was_judged_in_another(
    case: tuple[Case, Cast], earlier: str, way: str
) -> None:
    record, cast = case
    WAYS[earlier](record, cast, DAY)
    record.risk_level = "high"
    WAYS[way](record, cast, date(2026, 10, 1))
    assert record.risk_level == "high"


def test_of_two_on_one_day_the_one_written_last_counts(case: tuple[Case, Cast]) -> None:
    record, cast = case
    judge(record, cast, DAY, "high")
    dash(record, cast, DAY, 3)
    assert record.risk_level == "standard"


def test_the_course_has_every_judgement_the_oldest_first(case: tuple[Case, Cast]) -> None:
    record, cast = case
    youth(record, cast, DAY, "high")
    dash(record, cast, LATE, 16)
    db.session.commit()
    course = course_of(record)
    assert [(each.how, each.level, each.score) for each in course] == [
        (DASH, "high", 16),
        (PLAIN, "high", None),
        (YOUTH, "high", None),
    ]
    assert {each.author_id for each in course} == {cast.assigned_advocate.user_id}


def test_the_newest_dash_is_that_of_the_latest_day(case: tuple[Case, Cast]) -> None:
    record, cast = case
    assert newest_dash(record) is None
    for on, score in ((DAY, 12), (LATE, 20)):
        dash(record, cast, on, score)
    found = newest_dash(record)
    assert found is not None
    assert found.head.score == 12


def test_every_way_leaves_its_word_in_the_audit(case: tuple[Case, Cast]) -> None:
    record, cast = case
    for way in WAYS.values():
        way(record, cast, DAY)
    db.session.commit()
    query = select(AuditEntry).where(AuditEntry.case_id == record.id).order_by(AuditEntry.number)
    words = [(entry.kind, entry.reason) for entry in db.session.scalars(query)]
    assert words[-3:] == [
        ("risk_judged", "assigned"),
        ("dash_recorded", "assigned"),
        ("youth_risk_judged", "assigned"),
    ]


@pytest.mark.parametrize("way", WAYS)
def test_a_closed_case_is_not_judged(case: tuple[Case, Cast], way: str) -> None:
    record, cast = case
    record.status = "closed"
    with pytest.raises(CaseIsClosed):
        WAYS[way](record, cast, DAY)


def test_a_judgement_keeps_who_judged_and_why(case: tuple[Case, Cast]) -> None:
    record, cast = case
    judge(record, cast, DAY, "standard")
    db.session.commit()
    judged = db.session.scalars(select(RiskJudgement)).all()
    assert {judgement.body.reasons for judgement in judged} == {"Threats continue.", "Because."}
