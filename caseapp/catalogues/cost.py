"""What a catalogue costs: the last month is counted, rounded and attacked, and nothing is kept."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db, read_snapshot, transaction
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.rules import METHODS, SMALL, AttackFailed, NotSafe, NotSolved
from caseapp.disclosure.tables import Contradiction, Table
from caseapp.figures.queries import populations
from caseapp.indicators.catalogue import Catalogue
from caseapp.indicators.counting import count
from caseapp.indicators.definitions import definitions
from caseapp.indicators.needs import cells_named, indicators_without
from caseapp.indicators.periods import Period
from caseapp.indicators.released import indicator_rows
from caseapp.vault.errors import CannotOpen

Progress = Callable[[str, int, int], None]  # step, done, total
FEW, SOME = 0.1, 0.33  # of the counts of a table that are not zero


class Cost(Struct, frozen=True, kw_only=True):
    """What a trial found. `small`: by table a rough word for how many counts are under 5."""

    cells: int
    seconds: int
    certified: bool
    advice: str
    mean_error: float | None
    without_value: tuple[int, ...]  # numbers of indicators
    small: Mapping[str, str]


class NoTrial(Exception):
    """There is nothing to try it on; one plain line."""


def try_catalogue(
    catalogue: Catalogue, method: str, period: Period, actor: Actor, progress: Progress
) -> Cost:
    """Audited, since cases are opened to be counted. Raises NoTrial."""
    tables = _count(catalogue, period, actor, progress)
    began = time.monotonic()
    edition, advice = _protect(tables, method, period, progress)
    return Cost(
        cells=len({table.cell(key) for table in tables for key in table.published()}),
        seconds=round(time.monotonic() - began),
        certified=edition is not None,
        advice=advice,
        mean_error=_mean_error(edition),
        without_value=_without_value(catalogue, edition, period),
        small={table.name: _how_many_small(table) for table in tables},
    )


def _count(catalogue: Catalogue, period: Period, actor: Actor, progress: Progress) -> list[Table]:
    with transaction():
        reason = decide(actor, Permission.CHOOSE_CATALOGUE)
        detail: dict[str, str | int] = {"month": period.month, "tables": len(catalogue.tables)}
        record(Kind.CATALOGUE_TRIED, actor=actor, reason=reason, detail=detail)
    try:
        with read_snapshot() as session:
            tables = count(session, period, catalogue, progress)
    except CannotOpen:
        raise NoTrial("A record cannot be opened: ask for caseapp check to be run") from None
    except Contradiction:
        raise NoTrial("The counts contradict each other: the catalogue cannot be tried") from None
    if not any(any(table.counts.values()) for table in tables):
        raise NoTrial("No case has been opened in the months that a trial would count")
    return tables


def _protect(
    tables: Sequence[Table], method: str, period: Period, progress: Progress
) -> tuple[Edition | None, str]:
    """With a key that is thrown away, so that what is tried says nothing of what is released."""
    from caseapp.disclosure.release import protect  # the solver takes a second and 60 MB to load

    key = secrets.token_bytes(32)
    try:
        edition = protect(
            tables,
            key,
            period.month,
            period.months[0],
            method=METHODS[method],
            progress=lambda line: progress(line, 0, 1),
        )
    except (NotSafe, NotSolved, AttackFailed) as problem:
        return None, str(problem)
    return edition, ""


def _mean_error(edition: Edition | None) -> float | None:
    utility = edition.certificate["utility"] if edition else {}
    found = utility.get("mean_error_of_non_zero_cells")
    return None if found is None else float(found)


def _without_value(
    catalogue: Catalogue, edition: Edition | None, period: Period
) -> tuple[int, ...]:
    """Those that a cell is missing for; with an edition, also those that are too small in it."""
    missing = set(indicators_without(catalogue))
    if edition:
        rows = indicator_rows(edition, population=populations(db.session(), period.year))
        ours = {each.number for each in definitions().indicators if cells_named(each)}
        own = [row for row in rows if row.kind == "own" and row.number in ours]
        valued = {row.number for row in own if row.ratio.value is not None}
        missing |= {row.number for row in own} - valued
    return tuple(sorted(missing))


def _how_many_small(table: Table) -> str:
    found = [number for number in table.with_margins().values() if number]
    share = sum(number in SMALL for number in found) / len(found) if found else 0.0
    if not found or share == 0:
        return "None"
    return "Few" if share < FEW else "Some" if share < SOME else "Many"
