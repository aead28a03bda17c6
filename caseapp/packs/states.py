"""The states that a pack goes through, each step taken once, whoever else is at it."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, update

from caseapp.background import DONE, RUNNING, Work
from caseapp.clock import now
from caseapp.database import db
from caseapp.packs.models import CANCELLED, REMOVED, STOPPED, WAITING, PackProgress
from caseapp.packs.rules import is_old

PACKS = Work(
    rows=PackProgress,
    failed=STOPPED,
    quiet=timedelta(minutes=5),
    cut_off="It stopped before it was done, and nothing of it was kept. Make it again.",
)
WORDS = {
    WAITING: "Waits for its password",
    RUNNING: "Running",
    DONE: "Ready",
    STOPPED: "Stopped",
    CANCELLED: "Cancelled",
    REMOVED: "Removed",
}
AS_STORED = {"synchronize_session": False}  # whoever needs the row reads it again
NOT_REMOVED = (WAITING, RUNNING, DONE, STOPPED, CANCELLED)


def state_of(progress: PackProgress) -> str:
    """What it is now: a pack that is a day old is gone for everybody, swept or not, and one whose
    process died has stopped."""
    if PACKS.is_running(progress):
        return RUNNING
    if is_old(progress.updated_at, now()):
        return REMOVED
    return STOPPED if progress.state == RUNNING else progress.state


def move(pack_id: UUID, from_states: Collection[str], to_state: str, **values: str | int) -> bool:
    """Take the step in the present transaction; False where it is in another state by now."""
    step = update(PackProgress).where(
        PackProgress.id == pack_id, PackProgress.state.in_(from_states)
    )
    changed = {**values, "state": to_state, "updated_at": now().isoformat()}
    done = db.session.execute(step.values(changed), execution_options=AS_STORED)
    return cast("CursorResult[Any]", done).rowcount == 1
