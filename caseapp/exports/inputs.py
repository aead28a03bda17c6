"""What goes into an edition: the counts of its months, and the method of its year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app

from caseapp.access.actors import Actor
from caseapp.audit.kinds import Kind
from caseapp.catalogues.queries import catalogue_of, method_of
from caseapp.clock import today
from caseapp.database import read_snapshot, transaction
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.ledger import catalogue_hash, inputs_hash
from caseapp.disclosure.rules import METHODS, Method
from caseapp.disclosure.tables import Table
from caseapp.exports.entries import ReleaseProblem, note
from caseapp.exports.kept_editions import edition_of
from caseapp.exports.models import Release
from caseapp.exports.queries import releases_of
from caseapp.figures.queries import figures_for, populations
from caseapp.indicators.catalogue import Catalogue
from caseapp.indicators.counting import count
from caseapp.indicators.periods import Period, UnknownMonth, months_beside, period_until
from caseapp.indicators.released import IndicatorRow, indicator_rows
from caseapp.release_files.words import month_words
from caseapp.strategy.queries import progress_of_plan
from caseapp.vault.errors import CannotOpen

MARCH = "-03"
Progress = Callable[[str, int, int], None]  # step, done, total


@dataclass(frozen=True)
class Choice:
    """Which tables a financial year releases, and how they are made safe."""

    catalogue: Catalogue
    method: Method


def period_of(month: str) -> Period:
    """Raises ReleaseProblem for what is no month, and for one that is not over."""
    try:
        return period_until(month, today())
    except UnknownMonth as problem:
        raise ReleaseProblem(str(problem)) from None


def choice_of(period: Period) -> Choice:
    """What was chosen for the year of the month. Raises ReleaseProblem for a month that the method
    has no edition for."""
    with read_snapshot() as session:
        name = method_of(session, period.year)
        choice = Choice(catalogue_of(session, period.year), METHODS[name])
    if not has_edition(choice.method, period.month):
        march = month_words(f"{period.since.year + 1}-03")
        raise ReleaseProblem(
            f"The figures of {period.year} are exact, so they leave once, in {march}: no other "
            "month of this year can be released"
        )
    return choice


def has_edition(method: Method, month: str) -> bool:
    return month.endswith(MARCH) or not method.is_annual


def count_month(
    period: Period, catalogue: Catalogue, actor: Actor | None, progress: Progress
) -> list[Table]:
    """The tables of the catalogue with their true counts; audited. Raises ReleaseProblem."""
    with transaction():
        note(Kind.CASES_COUNTED, actor, period.month)
    try:
        with read_snapshot() as session:
            return count(session, period, catalogue, progress)
    except CannotOpen:
        raise ReleaseProblem("A record cannot be opened: run caseapp check") from None
    except ValueError:
        raise ReleaseProblem("The counts contradict each other: nothing is released") from None


def insist_on_cases(period: Period, tables: Sequence[Table]) -> None:
    if not any(any(table.counts.values()) for table in tables):
        since = month_words(period.months[0])
        raise ReleaseProblem(f"No case was opened from {since} to {month_words(period.month)}")


def insist_on_one_series(
    period: Period, tables: Sequence[Table], method: Method, others: Sequence[Edition]
) -> None:
    """Every edition of a year has the same tables and the same method: what is safe beside its
    neighbours was shown for these alone."""
    if any(other.method != method for other in others):
        raise ReleaseProblem(f"Earlier editions of {period.year} were made by another method")
    catalogue = catalogue_hash(tables)
    if any(catalogue_hash(other.tables) != catalogue for other in others):
        raise ReleaseProblem(
            f"The tables of {period.year} are not those of its earlier editions: a catalogue or a "
            "list of codes was changed within the year"
        )


def indicators_of(edition: Edition, period: Period) -> list[IndicatorRow]:
    """From released figures, those of earlier months too, and what was entered beside them by the
    time the edition is made. Raises ReleaseProblem."""
    try:
        with read_snapshot() as session:
            return indicator_rows(
                edition,
                figures_for(session, period.year),
                populations(session, period.year),
                progress_of_plan(session, period.until),
                [edition_of(each) for each in releases_of(session, months_beside(period.month))],
            )
    except CannotOpen:
        raise ReleaseProblem("An entered figure cannot be opened: run caseapp check") from None


def have_changed(release: Release, actor: Actor | None, progress: Progress) -> bool:
    """Whether the same month would count something else now; nothing is solved. Raises
    ReleaseProblem."""
    period = period_of(release.period)
    with read_snapshot() as session:
        catalogue = catalogue_of(session, period.year)
    tables = count_month(period, catalogue, actor, progress)
    key = current_app.extensions["vault"].derive("disclosure")
    return inputs_hash(tables, key) != release.inputs
