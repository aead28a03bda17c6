"""The plan as others read it: in order, on a day, and not if somebody changed it by SQL."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from caseapp.database import db, read_snapshot
from caseapp.strategy.models import Objective, PlannedAction
from caseapp.strategy.queries import actions_of_plan, objectives, progress_of_plan
from caseapp.strategy.rules import PlanProgress
from caseapp.vault.errors import CannotOpen
from tests.cast import Cast
from tests.statements import counted_statements
from tests.unit.strategy.plans import TODAY, keep_plan, make_head, make_step

LATER = TODAY + timedelta(30)


def test_what_is_overdue_comes_first_then_what_is_due_first(app: Flask, cast: Cast) -> None:
    done = make_step("complete")
    heads = [
        make_head("last", LATER + timedelta(1)),
        make_head("done", date(2026, 4, 2), done),
        make_head("late", date(2026, 5, 1)),
        make_head("later", date(2026, 5, 2)),
        make_head("next", LATER),
    ]
    keep_plan(app, cast, {"One": heads})
    with app.app_context():
        found = [each.head.title for each in actions_of_plan(db.session(), TODAY)]
    assert found == ["late", "later", "done", "next", "last"]


def test_objectives_stand_in_the_order_of_the_plan(app: Flask, cast: Cast) -> None:
    keep_plan(app, cast, {"Zebra": [], "Aardvark": []})
    with app.app_context():
        assert [each.head.title for each in objectives(db.session())] == ["Zebra", "Aardvark"]


def test_progress_is_that_of_the_day(app: Flask, cast: Cast) -> None:
    keep_plan(
        app, cast, {"One": [make_head("a", LATER, make_step("on_track")), make_head("b", LATER)]}
    )
    with app.app_context(), read_snapshot() as session:
        assert progress_of_plan(session, TODAY) == PlanProgress(not_started=1, on_track=1)
        assert progress_of_plan(session, LATER + timedelta(1)) == PlanProgress(overdue=2)
        assert progress_of_plan(session, date(2026, 3, 31)) == PlanProgress()


def test_an_action_that_was_moved_to_another_objective_by_sql_is_found(
    app: Flask, cast: Cast
) -> None:
    keep_plan(app, cast, {"One": [make_head("a", LATER)], "Two": []})
    with app.app_context():
        two = objectives(db.session())[1].id
        db.session.remove()
        with db.engine.begin() as connection:
            table: Any = PlannedAction.__table__
            connection.execute(update(table).values(objective_id=two))
        with pytest.raises(CannotOpen):
            progress_of_plan(db.session(), TODAY)


@pytest.mark.parametrize("model", [Objective, PlannedAction])
def test_twenty_rows_take_as_many_statements_as_one(
    app: Flask, cast: Cast, model: type[Objective | PlannedAction]
) -> None:
    keep_plan(app, cast, {"One": [make_head("a", LATER)]})
    few = statements(app)
    keep_plan(app, cast, {str(n): [make_head("a", LATER)] for n in range(20)})
    assert statements(app) == few
    with app.app_context():
        assert len(db.session.scalars(select(model)).all()) == 21


def statements(app: Flask) -> int:
    with app.app_context():
        ids = [
            *db.session.scalars(select(Objective.id)),
            *db.session.scalars(select(PlannedAction.id)),
        ]
        app.extensions["vault"].drop_ciphers(ids)
        with counted_statements() as seen:
            assert all(each.head.title for each in objectives(db.session()))
            assert all(each.head.title for each in actions_of_plan(db.session(), TODAY))
        return len(seen)
