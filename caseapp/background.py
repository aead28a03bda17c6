"""Work that goes on after the answer: a thread does it, and a row tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread
from uuid import UUID

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Mapped

from caseapp.clock import now
from caseapp.database import Base, db, transaction

RUNNING, DONE = "running", "done"


class WorkRow(Base):
    """How far one piece of work is. It holds nothing of a case; a room adds what it shows."""

    __abstract__ = True

    state: Mapped[str]
    problem: Mapped[str]
    updated_at: Mapped[str]  # ISO 8601, UTC: the last sign of life


@dataclass(frozen=True)
class Work:
    """One kind of work: where it tells how far it is, and what is said where it ends early."""

    rows: type[WorkRow]
    failed: str  # the state of what stopped before its end
    quiet: timedelta  # without a sign of life for so long: its process is gone
    cut_off: str  # what is said then

    def is_running(self, row: WorkRow) -> bool:
        return row.state == RUNNING and now() - datetime.fromisoformat(row.updated_at) < self.quiet

    def problem_of(self, row: WorkRow) -> str:
        """Why it is not done, "" while it may be."""
        is_gone = row.state == RUNNING and not self.is_running(row)
        return self.cut_off if is_gone else row.problem

    def tell(self, row_id: UUID, **values: str | int) -> None:
        """Write down how far it is, with a sign of life, in a transaction of its own: whatever was
        not committed is dropped."""
        db.session.rollback()
        with transaction():
            changed = {**values, "updated_at": now().isoformat()}
            db.session.execute(update(self.rows).where(self.rows.id == row_id).values(changed))

    def start(self, app: Flask, row_id: UUID, do: Callable[[], object], name: str) -> Thread:
        """Begin; the thread ends with the process. A failure that `do` does not tell of itself is
        logged, and told as work that was cut off."""
        thread = Thread(target=self._run, args=(app, row_id, do), name=name, daemon=True)
        thread.start()
        return thread

    def _run(self, app: Flask, row_id: UUID, do: Callable[[], object]) -> None:
        with app.app_context():
            try:
                do()
            except Exception:
                app.logger.exception("Work in the background stopped")
                self._tell_of_failure(row_id)

    def _tell_of_failure(self, row_id: UUID) -> None:
        """What somebody cancelled or removed meanwhile stays so."""
        db.session.rollback()
        failed = {"state": self.failed, "problem": self.cut_off, "updated_at": now().isoformat()}
        not_ended = self.rows.id == row_id, self.rows.state.in_([RUNNING, DONE])
        with transaction():
            db.session.execute(update(self.rows).where(*not_ended).values(failed))
