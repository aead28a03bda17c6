"""A demo home shows each page of the voice of victims filled, and no answer of anybody's case."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, read_snapshot
from caseapp.demo.voice_words import COMMUNITY_SAID, COMMUNITY_WAITING, FINDINGS, SAID, WAITING
from caseapp.offers.models import SurveyOffer
from caseapp.reference import code_list
from caseapp.surveys.queries import open_answers
from caseapp.surveys.releasing import FEWEST_WAITING, let_answers_out
from caseapp.surveys.responses import COMMUNITY
from caseapp.surveys.waiting import pools, take_box
from caseapp.voice.heard import waiting, words_said
from caseapp.voice.models import Finding
from caseapp.voice.pointing import point_out
from caseapp.voice.rules import heard
from caseapp.voice.shown import Asked, results
from tests.unit.demo.conftest import Told

EVERY = (*WAITING, *COMMUNITY_WAITING)


@pytest.mark.usefixtures("lines")
def test_results_themes_and_words_of_the_end_can_be_read() -> None:
    with read_snapshot() as session:
        found = results(session, Asked("exit", "2000-01", "2100-01"))
        assert all(each.everybody for each in found.answered)
        assert len(heard(words_said(session, "exit"), "2000-01", "2100-01")) >= 10
        assert len(found.words) >= 10


@pytest.mark.usefixtures("lines")
def test_some_answers_wait_in_the_newest_batch_alone_and_name_somebody() -> None:
    with read_snapshot() as session:
        every, waits = open_answers(session), waiting(session)
    assert 1 <= len(waits) <= len(EVERY)
    assert {each.month for each in waits} == {max(each.month for each in every)}
    assert {(each.answer.language, each.answer.text) for each in waits} <= set(EVERY)
    assert all(not each.response.helped for each in waits)


@pytest.mark.usefixtures("lines")
def test_words_that_were_coded_stand_in_the_themes_of_their_answer() -> None:
    with read_snapshot() as session:
        coded = [each for each in open_answers(session) if each.answer.is_coded]
    assert coded
    for each in coded:
        assert each.answer.helped == each.response.helped
        assert each.answer.helped or each.response.stage == COMMUNITY


def test_every_theme_has_words_that_name_nobody() -> None:
    assert SAID.keys() == code_list("what_helped").by_code.keys()
    texts = [*COMMUNITY_SAID, *(text for texts in SAID.values() for text in texts)]
    texts += [text for found in FINDINGS for text in (found.said, found.done)]
    assert [point_out(text.replace("[hidden]", "")) for text in texts if point_out(text)] == []
    assert len([text for _, text in EVERY if point_out(text)]) > len(EVERY) / 2


@pytest.mark.usefixtures("lines")
def test_answers_wait_in_the_box_and_none_leaves_on_the_day(filled: Flask) -> None:
    before = [len(each) for each in pools(take_box().waiting)]
    db.session.rollback()
    assert before
    assert max(before) < FEWEST_WAITING
    let_answers_out()
    assert [len(each) for each in pools(take_box().waiting)] == before
    db.session.rollback()


@pytest.mark.usefixtures("lines")
def test_people_were_asked_on_days_on_which_they_were_measured(lines: Told) -> None:
    cases = [line for line in lines if line["kind"] == "case"]
    measured = Counter(m["on"] for case in cases for m in case["measures"])
    offers = list(db.session.scalars(select(SurveyOffer)))
    assert Counter(each.head.on.isoformat() for each in offers) == measured
    assert {each.head.declined for each in offers} == {True, False}
    assert {each.case_id for each in offers} <= set(db.session.scalars(select(Case.id)))


@pytest.mark.usefixtures("lines")
def test_findings_stand_in_each_state_and_codes_were_given() -> None:
    kept = [each.head for each in db.session.scalars(select(Finding))]
    assert len(kept) == len(FINDINGS)
    assert {each.state for each in kept} == code_list("finding_state").by_code.keys()
    assert all(each.since <= each.until for each in kept)
    assert any(each.action_id for each in db.session.scalars(select(Finding)))
    given = select(AuditEntry).where(AuditEntry.kind == "survey_given")
    assert {entry.case_id for entry in db.session.scalars(given)} == {None}
