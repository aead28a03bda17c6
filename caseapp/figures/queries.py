"""What was entered for a year: the newest version of each figure, and the population."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.figures.catalogue import census
from caseapp.figures.models import EnteredFigure, PopulationTable
from caseapp.vault.owner_keys import warm

Row = TypeVar("Row", EnteredFigure, PopulationTable)


@dataclass(frozen=True)
class EnteredValue:
    """A figure that others counted."""

    value: float
    source: str
    dated_on: date


@dataclass(frozen=True)
class Population:
    """People by group: ethnic groups, sexes, disabled, all. `year`: the year of the count."""

    groups: Mapping[str, int]
    source: str
    year: str


def figures_for(session: Session, year: str) -> Mapping[str, EnteredValue]:
    """By code; a figure that is missing or was withdrawn is left out. `year` as 2026-27. Raises
    CannotOpen where somebody changed one by SQL."""
    newest = ((code, versions[-1].head) for code, versions in figures_of(session, year).items())
    return {
        code: EnteredValue(head.value, head.source, head.dated_on)
        for code, head in newest
        if head.value is not None
    }


def populations(session: Session, year: str) -> Population:
    """The table of that year, else of the newest year before it, else the census."""
    tables = populations_until(session, year)
    if tables:
        head = tables[-1].head
        return Population(dict(head.groups), head.source, head.counted_in)
    known = census()
    return Population({each.code: each.people for each in known.groups}, known.source, known.year)


def figures_of(session: Session, year: str) -> dict[str, list[EnteredFigure]]:
    """Every version by code, the oldest first."""
    query = select(EnteredFigure).where(EnteredFigure.year == year)
    found: dict[str, list[EnteredFigure]] = {}
    for row in _ready(session, session.scalars(query.order_by(EnteredFigure.version))):
        found.setdefault(row.code, []).append(row)
    return found


def versions_of(session: Session, year: str, code: str) -> list[EnteredFigure]:
    """Of one figure, the oldest first."""
    return figures_of(session, year).get(code, [])


def populations_until(session: Session, year: str) -> Sequence[PopulationTable]:
    """The tables of the year and of those before it; the last one counts."""
    query = select(PopulationTable).where(PopulationTable.year <= year)
    in_order = query.order_by(PopulationTable.year, PopulationTable.version)
    return _ready(session, session.scalars(in_order))


def _ready(session: Session, rows: Iterable[Row]) -> list[Row]:
    """With their keys at hand, which is one query instead of one a row."""
    found = list(rows)
    warm(session.connection(), session.info["vault"], [row.id for row in found])
    return found
