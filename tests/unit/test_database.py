"""Long reads: beside writers, never in their way, and of one moment."""

from flask import Flask
from sqlalchemy import select

from caseapp.accounts.models import Team
from caseapp.database import db, read_snapshot
from tests.cast import Cast


def test_a_long_read_goes_on_beside_a_write_and_sees_none_of_it(
    each_engine: tuple[Flask, Cast],
) -> None:
    app, _ = each_engine
    with app.app_context():
        before = set(db.session.scalars(select(Team.name)))
        db.session.add(Team(name="A new team", service="idva"))
        db.session.flush()  # holds the write lock until the end of the test
        with read_snapshot() as session:
            assert set(session.scalars(select(Team.name))) == before


def test_a_long_read_sees_one_moment(each_engine: tuple[Flask, Cast]) -> None:
    app, _ = each_engine
    with app.app_context(), read_snapshot() as session:
        before = set(session.scalars(select(Team.name)))
        db.session.add(Team(name="A new team", service="idva"))
        db.session.commit()
        assert set(session.scalars(select(Team.name))) == before
    with app.app_context():
        assert "A new team" in set(db.session.scalars(select(Team.name)))
