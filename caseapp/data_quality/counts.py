"""The counts of one process, in memory alone: made at once where that is quick, else behind the
page, and then kept for an hour."""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask, current_app

from caseapp.clock import now
from caseapp.data_quality.counting import count_team, how_many
from caseapp.data_quality.rules import CaseQuality
from caseapp.database import db, read_snapshot
from caseapp.vault.unshown import Unshown

AT_ONCE = 1500  # cases: half a second of a small machine
KEPT = timedelta(hours=1)

ByTeam = Mapping[UUID, Sequence[CaseQuality]]


@dataclass(frozen=True, eq=False, repr=False)
class Counted(Unshown):
    """What the cases of some teams lacked at a moment; not to be changed."""

    at: datetime
    teams: ByTeam = field(default_factory=dict)
    failed: bool = False


class Counts(Unshown):
    """Its methods may be called from any thread, in an app context."""

    def __init__(self) -> None:
        self._kept: dict[frozenset[UUID], Counted] = {}
        self._running: set[frozenset[UUID]] = set()
        self._lock = threading.Lock()

    def of_teams(self, teams: Collection[UUID]) -> Counted | None:
        """None while they are being counted behind the page. Whoever calls has noted in the audit
        that the cases are opened."""
        if how_many(db.session(), teams) <= AT_ONCE:
            return _count(teams)
        wanted = frozenset(teams)
        with self._lock:
            kept = self._kept.get(wanted)
            if kept and now() - kept.at < KEPT:
                return kept
            if wanted not in self._running:
                self._running.add(wanted)
                self._start(wanted)
        return None

    def _start(self, wanted: frozenset[UUID]) -> None:
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
        threading.Thread(
            target=self._run, args=(app, wanted), name="data-quality", daemon=True
        ).start()

    def _run(self, app: Flask, wanted: frozenset[UUID]) -> None:
        with app.app_context():
            try:
                counted = _count(wanted)
            except Exception:
                app.logger.exception("Counting what is missing stopped")
                counted = Counted(now(), failed=True)
        with self._lock:
            self._kept = {key: each for key, each in self._kept.items() if now() - each.at < KEPT}
            self._kept[wanted] = counted
            self._running.discard(wanted)


def _count(teams: Collection[UUID]) -> Counted:
    """On a snapshot: it opens many rows and holds nobody up."""
    with read_snapshot() as session:
        return Counted(now(), {team_id: count_team(session, team_id) for team_id in teams})
