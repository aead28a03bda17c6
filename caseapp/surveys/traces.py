"""What the engine leaves lying about of older rows is wiped away soon after it was written.

The write-ahead log of the embedded engine holds pages as they were: an older box of waiting answers
beside a newer one says what came between. PostgreSQL keeps dead rows until they are vacuumed.
"""

from threading import Lock, Timer

from flask import Flask, current_app
from sqlalchemy import text

from caseapp.database import db
from caseapp.vault.embedded_engine import checkpoint_and_truncate

SECONDS = 3.0  # at most one wiping in this time, however many answer
TABLES = "survey_waiting, survey_codes, survey_batches"  # open answers before they were masked


class Wiper:
    """Wipes once, a few seconds after it was first asked to."""

    def __init__(self, app: Flask) -> None:
        self.app, self.lock = app, Lock()
        self.timer: Timer | None = None

    def soon(self) -> None:
        with self.lock:
            if self.timer is None:
                self.timer = Timer(SECONDS, self._wipe)
                self.timer.daemon = True
                self.timer.start()

    def _wipe(self) -> None:
        with self.lock:
            self.timer = None
        try:
            with self.app.app_context():
                is_wiped = wipe()
        except Exception:  # noqa: BLE001 (the next one does it; a log would say that somebody answered)
            return
        if not is_wiped:
            self.soon()


def install_wiper(app: Flask) -> None:
    app.extensions["survey_wiper"] = Wiper(app)


def wipe_soon() -> None:
    """Have it wiped in the background, after this request has been answered."""
    current_app.extensions["survey_wiper"].soon()


def wipe() -> bool:
    """Wipe now; False where a reader was in the way."""
    if db.engine.dialect.name == "sqlite":
        return checkpoint_and_truncate(db.engine)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM (FREEZE) {TABLES}"))
    return True
