"""Takes the rows of a spreadsheet in the background, and tells in the database how far it is."""

import time
from datetime import timedelta
from threading import Thread
from uuid import UUID

from flask import Flask

from caseapp.access.actors import Actor
from caseapp.audit.kinds import Kind
from caseapp.background import DONE, RUNNING, Work
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.imports.kept_rows import forget_rows
from caseapp.imports.models import STOPPED, CaseImport, ImportProgress
from caseapp.imports.taking import Progress, Tally, note_import, take_rows
from caseapp.vault.errors import CannotOpen

SECONDS_BETWEEN_SIGNS = 1.0
DAMAGED = "The file that was kept is damaged. Bring it in again."
IMPORTS = Work(
    rows=ImportProgress,
    failed=STOPPED,
    quiet=timedelta(minutes=2),
    cut_off="It stopped before it was done. Go on: rows that are in already stay as they are.",
)


def begin(imported: CaseImport, progress: ImportProgress, by: Actor) -> None:
    """The caller commits, and only then runs it."""
    progress.state, progress.problem = RUNNING, ""
    progress.done = progress.brought = progress.known = progress.faulty = 0
    progress.of_all, progress.updated_at = imported.head.rows, now().isoformat()
    progress.revision += 1
    note_import(Kind.IMPORT_BEGUN, imported, by, rows=imported.head.rows)


def run_in_background(app: Flask, import_id: UUID, by: Actor) -> Thread:
    """Begin; the thread ends with the process, and rows that are in by then stay in."""
    return IMPORTS.start(app, import_id, lambda: _run(import_id, by), "import")


def _run(import_id: UUID, by: Actor) -> None:
    try:
        run(import_id, by)
    except CannotOpen:
        IMPORTS.tell(import_id, state=STOPPED, problem=DAMAGED)


def run(import_id: UUID, by: Actor, told: Progress | None = None) -> Tally:
    """Take every row now. Raises CannotOpen."""
    imported = db.session.get_one(CaseImport, import_id)
    tally = take_rows(imported, by, told or _Signs(import_id).show)
    with transaction():
        imported = db.session.get_one(CaseImport, import_id)
        note_import(Kind.IMPORT_DONE, imported, by, cases=tally.brought, faulty=tally.faulty)
    IMPORTS.tell(import_id, state=DONE, **_numbers(tally))
    forget_rows(imported.head)  # last: until then it can be begun again
    return tally


def _numbers(tally: Tally) -> dict[str, int]:
    return vars(tally)


class _Signs:
    """Writes down how far it is now and then, between two rows."""

    def __init__(self, import_id: UUID) -> None:
        self.import_id, self.at = import_id, time.monotonic()

    def show(self, tally: Tally) -> None:
        if time.monotonic() - self.at > SECONDS_BETWEEN_SIGNS:
            self.at = time.monotonic()
            IMPORTS.tell(self.import_id, **_numbers(tally))
