"""A GET stores its word in the audit and that its session was used, and not a byte besides.

Browsers send GETs unasked: they look ahead, come back, and reload.
"""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.database import db
from tests.architecture.permission_matrix import Door, Visitors
from tests.cast import Cast

House = tuple[Flask, Cast, list[Door]]
MAY_GROW = {"audit_entries", "browser_sessions"}


def stored(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that may grow."""
    with app.app_context():
        return {
            table.name: [tuple(row) for row in db.session.execute(select(table))]
            for table in db.metadata.sorted_tables
            if table.name not in MAY_GROW
        }


@pytest.mark.parametrize(
    "person",
    ["anonymous", "assigned_advocate", "manager", "other_team", "analyst", "administrator"],
)
def test_a_get_changes_no_record(house: House, person: str) -> None:
    app, cast, doors = house
    visitors = Visitors(app, cast)
    readable = [door for door in doors if door.method == "GET"]
    before, changed = stored(app), []
    for door in readable:
        visitors.visit(person, "GET", door.path)
        after = stored(app)
        if after != before:
            changed.append((door.path, [name for name in before if before[name] != after[name]]))
            before = after
    assert readable
    assert changed == []


@pytest.mark.parametrize("person", ["assigned_advocate", "manager"])
def test_a_head_request_is_a_get_without_a_body(house: House, person: str) -> None:
    app, cast, doors = house
    visitors = Visitors(app, cast)
    shown = f"/cases/{cast.case_id}"
    assert shown in {door.path for door in doors}
    client = visitors.client(person)
    answer = client.head(shown)
    assert (answer.status_code, answer.data) == (200, b"")
