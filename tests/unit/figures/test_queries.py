"""What the board is told of entered figures is the newest version, and nobody changes it by SQL."""

from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from caseapp.clock import now
from caseapp.database import db, read_snapshot, transaction
from caseapp.figures import actions
from caseapp.figures.catalogue import census
from caseapp.figures.models import EnteredFigure, FigureHead, PopulationHead, PopulationTable
from caseapp.figures.queries import figures_for, figures_of, populations
from caseapp.vault.errors import CannotOpen
from tests.cast import Cast
from tests.statements import counted_statements

DAY = date(2026, 5, 4)
YEAR, CODE = "2026-27", "advocates"


def head(value: float | None, source: str = "Council") -> FigureHead:
    return FigureHead(value=value, source=source, dated_on=DAY, entered_at=now())


def people(everybody: int) -> PopulationHead:
    groups = {each.code: each.people for each in census().groups} | {"all": everybody}
    return PopulationHead(
        groups=groups, counted_in="2025", source="Council", dated_on=DAY, entered_at=now()
    )


def enter(cast: Cast, *values: float | None, year: str = YEAR, code: str = CODE) -> None:
    for value in values:
        with transaction():
            actions.enter_figure(uuid4(), year, code, head(value), cast.analyst)


def enter_people(cast: Cast, year: str, everybody: int) -> None:
    with transaction():
        actions.enter_population(uuid4(), year, people(everybody), cast.analyst)


def test_the_newest_version_counts_and_the_older_ones_stay(app: Flask, cast: Cast) -> None:
    with app.app_context():
        enter(cast, 3, 5, 6)
        found = figures_for(db.session(), YEAR)
        assert {code: each.value for code, each in found.items()} == {CODE: 6}
        assert (found[CODE].source, found[CODE].dated_on) == ("Council", DAY)
        versions = figures_of(db.session(), YEAR)[CODE]
        assert [each.head.value for each in versions] == [3, 5, 6]
        assert {each.author_id for each in versions} == {cast.analyst.user_id}


def test_a_figure_of_another_year_is_not_told(app: Flask, cast: Cast) -> None:
    with app.app_context():
        enter(cast, 3, year="2025-26")
        assert figures_for(db.session(), YEAR) == {}


def test_a_withdrawn_figure_is_missing_until_it_is_entered_again(app: Flask, cast: Cast) -> None:
    with app.app_context():
        enter(cast, 3, None)
        assert figures_for(db.session(), YEAR) == {}
        enter(cast, 4)
        assert figures_for(db.session(), YEAR)[CODE].value == 4


def test_the_census_counts_until_a_year_has_a_table_and_then_that_one(
    app: Flask, cast: Cast
) -> None:
    with app.app_context():
        enter_people(cast, "2025-26", 150_000)
        enter_people(cast, "2025-26", 151_000)
        enter_people(cast, "2027-28", 160_000)
        found = {y: populations(db.session(), y) for y in ("2024-25", "2025-26", "2026-27")}
    assert found["2024-25"].groups["all"] == 143_373
    assert (found["2024-25"].year, found["2024-25"].groups["black"]) == ("2021", 11_279)
    assert found["2025-26"].groups["all"] == 151_000
    assert found["2026-27"] == found["2025-26"]


def test_figures_are_read_in_a_snapshot_too(app: Flask, cast: Cast) -> None:
    with app.app_context():
        enter(cast, 3)
        enter_people(cast, YEAR, 150_000)
        with read_snapshot() as session:
            assert figures_for(session, YEAR)[CODE].value == 3
            assert populations(session, YEAR).groups["all"] == 150_000


@pytest.mark.parametrize(("column", "value"), [("code", "injury_trend"), ("version", 9)])
def test_a_figure_that_was_changed_by_sql_is_not_told(
    app: Flask, cast: Cast, column: str, value: object
) -> None:
    with app.app_context():
        enter(cast, 3)
        change_by_sql(EnteredFigure, column, value)
        with pytest.raises(CannotOpen):
            figures_for(db.session(), YEAR)


def test_a_table_that_was_moved_to_another_year_by_sql_is_not_told(app: Flask, cast: Cast) -> None:
    with app.app_context():
        enter_people(cast, "2025-26", 150_000)
        change_by_sql(PopulationTable, "year", "2026-27")
        with pytest.raises(CannotOpen):
            populations(db.session(), YEAR)


def test_twenty_versions_take_as_many_statements_as_two(app: Flask, cast: Cast) -> None:
    with app.app_context():
        enter(cast, 1, 2)
        few = statements(app)
        enter(cast, *range(3, 21))
        assert statements(app) == few


def statements(app: Flask) -> int:
    ids = [row.id for row in db.session.scalars(select(EnteredFigure))]
    db.session.remove()
    app.extensions["vault"].drop_ciphers(ids)
    with counted_statements() as seen:
        figures_for(db.session(), YEAR)
    return len(seen)


def change_by_sql(model: type[EnteredFigure | PopulationTable], column: str, value: object) -> None:
    db.session.remove()
    with db.engine.begin() as connection:
        connection.execute(update(model.__table__).values({column: value}))  # type: ignore[arg-type]
