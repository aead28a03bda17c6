"""Makes the release of a month: counted, protected, attacked, kept in the ledger, written out.

Once in the ledger an edition is never solved again: what is written later are the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app

from caseapp.access.actors import Actor
from caseapp.audit.kinds import Kind
from caseapp.clock import today
from caseapp.database import db, read_snapshot, transaction
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.rules import AttackFailed, NotSafe, NotSolved
from caseapp.disclosure.tables import Table
from caseapp.exports.entries import ReleaseProblem as ReleaseProblem
from caseapp.exports.entries import enter, ledger_so_far, note
from caseapp.exports.files import release_files
from caseapp.exports.folder import FolderProblem, write_folder
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.models import Release
from caseapp.exports.queries import find_release
from caseapp.exports.words import month_words
from caseapp.indicators.counting import count_cases
from caseapp.indicators.periods import Period, UnknownMonth, period_until
from caseapp.vault.errors import CannotOpen

Progress = Callable[[str, int, int], None]  # step, done, total
PHASES = ("Rounding", "Attacking", "Comparing with suppression under 5")


@dataclass(frozen=True)
class WrittenRelease:
    """Where the release of a month lies, and what its ledger says."""

    period: str
    folder: Path
    files: tuple[str, ...]
    ledger_head: str

    def as_json(self) -> dict[str, Any]:
        return {
            "month": self.period,
            "folder": str(self.folder),
            "files": list(self.files),
            "ledger_head": self.ledger_head,
        }


def make_release(
    month: str, to: Path, *, actor: Actor | None, progress: Progress
) -> WrittenRelease:
    """Write DIR/YYYY-MM, from the ledger where the month has been released already.

    Raises ReleaseProblem, and then leaves no file.
    """
    release = solve_release(month, actor=actor, progress=progress)
    files = release.body.files
    target = to / release.period
    try:
        write_folder(target, files)
    except FolderProblem as problem:
        raise ReleaseProblem(str(problem)) from None
    with transaction():
        note(Kind.RELEASE_DOWNLOADED, actor, release.period)
    return WrittenRelease(release.period, target, tuple(sorted(files)), entry_of(release).head)


def solve_release(month: str, *, actor: Actor | None, progress: Progress) -> Release:
    """The release of the month, made now unless the ledger has it. Raises ReleaseProblem."""
    period = period_of(month)
    existing = find_release(period.month)
    if existing is not None:
        existing.body  # noqa: B018 — opened while the session is at hand
        db.session.rollback()
        return existing
    head, others = ledger_so_far(period)
    tables = _count(period, actor, progress)
    edition = _protect(period, tables, others, head, actor, progress)
    progress("Writing", 0, 1)
    release = enter(edition, release_files(edition), head, actor)
    progress("Writing", 1, 1)
    return release


def period_of(month: str) -> Period:
    """Raises ReleaseProblem for what is no month, and for one that is not over."""
    try:
        return period_until(month, today())
    except UnknownMonth as problem:
        raise ReleaseProblem(str(problem)) from None


def _count(period: Period, actor: Actor | None, progress: Progress) -> list[Table]:
    with transaction():
        note(Kind.CASES_COUNTED, actor, period.month)
    try:
        with read_snapshot() as session:
            tables = count_cases(session, period, progress)
    except CannotOpen:
        raise ReleaseProblem("A record cannot be opened: run caseapp check") from None
    except ValueError:
        raise ReleaseProblem("The counts contradict each other: nothing is released") from None
    if not any(any(table.counts.values()) for table in tables):
        since = month_words(period.months[0])
        raise ReleaseProblem(f"No case was opened from {since} to {month_words(period.month)}")
    return tables


def _protect(
    period: Period,
    tables: list[Table],
    others: list[Edition],
    head: str,
    actor: Actor | None,
    progress: Progress,
) -> Edition:
    from caseapp.disclosure.release import protect  # the solver takes a second and 60 MB to load

    key = current_app.extensions["vault"].derive("disclosure")
    told = _Phases(progress)
    try:
        edition = protect(
            tables, key, period.month, period.months[0], others, head, progress=told.hear
        )
    except (NotSafe, NotSolved, AttackFailed, ValueError) as problem:
        with transaction():
            note(Kind.RELEASE_REFUSED, actor, period.month, why=type(problem).__name__)
        raise ReleaseProblem(_in_a_line(problem)) from None
    told.finish()
    return edition


def _in_a_line(problem: Exception) -> str:
    if isinstance(problem, ValueError):
        return "The counts contradict each other: nothing is released"
    return str(problem)


class _Phases:
    """Turns the lines of the solver and the attacker into steps that begin and end."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.phase = progress, ""

    def hear(self, line: str) -> None:
        if line in PHASES and line != self.phase:
            self.finish()
            self.phase = line
        self.progress(self.phase, 0, 1)

    def finish(self) -> None:
        if self.phase:
            self.progress(self.phase, 1, 1)
