"""A year that releases two tables: an edition is solved and attacked in moments."""

from caseapp.access.actors import Actor
from caseapp.catalogues.actions import choose_tables
from caseapp.database import transaction
from caseapp.indicators.catalogue import Catalogue, standard_catalogue

FEW = {"theme_by_risk", "incidents_by_theme_and_reason_recorded"}


def choose_a_small_year(by: Actor, year: str = "2026-27") -> None:
    """As the analyst would, before the first edition of the year."""
    tables = tuple(each for each in standard_catalogue().tables if each.name in FEW)
    assert len(tables) == len(FEW)
    with transaction():
        choose_tables(year, Catalogue(tables), by)
