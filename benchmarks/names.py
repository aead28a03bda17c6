"""Finding a name among many: the index in memory against LIKE over a plain table."""

import sqlite3
import time
from collections.abc import Iterator
from itertools import count

from benchmarks.borough import Borough
from benchmarks.measuring import Result, compare
from benchmarks.pages import NAMES
from caseapp.caseloads.queries import teams_of
from caseapp.database import db


def name_index(borough: Borough) -> Iterator[Result]:
    """Both as the page asks: at most 50 people of the team whose name holds the text."""
    copy = sqlite3.connect(borough.plain)
    turn = count()
    search = borough.app.extensions["name_search"]

    def ours() -> object:
        text = NAMES[next(turn) % len(NAMES)]
        return search.search(db.session(), [borough.team_id], text, 50, teams_of)

    def plain() -> object:
        return copy.execute(
            "SELECT c.person_id FROM cases c JOIN people p ON p.id = c.person_id"
            " WHERE c.team_id = ? AND (given_name || ' ' || family_name) LIKE ? LIMIT 50",
            (str(borough.team_id), f"%{NAMES[next(turn) % len(NAMES)]}%"),
        ).fetchall()

    with borough.app.app_context():
        people = copy.execute("SELECT count(*) FROM people").fetchone()[0]
        name = f"search over {people} names"
        yield compare(name, ours, plain, bound=5.0, clock=time.perf_counter)
        db.session.rollback()
