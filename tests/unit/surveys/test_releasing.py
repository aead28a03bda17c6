"""Answers leave the box once a month, and never so that a batch is somebody's."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from secrets import token_hex

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from caseapp.database import db, transaction
from caseapp.surveys.facts import Facts
from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.releasing import FEWEST_WAITING, KEPT_BACK, let_answers_out
from caseapp.surveys.remembered import join
from caseapp.surveys.waiting import Waiting, put_back, take_box

ENOUGH = 5  # promised in docs/victim-voice.md
MAY = datetime(2026, 5, 12, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, 9, tzinfo=UTC)


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    """At the time that clock says, in a home that has begun to gather in May."""
    with app.app_context(), time_machine.travel(MAY, tick=False):
        let_answers_out()
    with app.app_context():
        yield


def some(number: int, questionnaire: str = "exit", sex: str = "female") -> None:
    """So many answer, one after the other."""
    facts = Facts(questionnaire=questionnaire, version=1, stage=questionnaire, sex=sex)
    for _ in range(number):
        one = Waiting(ticket=token_hex(16), facts=facts, answers=(("feels_safer", "agree"),))
        with transaction():
            box = take_box()
            put_back(join(box.waiting, one), box.let_out_in)


def waiting() -> tuple[Waiting, ...]:
    with transaction():
        return take_box().waiting


def batches() -> list[SurveyBatch]:
    found = list(db.session.scalars(select(SurveyBatch)))
    db.session.rollback()
    return found


def let_out(when: datetime) -> None:
    with time_machine.travel(when, tick=False):
        let_answers_out()


def test_fewer_than_twenty_wait_on(in_app: None) -> None:
    some(FEWEST_WAITING - 1)
    let_out(JUNE)
    assert batches() == []
    assert len(waiting()) == FEWEST_WAITING - 1


def test_of_twenty_ten_leave_and_ten_stay(in_app: None) -> None:
    some(FEWEST_WAITING)
    let_out(JUNE)
    assert [batch.answers for batch in batches()] == [FEWEST_WAITING - KEPT_BACK]
    assert len(waiting()) == KEPT_BACK


def test_a_batch_is_of_the_month_in_which_it_leaves(in_app: None) -> None:
    """That of the month before may have been released to the partnership: it would not be the same
    again."""
    some(FEWEST_WAITING)
    let_out(JUNE)
    assert [batch.month for batch in batches()] == ["2026-06"]


def test_nothing_leaves_twice_in_a_month(in_app: None) -> None:
    some(FEWEST_WAITING)
    let_out(JUNE)
    some(FEWEST_WAITING)
    let_out(JUNE)
    assert len(batches()) == 1


def test_the_first_month_of_all_only_gathers(app: Flask) -> None:
    with app.app_context():
        some(2 * FEWEST_WAITING)
        let_out(JUNE)
        assert batches() == []
        assert len(waiting()) == 2 * FEWEST_WAITING


def test_those_who_were_asked_something_else_do_not_make_up_the_number(in_app: None) -> None:
    some(FEWEST_WAITING - 1)
    some(FEWEST_WAITING - 1, "review")
    let_out(JUNE)
    assert batches() == []


def test_a_batch_says_nothing_that_fewer_than_five_of_it_share(in_app: None) -> None:
    some(2 * FEWEST_WAITING)
    some(ENOUGH - 1, sex="male")
    let_out(JUNE)
    [batch] = batches()
    assert Counter(each.sex for each in batch.head.responses).keys() <= {"female", "not_said"}
    assert min(Counter(each.sex for each in batch.head.responses).values()) >= ENOUGH


def test_the_box_says_nothing_of_the_first_few_and_nothing_that_few_of_it_share(
    in_app: None,
) -> None:
    for number in range(1, 3 * ENOUGH):
        some(1)
        known = Counter(each.facts.sex for each in waiting())
        assert known["female"] == 0 or known["female"] >= ENOUGH
        assert known["not_said"] >= min(ENOUGH, number)
    assert known["female"] >= ENOUGH
