"""What is kept of questionnaires: sealed, in the audit, alike on both kinds of database."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from caseapp.database import db, read_snapshot, transaction
from caseapp.oversight.record_check import check_records
from caseapp.questionnaires import actions
from caseapp.questionnaires.asked import Question
from caseapp.questionnaires.models import QuestionnaireVersion, VersionHead
from caseapp.questionnaires.queries import (
    draft_of,
    newest_versions,
    offered,
    questionnaire,
    retired,
)
from caseapp.vault.errors import CannotOpen
from tests.cast import Cast

Home = tuple[Flask, Cast]
ASKED = Question(
    code="felt_welcome",
    words={"en": "I felt welcome.", "fr": "On m’a bien accueilli."},
    easy={"en": "People were kind.", "fr": "Les gens étaient gentils."},
    picture="hug",
    only_if=None,
    reviewed_by={"fr": "Marie, 2026-05-20"},
)
AFTER = Question(
    code="why",
    kind="open",
    words={"en": "Why not?"},
    easy={"en": "Why not?"},
    picture="talk",
    only_if=("felt_welcome", frozenset({"disagree", "strongly_disagree"})),
)
HEAD = VersionHead(title="Welcome", stage="intake", questions=(ASKED, AFTER))


def begin(cast: Cast, code: str = "welcome") -> QuestionnaireVersion:
    return actions.begin(uuid4(), code, HEAD, cast.analyst)


def test_a_questionnaire_comes_back_as_it_was_written(each_engine: Home) -> None:
    app, cast = each_engine
    with app.app_context(), transaction():
        actions.put_into_use(begin(cast), cast.analyst)
    with app.app_context():
        kept = questionnaire("welcome", 1)
        assert kept
        assert kept.questions == (ASKED, AFTER)
        assert kept in offered()


def test_a_version_is_newest_retired_and_back_again(each_engine: Home) -> None:
    app, cast = each_engine
    with app.app_context(), transaction():
        actions.put_into_use(begin(cast), cast.analyst)
        actions.begin_next(uuid4(), newest_versions()["welcome"], cast.analyst)
    with app.app_context(), transaction():
        draft = draft_of("welcome")
        assert draft
        assert questionnaire("welcome", 2) is None  # nobody can open what is being written
        assert newest_versions()["welcome"].version == 1
        actions.put_into_use(draft, cast.analyst)
        assert newest_versions()["welcome"].version == 2
        actions.retire(newest_versions()["welcome"], cast.analyst)
    with app.app_context(), transaction():
        assert "welcome" in retired()
        actions.bring_back(newest_versions()["welcome"], cast.analyst)
        assert "welcome" not in retired()


def test_what_victims_are_asked_is_not_changed_by_sql_unnoticed(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        begin(cast)
    with app.app_context():
        table = QuestionnaireVersion.__table__
        with db.engine.begin() as connection:  # a draft is slipped into use
            connection.execute(update(table).values(is_draft=False))  # type: ignore[arg-type]
        with pytest.raises(CannotOpen):
            questionnaire("welcome", 1)


def test_a_draft_that_was_dropped_is_no_fault_of_the_records(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            draft = begin(cast)
        with transaction():
            actions.drop_draft(draft, cast.analyst)
        heads = app.extensions["audit_heads"]
        with read_snapshot() as session:
            report = check_records(session, app.extensions["vault"], heads)
    assert report.faults == ()


def test_ours_come_first_then_those_of_the_analyst_by_title(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        for code in ("b_welcome", "a_welcome"):
            draft = begin(cast, code)
            actions.rename(draft, code, cast.analyst)
            actions.put_into_use(draft, cast.analyst)
        codes = [each.code for each in offered()]
    assert codes == ["intake", "review", "exit", "community", "a_welcome", "b_welcome"]
