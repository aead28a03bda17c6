"""How many codes were given in a month with which facts: what they are made coarse by."""

from collections import Counter
from typing import Any

import msgspec
from sqlalchemy import delete, select, update

from caseapp.clock import today
from caseapp.database import db, read_snapshot
from caseapp.surveys.facts import Facts
from caseapp.surveys.models import SurveyTally, insert_missing
from caseapp.surveys.months import VALID_MONTHS, month_of
from caseapp.surveys.padding import open_padded, seal_in_a_power

LABEL = "survey tally"
SMALLEST = 4096
TALLIES: Any = SurveyTally.__table__


class Given(msgspec.Struct, frozen=True):
    """Facts, and how many codes were given with exactly those; in no order of time."""

    counts: tuple[tuple[Facts, int], ...] = ()


def add(facts: Facts, number: int) -> None:
    """Count codes that are given now, and forget the months whose codes have all ended."""
    month = month_of(today())
    db.session.execute(insert_missing(TALLIES), {"month": month, "content": b""})
    row = select(TALLIES.c.content).where(TALLIES.c.month == month).with_for_update()
    counts = _read(month, db.session.scalars(row).one())
    counts[facts] += number
    given = Given(tuple(sorted(counts.items(), key=repr)))
    content = seal_in_a_power(LABEL + month, given, SMALLEST)
    db.session.execute(update(TALLIES).where(TALLIES.c.month == month).values(content=content))
    oldest = month_of(today(), 1 - VALID_MONTHS)
    db.session.execute(delete(TALLIES).where(TALLIES.c.month < oldest))


def given_lately() -> Counter[Facts]:
    """The codes of all months whose codes may still come back."""
    oldest = month_of(today(), 1 - VALID_MONTHS)
    with read_snapshot() as session:
        rows = session.execute(select(TALLIES).where(TALLIES.c.month >= oldest)).all()
    return sum((_read(row.month, row.content) for row in rows), Counter())


def _read(month: str, content: bytes) -> Counter[Facts]:
    given = open_padded(LABEL + month, content, Given) if content else Given()
    return Counter(dict(given.counts))
