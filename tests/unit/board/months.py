"""Months of invented figures in a ledger: three that the partnership has, one unsigned."""

from caseapp.access.actors import Actor
from caseapp.database import db
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.ledger import START
from caseapp.exports.entries import enter
from caseapp.exports.kept_editions import entry_of
from caseapp.figures.queries import populations
from caseapp.indicators.released import indicator_rows
from caseapp.release_files.files import release_files
from tests.unit.release_files.editions import invented_edition

MONTHS = {"2026-04": 300, "2026-05": 600, "2026-06": 900}
UNSIGNED = "2026-07"


def keep_months(analyst: Actor) -> None:
    """Three editions of whoever runs the machine, and one that waits for a signature."""
    head, earlier = START, list[Edition]()
    population = populations(db.session(), "2026-27")
    for month, cases in {**MONTHS, UNSIGNED: 1200}.items():
        edition = invented_edition(cases, month)
        rows = indicator_rows(edition, {}, population, None, earlier)
        maker = analyst if month == UNSIGNED else None
        head = entry_of(enter(edition, release_files(edition, rows), head, maker)).head
        earlier.append(edition)
