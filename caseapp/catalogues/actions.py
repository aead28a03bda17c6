"""Choosing what a year releases: each choice and its entry in the audit in one transaction."""

from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.catalogues.models import CatalogueYear
from caseapp.catalogues.queries import write_catalogue
from caseapp.database import db
from caseapp.disclosure.rules import METHODS, ROUNDING_5
from caseapp.indicators.catalogue import Catalogue, standard_catalogue


class YearIsSettled(Exception):
    """An edition of the year is out: what it holds is fixed until the year ends."""


def choose_tables(year: str, catalogue: Catalogue, by: Actor) -> None:
    """The tables of a year; the caller commits. Raises YearIsSettled."""
    chosen = _open_year(year)
    is_standard = catalogue == standard_catalogue()
    chosen.tables = "" if is_standard else write_catalogue(catalogue)
    detail: dict[str, str | int] = {"year": year, "tables": len(catalogue.tables)}
    _note(by, Permission.CHOOSE_CATALOGUE, detail)


def choose_method(year: str, method: str, by: Actor) -> None:
    """The method of a year, by its name; the caller commits. Raises YearIsSettled."""
    chosen = _open_year(year)
    chosen.method = METHODS[method].name
    _note(by, Permission.CHOOSE_METHOD, {"year": year, "method": chosen.method})


def settle_year(year: str, catalogue: Catalogue, method: str) -> None:
    """An edition was made: what it was made with counts until the year ends, also where a new
    version of the program brings other tables. In the transaction that enters the edition."""
    chosen = _row_of(year)
    if not chosen.is_settled:
        chosen.tables, chosen.method = write_catalogue(catalogue), method
        chosen.is_settled = True
        chosen.revision += 1


def _open_year(year: str) -> CatalogueYear:
    chosen = _row_of(year)
    if chosen.is_settled:
        raise YearIsSettled(year)
    chosen.revision += 1
    return chosen


def _row_of(year: str) -> CatalogueYear:
    """Held until the end of the transaction, so that nobody settles the year in between."""
    query = select(CatalogueYear).where(CatalogueYear.year == year).with_for_update()
    chosen = db.session.scalar(query)
    if chosen is None:
        chosen = CatalogueYear(year=year, tables="", method=ROUNDING_5.name, is_settled=False)
        db.session.add(chosen)
        db.session.flush()
    return chosen


def _note(by: Actor, permission: Permission, detail: dict[str, str | int]) -> None:
    record(Kind.CATALOGUE_CHOSEN, actor=by, reason=decide(by, permission), detail=detail)
