"""One pass over the cases of a period: tables of counts come out, and no case.

Counted are the cases opened since the first of April, with what had happened to them by the last
day of the period, and the answers of victims that were released in it.
"""

from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from caseapp.disclosure.lattice import link
from caseapp.disclosure.tables import Table
from caseapp.indicators.catalogue import Catalogue, Tally
from caseapp.indicators.periods import Period
from caseapp.indicators.reading import Progress, records_of
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.cases import count_case
from caseapp.indicators.units.children import Children
from caseapp.indicators.units.counted import Counted
from caseapp.indicators.units.incidents import count_incidents
from caseapp.indicators.units.marac_referrals import count_marac
from caseapp.indicators.units.programmes import count_programmes
from caseapp.indicators.units.referrals import count_referrals
from caseapp.indicators.units.survey_responses import count_answers

OF_A_CASE = (count_incidents, count_marac, count_referrals, count_programmes)


def count(
    session: Session, period: Period, catalogue: Catalogue, progress: Progress | None = None
) -> list[Table]:
    """Every table of the catalogue.

    The caller has audited that the cases are being counted. Raises CannotOpen for a damaged
    record, and Contradiction where the counts cannot all be true: then there is no count.
    """
    tally = Tally(catalogue)
    for units in (units_of_cases(session, period, progress), count_answers(session, period)):
        for counted in units:
            tally.take(counted.population, counted.unit)
    tables = tally.tables()
    link(tables)
    return tables


def units_of_cases(
    session: Session,
    period: Period,
    progress: Progress | None = None,
    only: Callable[[CaseRecord], bool] | None = None,
) -> Iterator[Counted]:
    """Every unit of the cases of the period, or of those that `only` lets through."""
    children = Children()
    for record in records_of(session, period, progress):
        if only is None or only(record):
            yield from _units_of(record, period)
            children.take(record, period.until)
    yield from children.counted()


def _units_of(record: CaseRecord, period: Period) -> Iterator[Counted]:
    case = count_case(record, period.until)
    yield case
    for each in OF_A_CASE:
        yield from each(record, case.unit, period.until)
