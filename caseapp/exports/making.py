"""Makes the release of a month: counted, protected, attacked, kept in the ledger, written out.

Once in the ledger an edition is never solved again: what is written later are the same bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app

from caseapp.access.actors import Actor
from caseapp.accounts.queries import names_of
from caseapp.audit.kinds import Kind
from caseapp.database import db, transaction
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.rules import AttackFailed, Method, NotSafe, NotSolved
from caseapp.disclosure.tables import Table
from caseapp.exports import inputs
from caseapp.exports.entries import ReleaseProblem as ReleaseProblem
from caseapp.exports.entries import enter, ledger_so_far, note, whole_ledger
from caseapp.exports.inputs import Progress, period_of
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.models import Release
from caseapp.exports.queries import find_release
from caseapp.exports.signing import Standing, standing
from caseapp.indicators.periods import Period
from caseapp.release_files.files import release_files
from caseapp.release_files.folder import FolderProblem, write_folder

COMPARING = "Comparing with suppression under 5"
PHASES = ("Rounding", "Attacking", COMPARING)
WRITING = "Writing"  # from here on it cannot be cancelled


@dataclass(frozen=True)
class WrittenRelease:
    """Where the release of a month lies, and what its ledger says. `inputs_changed`: the same
    month would count something else now; None where that could not be told."""

    period: str
    folder: Path
    files: tuple[str, ...]
    ledger_head: str
    signed_by: str | None
    inputs_changed: bool | None

    def in_words(self) -> list[str]:
        """What a terminal says of it."""
        lines = [f"The release of {self.period} is in {self.folder}"]
        if self.signed_by:
            lines.append(f"It was signed by {self.signed_by}")
        if self.inputs_changed:
            lines.append(
                "Cases have changed since it was made; the next month's release holds that"
            )
        elif self.inputs_changed is None:
            lines.append("The cases cannot be counted now, so nothing is known of changes since")
        return lines

    def as_json(self) -> dict[str, Any]:
        return {
            "month": self.period,
            "folder": str(self.folder),
            "files": list(self.files),
            "ledger_head": self.ledger_head,
            "signed_by": self.signed_by,
            "inputs_changed": self.inputs_changed,
        }


def make_release(
    month: str, to: Path, *, actor: Actor | None, progress: Progress, signed_only: bool = False
) -> WrittenRelease:
    """Write DIR/YYYY-MM, from the ledger where the month has been released already.

    Raises ReleaseProblem, and then leaves no file.
    """
    release, stands = release_in_ledger(period_of(month)), Standing()
    if release:
        stands = standing(db.session(), release)
        db.session.rollback()
    _insist_that_it_may_leave(month, stands, signed_only)
    changed = compare(release, actor, progress) if release else False
    release = release or solve_release(month, actor=actor, progress=progress)
    folder = _write(release, to, actor)
    head, signed_by = entry_of(release).head, _name_of_signer(stands)
    names = tuple(sorted(release.body.files))
    return WrittenRelease(release.period, folder, names, head, signed_by, changed)


def solve_release(month: str, *, actor: Actor | None, progress: Progress) -> Release:
    """The release of the month, made now unless the ledger has it. Raises ReleaseProblem."""
    period = period_of(month)
    existing = release_in_ledger(period)
    if existing:
        return existing
    choice = inputs.choice_of(period)
    head, others = ledger_so_far(period)
    tables = inputs.count_month(period, choice.catalogue, actor, progress)
    inputs.insist_on_cases(period, tables)
    inputs.insist_on_one_series(period, tables, choice.method, others)
    edition = _protect(period, tables, choice.method, others, head, actor, progress)
    progress(WRITING, 0, 1)
    files = release_files(edition, inputs.indicators_of(edition, period))
    release = enter(edition, files, head, actor, choice.catalogue)
    progress(WRITING, 1, 1)
    return release


def release_in_ledger(period: Period) -> Release | None:
    """The release of the month with its bytes, if there is one; it outlives the session. Raises
    ReleaseProblem where the ledger does not hold together."""
    whole_ledger(db.session())
    release = find_release(period.month)
    if release:
        release.body  # noqa: B018 — opened while the session is at hand
        db.session.expunge(release)
    db.session.rollback()
    return release


def compare(release: Release, actor: Actor | None, progress: Progress) -> bool | None:
    """Whether its month would count something else now, None where it cannot be counted."""
    try:
        return inputs.have_changed(release, actor, progress)
    except ReleaseProblem:
        return None


def _insist_that_it_may_leave(month: str, stands: Standing, signed_only: bool) -> None:
    if stands.refusal:
        raise ReleaseProblem(
            f"The release of {month} was refused by a second person: its page says why"
        )
    if signed_only and not stands.signature:
        raise ReleaseProblem(f"Nobody has signed a release of {month}: nothing is written")


def _write(release: Release, to: Path, actor: Actor | None) -> Path:
    target = to / release.period
    try:
        write_folder(target, release.body.files)
    except FolderProblem as problem:
        raise ReleaseProblem(str(problem)) from None
    with transaction():
        note(Kind.RELEASE_DOWNLOADED, actor, release.period)
    return target


def _name_of_signer(stands: Standing) -> str | None:
    if stands.signature is None:
        return None
    signer = stands.signature.decided_by
    name = names_of([signer]).get(signer)
    db.session.rollback()
    return name


def _protect(
    period: Period,
    tables: list[Table],
    method: Method,
    others: Sequence[Edition],
    head: str,
    actor: Actor | None,
    progress: Progress,
) -> Edition:
    from caseapp.disclosure.release import protect  # the solver takes a second and 60 MB to load

    key = current_app.extensions["vault"].derive("disclosure")
    told = _Phases(progress)
    try:
        edition = protect(
            tables,
            key,
            period.month,
            period.months[0],
            others,
            head,
            worlds=_worlds_before(period, others),
            method=method,
            progress=told.hear,
        )
    except (NotSafe, NotSolved, AttackFailed, ValueError) as problem:
        with transaction():
            note(Kind.RELEASE_REFUSED, actor, period.month, why=type(problem).__name__)
        raise ReleaseProblem(_in_a_line(problem)) from None
    told.finish()
    return edition


def _worlds_before(period: Period, others: Sequence[Edition]) -> bytes:
    """What the attack on the edition before found, for the next one to begin with."""
    before = [other for other in others if other.period < period.month]
    return max(before, key=lambda other: other.period).worlds if before else b""


def _in_a_line(problem: Exception) -> str:
    if isinstance(problem, ValueError):
        return "The counts contradict each other: nothing is released"
    return str(problem)


class _Phases:
    """Turns the lines of the solver and the attacker into steps that begin and end."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.phase = progress, ""

    def hear(self, line: str) -> None:
        phase = next((each for each in PHASES if line.startswith(each)), self.phase)
        if phase != self.phase:
            self.finish()
            self.phase = phase
        done = re.search(r"(\d+) of (\d+)", line)
        self.progress(self.phase, *((int(done[1]), int(done[2])) if done else (0, 1)))

    def finish(self) -> None:
        if self.phase:
            self.progress(self.phase, 1, 1)
