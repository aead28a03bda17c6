"""What a year releases: what was chosen for it, else what comes with the program."""

from functools import lru_cache
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.catalogues.models import CatalogueTrial, CatalogueYear
from caseapp.disclosure.rules import ROUNDING_5
from caseapp.indicators.catalogue import Catalogue, standard_catalogue


def catalogue_of(session: Session, year: str) -> Catalogue:
    """The tables of a financial year such as 2026-27."""
    chosen = chosen_for(session, year)
    return read_catalogue(chosen.tables) if chosen and chosen.tables else standard_catalogue()


def method_of(session: Session, year: str) -> str:
    """The name of the method of that year: one of disclosure.rules.METHODS."""
    chosen = chosen_for(session, year)
    return chosen.method if chosen else ROUNDING_5.name


def is_settled(session: Session, year: str) -> bool:
    """Whether an edition of the year was made: neither tables nor method can change any more."""
    chosen = chosen_for(session, year)
    return chosen is not None and chosen.is_settled


def chosen_for(session: Session, year: str) -> CatalogueYear | None:
    return session.scalar(select(CatalogueYear).where(CatalogueYear.year == year))


def find_trial(session: Session, trial_id: UUID) -> CatalogueTrial | None:
    return session.get(CatalogueTrial, trial_id)


def newest_trial(session: Session, year: str) -> CatalogueTrial | None:
    query = select(CatalogueTrial).where(CatalogueTrial.year == year)
    return session.scalar(query.order_by(CatalogueTrial.started_at.desc()).limit(1))


@lru_cache(maxsize=16)
def read_catalogue(text: str) -> Catalogue:
    """From the JSON that is kept."""
    return msgspec.json.decode(text, type=Catalogue)


def write_catalogue(catalogue: Catalogue) -> str:
    return msgspec.json.encode(catalogue).decode()
