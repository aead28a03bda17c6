"""What a partner knows: the cases of one service, or those that one source referred."""

from collections.abc import Callable, Iterator
from typing import Literal

from sqlalchemy.orm import Session

from caseapp.disclosure.partners import KnownUnit
from caseapp.indicators.catalogue import Catalogue
from caseapp.indicators.counting import units_of_cases
from caseapp.indicators.periods import Period
from caseapp.indicators.reading import Progress
from caseapp.indicators.record import CaseRecord

Kind = Literal["service", "source"]


def known_units(
    session: Session,
    period: Period,
    catalogue: Catalogue,
    kind: Kind,
    code: str,
    progress: Progress | None = None,
) -> Iterator[KnownUnit]:
    """Every unit of the cases that the partner knows, with the dimensions that the catalogue cuts
    by. `code`: of the list `service` or `referral_source`. The caller has audited the counting.

    Raises CannotOpen for a damaged record.
    """
    cuts: dict[str, set[str]] = {}
    for spec in catalogue.tables:
        cuts.setdefault(spec.population, set()).update(spec.dimensions)
    for counted in units_of_cases(session, period, progress, _theirs(kind, code)):
        names = cuts.get(counted.population, ())
        unit = {name: codes for name, codes in counted.unit.items() if name in names}
        yield KnownUnit(counted.population, f"{counted.since:%Y-%m}", unit)


def _theirs(kind: Kind, code: str) -> Callable[[CaseRecord], bool]:
    if kind == "service":
        return lambda record: record.service == code
    return lambda record: record.head.referral_source == code
