"""Findings in the database of either kind: sealed, and closed once one was changed by SQL."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from caseapp.database import db, read_snapshot, transaction
from caseapp.schema import FOLDER
from caseapp.vault.errors import CannotOpen
from caseapp.voice.actions import add_finding
from caseapp.voice.models import Finding, FindingHead
from caseapp.voice.queries import findings
from tests.cast import Cast
from tests.filled_partnership import fill_partnership
from tests.unit.voice.findings import HEAD

Home = tuple[Flask, Cast]
TABLE: Any = Finding.__table__


@pytest.fixture
def home(each_engine: Home) -> Home:
    """With an action of the plan that one of two findings is linked to."""
    app, cast = each_engine
    with app.app_context(), transaction():
        action = UUID(str(fill_partnership(cast)["strategy.action_id"]))
        add_finding(uuid4(), action, HEAD, cast.analyst)
        add_finding(uuid4(), None, HEAD, cast.analyst)
    return app, cast


def stored() -> list[dict[str, Any]]:
    """The rows as they lie there, the linked one first."""
    with db.engine.begin() as connection:
        rows = list(map(dict, connection.execute(select(TABLE)).mappings()))
    return sorted(rows, key=lambda row: row["action_id"] is None)


def by_sql(row: dict[str, Any], **columns: Any) -> None:
    with db.engine.begin() as connection:
        done = connection.execute(update(TABLE).where(TABLE.c.id == row["id"]).values(**columns))
        assert done.rowcount == 1


def read() -> list[FindingHead]:
    with read_snapshot() as session:
        return [each.head for each in findings(session)]


def test_what_was_said_and_done_lies_sealed(home: Home) -> None:
    with home[0].app_context():
        assert len(read()) == 2
        for row in stored():
            everything = repr(list(row.values())).encode() + row["sealed_head"] + row["row_seal"]
            for word in (HEAD.said, HEAD.done, HEAD.since, HEAD.stage):
                assert word.encode() not in everything


@pytest.mark.parametrize("column", ["author_id", "action_id", "sealed_head", "row_seal"])
def test_a_finding_that_takes_something_of_another_one_does_not_open(
    home: Home, column: str
) -> None:
    app, cast = home
    with app.app_context():
        linked, other = stored()
        taken = cast.manager.user_id if column == "author_id" else linked[column]
        by_sql(other, **{column: taken})
        with pytest.raises(CannotOpen):
            read()


def test_a_finding_needs_somebody_who_wrote_it_and_an_action_that_there_is(home: Home) -> None:
    with home[0].app_context():
        row = stored()[0]
        for column in ("author_id", "action_id"):
            with pytest.raises(IntegrityError):
                by_sql(row, **{column: uuid4()})


def test_the_table_goes_and_comes_back_beside_all_others(home: Home) -> None:
    with home[0].app_context():
        before = set(inspect(db.engine).get_table_names())
        downgrade(directory=str(FOLDER), revision="0027")
        assert before - set(inspect(db.engine).get_table_names()) == {"findings"}
        upgrade(directory=str(FOLDER))
        assert set(inspect(db.engine).get_table_names()) == before
        assert stored() == []
        indexes = {each["name"] for each in inspect(db.engine).get_indexes("findings")}
        assert indexes == {"ix_findings_action_id"}
        with db.engine.begin() as connection:  # what the plan holds was not touched
            assert connection.scalar(text("SELECT count(*) FROM plan_actions")) == 1
