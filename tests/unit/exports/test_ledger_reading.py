"""A ledger that does not hold together is found, with the entry where it breaks."""

import pytest
from flask import Flask
from sqlalchemy import text

from caseapp.database import db
from caseapp.exports.ledger_reading import read_ledger


def damage(statement: str) -> int:
    """Where the ledger is said to be damaged after this was done to it."""
    assert read_ledger(db.session()).damaged_at == 0
    db.session.execute(text(statement))
    db.session.commit()
    db.session.expunge_all()
    return read_ledger(db.session()).damaged_at


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE releases SET released = 'f' WHERE position = 1", 1),
        ("UPDATE releases SET made_by = NULL WHERE position = 2", 2),
        ("UPDATE releases SET position = 7 WHERE position = 2", 2),
        ("UPDATE releases SET sealed_head = substr(sealed_head, 2) WHERE position = 2", 2),
        ("DELETE FROM releases WHERE position = 1", 1),
        ("DELETE FROM releases WHERE position = 2", 2),  # the end is cut off
        ("DELETE FROM releases", 1),
    ],
)
def test_a_change_a_gap_and_a_cut_end_are_found(
    entered_app: Flask, statement: str, entry: int
) -> None:
    with entered_app.app_context():
        assert damage(statement) == entry


def test_what_stands_before_the_damage_can_still_be_read(entered_app: Flask) -> None:
    with entered_app.app_context():
        damage("UPDATE releases SET since = '2026-05' WHERE position = 2")
        assert [each.period for each in read_ledger(db.session()).releases] == ["2026-05"]
